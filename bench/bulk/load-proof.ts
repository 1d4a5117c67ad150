import { localDate } from '@anju/kernel';
import type { Platform } from '../platform';
import type { LoadedCustomer } from './load-bulk';

const numberedSql = (table: string, series: string, letter: string): string => `
  select count(*)::int as wrong from (
    select project_id, split_part(number, '-', 2) as day, count(*) as count,
           min(split_part(number, '-', 3)::int) as first, max(split_part(number, '-', 3)::int) as last
    from ${table} group by 1, 2
  ) numbered left join counter on series = '${series}:' || project_id || ':' ||
    to_char(to_date(replace(day, '${letter}', ''), 'YYYYMMDD'), 'YYYY-MM-DD')
  where count <> last or first <> 1 or value is distinct from last`;

const historySql = (table: string, type: string): string => `
  select count(*)::int as wrong from ${table} t
  where not exists (select from history h
    where h.aggregate_type = '${type}' and h.aggregate_id = t.id and h.version = t.version)`;

/** What must hold of every row; each finds how many do not. */
const invariants = [
  {
    service: 'reception',
    what: 'daily numbers of contacts',
    sql: numberedSql('interaction', 'interaction', ''),
  },
  { service: 'complaints', what: 'daily numbers of cases', sql: numberedSql('complaint', 'complaint', 'C') },
  { service: 'sales', what: 'daily numbers of sales', sql: numberedSql('sale', 'sale', 'S') },
  { service: 'sales', what: 'daily numbers of contracts', sql: numberedSql('contract', 'contract', 'HT') },
  { service: 'reception', what: 'histories of contacts', sql: historySql('interaction', 'Interaction') },
  { service: 'reception', what: 'histories of work orders', sql: historySql('work_order', 'WorkOrder') },
  { service: 'directory', what: 'histories of customers', sql: historySql('customer', 'Customer') },
] as const;

/**
 * Proves that the platform goes on from what was loaded: by what holds of every row, and by commands on it.
 * @throws Error that says what is not as it should be
 */
export async function proveLoad(platform: Platform, customers: readonly LoadedCustomer[]): Promise<void> {
  const { running, teller, setting } = platform;
  for (const { service, what, sql } of invariants) {
    const [row] = await running.query<{ wrong: number }>(service, sql);
    if (row!.wrong > 0) throw new Error(`${what}: ${row!.wrong} are wrong`);
  }
  const { projectId } = setting;
  const numbered = async (): Promise<number> => {
    const day = localDate(new Date(), 'Asia/Shanghai');
    const [row] = await running.query<{ value: string }>(
      'reception',
      'select value from counter where series = $1',
      [`interaction:${projectId}:${day}`],
    );
    return Number(row?.value ?? 0);
  };
  const before = await numbered();
  const { number } = await teller.command<{ number: string }>(
    'zhoumin',
    'recordInteraction',
    'Interaction',
    {
      projectId,
      channel: 'PHONE',
      customerId: customers[0]!.id,
      content: '问一下物业费怎么交',
      facts: { matter: 'QUESTION', wantsToComplain: false },
    },
    'number',
  );
  if (Number(number.split('-').at(-1)) !== before + 1) throw new Error(`after ${before} comes ${number}`);
  const [open] = await running.query<{ id: string; version: number }>(
    'reception',
    `select id, version from interaction where status = 'OPEN' order by received_at limit 1`,
  );
  if (!open) return;
  const { version } = await teller.command<{ version: number }>(
    'zhoumin',
    'tellCustomer',
    'Interaction',
    { interactionId: open.id, kind: 'PROGRESS', channel: 'PHONE', text: '正在处理，今天给您答复' },
    'version',
  );
  if (version !== open.version + 1) throw new Error(`version ${version} follows ${open.version}`);
}
