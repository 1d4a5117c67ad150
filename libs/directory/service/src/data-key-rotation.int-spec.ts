import { randomBytes } from 'node:crypto';
import { Cipher } from '@anju/access';
import { ServiceFigures } from '@anju/metrics';
import { rule } from '@anju/testing';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  staff,
  testKeys,
} from '../test/directory-under-test';
import { ImportClient } from '../test/import-client';

const keys = { ...testKeys.keys, k2: randomBytes(32) };
const rotated = new Cipher({ ...testKeys, keys, currentKeyId: 'k2' });
const withoutOld = new Cipher({ ...testKeys, keys: { k2: keys.k2 }, currentKeyId: 'k2' });

/** All values in the database that a data key has sealed, by table and column: by how they begin, not as declared. */
async function sealedIn(under: DirectoryUnderTest, keyId: string): Promise<Map<string, number>> {
  const columns = await under.rows<{ name: string; sql: string }>(
    `select table_name || '.' || column_name as name,
            format('select count(*)::int as values from %I where %I like $1', table_name, column_name) as sql
     from information_schema.columns where table_schema = 'public' and data_type = 'text'`,
  );
  const found = new Map<string, number>();
  for (const { name, sql } of columns) {
    const [row] = await under.rows<{ values: number }>(sql, [`v1.${keyId}.%`]);
    if (row!.values > 0) found.set(name, row!.values);
  }
  return found;
}

describe('the directory after a new data key', () => {
  let under: DirectoryUnderTest;

  afterAll(() => under?.close());

  rule('DIR-05', 'has all that is confidential under it, and the old key is needed no longer', async () => {
    under = await DirectoryUnderTest.start('rotation');
    const { projectId, organisationId } = await registerTestProject(under, 'JX');
    const agent = staff('FRONT_DESK', projectId);
    const input = {
      ...{ projectId, kind: 'PERSON', name: '王秀兰', idempotencyKey: 'register-1' },
      phones: [{ number: '13812349876' }],
      identityDocuments: [{ kind: 'RESIDENT_ID', number: '440106198202020555' }],
      addresses: [{ kind: 'POSTAL', text: '锦绣路1号' }],
    };
    const { id } = await under.command(agent, 'registerCustomer', 'Customer', input);
    const reveal = { customerId: id, fields: ['PHONES'], purpose: 'CALL_CUSTOMER', note: '回电' };
    await under.command(agent, 'revealCustomerData', 'RevealedCustomerData', reveal, 'reveal { id }');
    await under.command(administrator, 'registerPartner', 'Partner', {
      ...{ organisationId, kind: 'BROADBAND', name: '某宽带公司', projectIds: [projectId] },
      contacts: [{ name: '张三', phone: '13955550001' }],
    });
    const imports = new ImportClient(under, administrator, projectId);
    const { id: importId } = await imports.start('CUSTOMERS');
    await imports.append(importId, 0, Buffer.from('姓名,电话\n'));

    const before = await sealedIn(under, 'k1');
    expect([...before.keys()].sort()).toEqual([
      'customer.addresses',
      'customer.household',
      'customer.identity_documents',
      'customer.phones',
      'idempotency.answer',
      'import_part.content',
      'partner.contacts',
      'reveal.note',
    ]);
    const version = `select version, updated_at from customer where id = '${id}'`;
    const versionBefore = await under.rows(version);

    const figures = new ServiceFigures();
    under = await under.startedAgain({ cipher: rotated, figures });
    expect(await figures.text()).not.toContain('anju_sealed_by_older_keys{');
    const values = [...before.values()].reduce((sum, one) => sum + one, 0);
    expect(await under.service.resealer.reseal()).toEqual({ sealed: values, failed: 0, left: 0 });
    expect(await sealedIn(under, 'k1')).toEqual(new Map());
    expect(await sealedIn(under, 'k2')).toEqual(before);
    expect(await figures.text()).toContain(
      'anju_sealed_by_older_keys{service="directory",table="customer"} 0',
    );

    await expect(under.rows('update reveal set at = now()')).rejects.toThrow('never changed');
    await expect(under.rows(`update reveal set note = note || 'x'`)).rejects.toThrow('never changed');

    under = await under.startedAgain({ cipher: withoutOld });
    expect(await under.rows(version)).toEqual(versionBefore);
    const again = await under.command(agent, 'registerCustomer', 'Customer', input);
    expect(again).toEqual({ id });
    const fields = 'phones { number } identityDocuments { number }';
    expect(
      await under.command(
        agent,
        'revealCustomerData',
        'RevealedCustomerData',
        { ...reveal, fields: ['PHONES', 'IDENTITY_DOCUMENTS'] },
        fields,
      ),
    ).toEqual({
      phones: [{ number: '13812349876' }],
      identityDocuments: [{ number: '440106198202020555' }],
    });
    const found = await under.read<{ customers: { nodes: object[] } }>(
      agent,
      `query($filter: CustomerFilter) { customers(filter: $filter) { nodes { id } } }`,
      { filter: { phone: '138 1234 9876' } },
    );
    expect(found.customers.nodes).toEqual([{ id }]);
  });
});
