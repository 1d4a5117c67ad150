import { readFileSync } from 'node:fs';
import type { DayOne } from './day-one-stage';

interface Counted {
  readonly totalCount: number;
}

interface CustomerPage {
  readonly customer: Readonly<
    Record<'contracts' | 'workOrders' | 'complaints' | 'messages' | 'leads', Counted | null>
  > & { readonly name: string; readonly phones: readonly { masked: string }[] };
}

interface StaffPage {
  readonly staff: { readonly evidence: Counted; readonly appraisals: Counted };
  readonly appraisal: { readonly total: string } | null;
  readonly evidence: { readonly kind: string } | null;
  readonly appraisals: Counted;
}

const customerPage = `query($id: ID!) { customer(id: $id) { name phones { masked } contracts { totalCount } workOrders { totalCount }
  complaints { totalCount } messages { totalCount } leads { totalCount } } }`;

/** The queries of the README by their names, each with the account that its first line names. */
function readmeQueries(): ReadonlyMap<string, { readonly account: string; readonly query: string }> {
  const blocks = readFileSync('README.md', 'utf8').matchAll(
    /```graphql\n(query (\w+) \{ # (\w+)\n[\s\S]*?)```/g,
  );
  return new Map(
    [...blocks].map(([, query, name, account]) => [name!, { account: account!, query: query! }]),
  );
}

/** The pages of customers, staff, homes and projects after day one, and who may see what of them. */
export function describePages(stage: () => DayOne): void {
  /** What a query of the README answers to the account that it names; nothing of it is denied. */
  async function readme(name: string): Promise<object> {
    const { account, query } = readmeQueries().get(name)!;
    return stage().ask<object>(account, query);
  }

  /** Which lists of 王秀兰's page somebody sees; null where he may not even see her. */
  async function seenOfCustomer(account: string): Promise<readonly string[] | null> {
    const id = stage().platform.setting.customerIds.get('wangxiulan');
    const { data } = await stage().tryTo<CustomerPage>(account, customerPage, { id });
    const { customer } = data;
    if (!(customer as object | null)) return null;
    expect(customer.phones).toEqual([{ masked: '139****3201' }]);
    const { contracts, workOrders, complaints, messages, leads } = customer;
    const lists = { contracts, workOrders, complaints, messages, leads };
    return Object.entries(lists).flatMap(([name, list]) => (list === null ? [] : [name]));
  }

  it("answers the README's page of a customer", async () => {
    expect(await readme('Customer')).toMatchObject({
      customers: {
        nodes: [
          {
            homes: [{ home: '3-2-1201' }],
            contracts: { nodes: [{ number: 'JX-HT20260302-001' }] },
            interactions: { nodes: [{ number: 'JX-20260302-001', label: '已完成' }] },
            complaints: { nodes: [] },
            messages: { nodes: [{ kind: 'NOTICE' }, { kind: 'REPLY' }] },
          },
        ],
      },
      metrics: { length: 6 },
    });
  });

  it.each([
    ['linfang', ['contracts', 'workOrders', 'complaints', 'messages']],
    ['huangtao', ['contracts', 'workOrders', 'complaints', 'messages']],
    ['wuqian', ['workOrders', 'complaints', 'messages']],
    ['liqiang', ['workOrders']],
    ['hejing', ['contracts', 'leads']],
    ['zhangli', []],
    ['auditor', ['contracts', 'workOrders', 'complaints', 'messages', 'leads']],
    ['qianjin', null],
    ['guowei', null],
    ['bi', null],
  ] as const)("shows %s of a customer's page: %p, phones masked", async (account, lists) => {
    expect(await seenOfCustomer(account)).toEqual(lists);
  });

  it("answers the README's page of an employee", async () => {
    expect(await readme('Staff')).toMatchObject({
      staffMembers: {
        nodes: [
          {
            ...{ name: '周敏', position: 'FRONT_DESK', supervisor: { name: '林芳' } },
            ownedInteractions: { totalCount: 0 },
            evidence: { nodes: [{ kind: 'PARTNER_LATE', status: 'SCORED' }] },
            appraisals: { nodes: [{ status: 'ACKNOWLEDGED', total: '101.00' }] },
          },
        ],
      },
    });
  });

  it('shows what an employee has in hand to who may see it', async () => {
    const query =
      'query($id: ID!) { staff(id: $id) { leadsInHand { nodes { customer { name } } } contractsInHand { totalCount } } }';
    const id = stage().staffId('hejing');
    expect(await stage().ask('fangyuan', query, { id })).toEqual({
      staff: {
        leadsInHand: { nodes: [{ customer: { name: '黄磊' } }] },
        contractsInHand: { totalCount: 0 },
      },
    });
    expect((await stage().tryTo('zhoumin', query, { id })).denied).toEqual([
      'staff.contractsInHand: FORBIDDEN',
      'staff.leadsInHand: FORBIDDEN',
    ]);
  });

  it('shows an appraisal to the appraised, the appraiser, the quality centre and the auditor, and to nobody else', async () => {
    const day = stage();
    const staffId = day.staffId('zhoumin');
    const own = await day.ask<{
      appraisals: { nodes: { id: string; commendations: { evidence: { id: string } }[] }[] };
    }>('zhoumin', '{ appraisals { nodes { id commendations { evidence { id } } } } }');
    const [sheet] = own.appraisals.nodes;
    const ids = { staffId, sheetId: sheet!.id, evidenceId: sheet!.commendations[0]!.evidence.id };
    const query = `query($staffId: ID!, $sheetId: ID!, $evidenceId: ID!) {
      staff(id: $staffId) { evidence { totalCount } appraisals { totalCount } }
      appraisal(id: $sheetId) { total } evidence(id: $evidenceId) { kind }
      appraisals(filter: { staffId: $staffId }) { totalCount } }`;
    const all = { totalCount: 1 };
    for (const account of ['zhoumin', 'qianjin', 'zhiguan', 'auditor']) {
      expect(await day.ask<StaffPage>(account, query, ids)).toEqual({
        staff: { evidence: all, appraisals: all },
        appraisal: { total: '101.00' },
        evidence: { kind: 'PARTNER_LATE' },
        appraisals: all,
      });
    }
    const none = { totalCount: 0 };
    for (const account of ['wuqian', 'linfang', 'hejing', 'huangtao', 'bi']) {
      expect(await day.ask<StaffPage>(account, query, ids)).toEqual({
        staff: { evidence: none, appraisals: none },
        appraisal: null,
        evidence: null,
        appraisals: none,
      });
    }
  });

  it("answers the README's page of a home, and shows the owners of one that is lived in", async () => {
    expect(await readme('Unit')).toMatchObject({
      units: {
        nodes: [
          {
            ...{ home: '8-1-1502', status: 'CONTRACTED', warrantyEndsOn: '2025-06-30', inWarranty: false },
            owners: [],
            roles: [
              { role: 'PROSPECT', to: '2026-03-02', customer: { name: '马丽' } },
              { role: 'BUYER', to: null, customer: { name: '马丽' } },
              { role: 'BUYER', to: null, customer: { name: '王秀兰' } },
            ],
            currentSale: {
              number: 'JX-S20260302-001',
              status: 'CONTRACTED',
              contract: { status: 'FILED', mortgages: { nodes: [{ status: 'SUBMITTED' }] } },
            },
            openItems: [],
          },
        ],
      },
    });
    const query =
      'query($id: ID!) { unit(id: $id) { inWarranty owners { from to customer { name } } residents { role customer { name } } } }';
    expect(await stage().ask('linfang', query, { id: stage().unit('5-1-0302') })).toMatchObject({
      unit: { inWarranty: true, owners: [{ from: '2023-07-01', to: null, customer: { name: '陈伟' } }] },
    });
    const { denied } = await stage().tryTo(
      'zhoumin',
      'query($id: ID!) { unit(id: $id) { status currentSale { id } contracts { totalCount } offer { id } } }',
      { id: stage().unit('8-1-1502') },
    );
    expect(denied).toEqual([
      'unit.contracts: FORBIDDEN',
      'unit.currentSale: FORBIDDEN',
      'unit.offer: FORBIDDEN',
    ]);
  });

  it("answers the README's page of the project, with its figures of today", async () => {
    const { projects } = (await readme('Project')) as {
      projects: { nodes: { figures: { all: { label: string; value: string }[] } }[] };
    };
    expect(projects.nodes).toMatchObject([
      {
        readiness: { status: 'COMPLETE', missing: [], items: { length: 9 } },
        unitOffers: { nodes: { length: 4 } },
        saleCounts: { unitHeld: 0, contracted: 1, needAttention: 0 },
        salesReports: {
          nodes: [
            { month: '2026-04', status: 'GATHERING', totals: { contracts: 0 } },
            { month: '2026-03', status: 'SENT', totals: { contracts: 1 } },
          ],
        },
        figures: { day: '2026-04-03' },
      },
    ]);
    const query = '{ projects { nodes { code figures { all { id value } } readiness { status } } } }';
    const { data } = await stage().tryTo<{
      projects: { nodes: { figures: { all: { id: string; value: string }[] } }[] };
    }>('bi', query);
    const figures = data.projects.nodes[0]!.figures.all.filter(({ value }) => value !== '0');
    expect(figures).toEqual([
      { id: 'leads_open', value: '1' },
      { id: 'mortgages_under_way', value: '1' },
    ]);
    expect((await stage().tryTo('zhoumin', query)).denied).toEqual([
      'projects.nodes.0.figures: FORBIDDEN',
      'projects.nodes.0.readiness: FORBIDDEN',
    ]);
    expect((await stage().tryTo('bi', query)).denied).toEqual(['projects.nodes.0.readiness: FORBIDDEN']);
  });

  it('lets the auditor look at all of it and change nothing', async () => {
    const id = stage().platform.setting.projectId;
    const refused = await stage().tryTo(
      'auditor',
      `mutation($input: OpenSalesReportInput!) { openSalesReport(input: $input) { __typename } }`,
      { input: { projectId: id, month: '2026-02' } },
    );
    expect(refused.denied).toEqual(['openSalesReport: FORBIDDEN']);
  });
}
