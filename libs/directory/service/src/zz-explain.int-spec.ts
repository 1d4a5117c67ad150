import { DirectoryUnderTest, registerTestProject, staff } from '../test/directory-under-test';
import { ImportClient } from '../test/import-client';
import { phoneIndex } from './sealed-column';

jest.setTimeout(600_000);
it('speed', async () => {
  const under = await DirectoryUnderTest.start('bench');
  const ours = await registerTestProject(under, 'JX');
  const client = new ImportClient(under, staff('SERVICE_SUPERVISOR', ours.projectId), ours.projectId);
  let customers = '姓名,联系电话\n';
  for (let n = 0; n < 20_000; n += 1) customers += `客户${'甲乙丙丁戊己庚辛'[n % 8]},138${String(10000000 + n)}\n`;
  await client.import('CUSTOMERS', customers);
  const keys = Array.from({ length: 250 }, (_, n) => phoneIndex(`+86138${10000000 + n * 7}`));
  const explain = async () => {
    const rows = await under.rows<Record<string, string>>(`explain (analyze, buffers) select * from customer where organisation_id = $1 and status = 'ACTIVE' and (phone_keys && $2::text[] or document_keys && $3::text[]) order by id`, [ours.organisationId, keys, []]);
    console.log(rows.map((r) => r['QUERY PLAN']!.slice(0, 200)).join('\n'));
  };
  await explain();
  await under.rows('analyze customer');
  await explain();
  await under.rows('vacuum customer');
  await explain();
  await under.close();
});
