import {
  DirectoryUnderTest,
  registerTestProject,
  staff,
  type TestProject,
} from '../test/directory-under-test';
import { ImportClient } from '../test/import-client';

/** One page that touches everything that a front desk sees of its customers. */
const page = `query($first: Int) {
  customers(first: $first) { totalCount nodes { name phones { masked } identityDocuments { masked } household { name }
    projects { code organisation { code } } mergedInto { id } mergedFrom { id } probableDuplicates { customer { name } }
    history { command actor }
    roles { role customer { name } unit { home } }
    homes { home history { command } section { number } project { code }
      building { number sections { number } units(first: 3) { nodes { home } } }
      inWarranty wasInWarranty: inWarranty(on: "2025-01-01") formerly: owners(newestFirst: true) { from to customer { name } }
      owners { customer { name } } residents { customer { name homes { home } } } roles { role } } } } }`;

describe('the number of SQL statements', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  const customers = 60;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('statements');
    ours = await registerTestProject(under, 'JX');
    const client = new ImportClient(under, staff('SERVICE_SUPERVISOR', ours.projectId), ours.projectId);
    const numbers = Array.from({ length: customers }, (_, n) => n);
    const units = numbers.map((n) => `${n % 7},1,${100 + n}`);
    await client.import('UNITS', ['楼栋,单元,房号', ...units].join('\n'));
    const lines = numbers.map((n) => `客户,1380000${1000 + n},${n % 7}-1-${100 + n},业主,2024-01-01`);
    await client.import('CUSTOMERS', ['姓名,电话,房屋,身份,起始日期', ...lines].join('\n'));
  });

  afterAll(() => under.close());

  /** Statements that reach PostgreSQL, counted at its driver. */
  async function statementsOf(query: string, variables: object): Promise<number> {
    const { dataSource } = under.service;
    let statements = 0;
    dataSource.setOptions({
      logging: ['query'],
      logger: {
        logQuery: () => (statements += 1),
        ...{ logQueryError: () => undefined, logQuerySlow: () => undefined, logSchemaBuild: () => undefined },
        ...{ logMigration: () => undefined, log: () => undefined },
      },
    });
    await under.read(staff('FRONT_DESK', ours.projectId), query, variables);
    return statements;
  }

  it('is the same for 1 customer with his homes as for 50', async () => {
    const one = await statementsOf(page, { first: 1 });
    const fifty = await statementsOf(page, { first: 50 });
    expect(one).toBeGreaterThan(5);
    expect(fifty).toBe(one);
  });

  it('is one for all references of a request', async () => {
    const ids = (await under.rows<{ id: string }>(`select id from customer`)).map(({ id }) => id);
    const query = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { name } } }`;
    const representations = ids.map((id) => ({ __typename: 'Customer', id }));
    expect(representations.length).toBe(customers);
    expect(await statementsOf(query, { r: representations })).toBe(1);
  });
});
