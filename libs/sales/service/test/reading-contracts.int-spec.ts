import { newId } from '@anju/kernel';
import { leastStatements, createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { SalesOffice } from './sales-office';

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const connection = 'totalCount nodes { id } pageInfo { hasNextPage endCursor }';

describe('reading contracts', () => {
  let database: TestDatabase;
  let office: SalesOffice;
  /** By a word: what each contract of the setting is. */
  const contracts: Record<string, { id: string; unitId: string; customerId: string; saleId: string }> = {};
  const signed = ['signed', 'untold', 'told'];

  async function contract(word: string, change: Row = {}): Promise<string> {
    const held = await office.heldSale(`8-3-${1500 + Object.keys(contracts).length}`);
    const id = await office.draft(held, change);
    contracts[word] = { id, ...held };
    return id;
  }

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 09:00');
    await office.makeReady();
    await office.sign(await contract('signed'));
    await office.until('2026-03-05 09:00');
    await office.file(await contract('untold'));
    await office.until('2026-03-06 09:00');
    const told = await contract('told', { mortgagePlan: null });
    await office.file(told);
    const telling = { customerId: contracts['told']!.customerId, channel: 'WECHAT', deedTaxReminded: true };
    await office.done(office.xu, 'tellContractReturned', { contractId: told, ...telling }, 'Contract { id }');
    const pay = (word: string, amount: string) => {
      const paying = { saleId: contracts[word]!.saleId, kind: 'OWN_FUNDS', amount };
      return office.done(office.finance, 'recordSalePayment', paying, 'Sale { id }');
    };
    await pay('signed', '400000');
    await pay('told', '0.5');
    await office.until('2026-04-01 09:00');
    await pay('signed', '97143.44');
    await contract('draft');
    const given = await contract('given up');
    await office.done(
      office.xu,
      'cancelContract',
      { contractId: given, reason: 'No loan.' },
      'Contract { id }',
    );
  });

  afterAll(async () => {
    await office.close();
    await database.drop();
  });

  function wordsOf(nodes: readonly Row[]): string[] {
    const words = new Map(Object.entries(contracts).map(([word, { id }]) => [id, word]));
    return nodes.map((node) => words.get(node['id'] as string) ?? '?');
  }

  async function list(filter: Row, who = office.xu): Promise<string[]> {
    const source = `query($f: ContractFilter) { contracts(filter: $f) { ${connection} } }`;
    const data = await office.read<{ contracts: Page }>(who, source, { f: filter });
    expect(data.contracts.totalCount).toBe(data.contracts.nodes.length);
    return wordsOf(data.contracts.nodes);
  }

  it('lists the ledger by every part of the filter, those drafted last first', async () => {
    const all = ['given up', 'draft', 'told', 'untold', 'signed'];
    const { unitId, customerId } = contracts['untold']!;
    const expected: [Row, string[]][] = [
      [{}, all],
      [{ projectId: office.ours }, all],
      [{ projectId: office.theirs }, []],
      [{ status: ['DRAFT', 'SIGNED'] }, ['draft', 'signed']],
      [{ status: [] }, []],
      [{ unitId }, ['untold']],
      [{ customerId }, ['untold']],
      [{ consultantId: office.he.staffId }, all],
      [{ consultantId: newId() }, []],
      [{ number: 'JX-HT20260305-001' }, ['untold']],
      [{ onlineSigningNumber: 'WQ-1' }, ['signed']],
      [{ onlineSigningNumber: `' or true --` }, []],
      [{ signedFrom: iso('2026-03-05 09:00') }, ['told', 'untold']],
      [{ signedFrom: iso('2026-03-01 00:00'), signedBefore: iso('2026-03-06 09:00') }, ['untold', 'signed']],
      [{ filedFrom: iso('2026-03-06 09:00') }, ['told']],
      [{ filedBefore: iso('2026-03-06 09:00') }, ['untold']],
      [{ filingOverdue: true }, ['signed']],
      [{ filingOverdue: false }, ['given up', 'draft', 'told', 'untold']],
      [{ notTold: true }, ['untold']],
      [{ withLoan: false }, ['told']],
      [{ withLoan: true, notTold: true }, ['untold']],
    ];
    for (const [filter, words] of expected) expect([filter, await list(filter)]).toEqual([filter, words]);
    expect(await list({}, office.stranger)).toEqual([]);
    expect(await list({}, staff('AUDITOR', office.ours))).toEqual(all);
    expect(await list({}, staff('TITLE_SPECIALIST', office.ours))).toEqual(all);
  });

  it('pages through it without leaving one out or showing one twice', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const source = `query($after: String) { contracts(first: 2, after: $after) { ${connection} } }`;
      const data: { contracts: Page } = await office.read(office.xu, source, { after });
      seen.push(...wordsOf(data.contracts.nodes));
      after = data.contracts.pageInfo.hasNextPage ? data.contracts.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(await list({}));
  });

  it('shows them with customer, home, consultant, project and sale', async () => {
    const { xu, he, feng } = office;
    const { customerId, unitId } = contracts['untold']!;
    const part = `contracts { ${connection} }`;
    const [customer] = await office.entities<{ contracts: Page }>(xu, 'Customer', [customerId], part);
    expect(wordsOf(customer!.contracts.nodes)).toEqual(['untold']);
    const [unit] = await office.entities<{ contracts: Page }>(xu, 'Unit', [unitId], part);
    expect(wordsOf(unit!.contracts.nodes)).toEqual(['untold']);
    const [project] = await office.entities<{ contracts: Page }>(
      xu,
      'Project',
      [office.ours],
      `contracts(filter: { status: [FILED] }) { ${connection} }`,
    );
    expect(wordsOf(project!.contracts.nodes)).toEqual(['told', 'untold']);
    const inHand = await office.entities<{ contractsInHand: Page }>(
      xu,
      'Staff',
      [he, xu, feng].map(({ staffId }) => staffId),
      `contractsInHand { ${connection} }`,
    );
    expect(inHand.map(({ contractsInHand }) => wordsOf(contractsInHand.nodes))).toEqual([
      ['draft', 'untold', 'signed'],
      ['draft', 'untold', 'signed'],
      [],
    ]);
    const [elsewhere] = await office.entities<{ contracts: Page }>(
      office.stranger,
      'Customer',
      [customerId],
      part,
    );
    expect(elsewhere!.contracts).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('hides what somebody has no right to, and leaves him the rest', async () => {
    const { id, customerId } = contracts['untold']!;
    const one = 'query($id: ID!) { contract(id: $id) { id } }';
    expect(await office.read(office.stranger, one, { id })).toEqual({ contract: null });
    expect(await office.read(office.xu, one, { id: newId() })).toEqual({ contract: null });
    const malformed = await office.ask(office.xu, one, { id: `' or true --` });
    expect(malformed.errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
    const { data, errors } = await office.ask(
      staff('FRONT_DESK', office.ours),
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id contracts { totalCount } } } }`,
      { r: [{ __typename: 'Customer', id: customerId }] },
    );
    expect(errors![0]!.extensions['code']).toBe('FORBIDDEN');
    expect(data!['_entities']).toEqual([{ id: customerId, contracts: null }]);
    const anonymous = await office.ask(null, '{ contracts { totalCount } }');
    expect(anonymous.errors![0]!.extensions['code']).toBe('UNAUTHENTICATED');
  });

  it('asks the database as often for one customer as for all', async () => {
    const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { contracts(first: 5) {
      totalCount nodes { id number status price { total } deadlines { kind dueAt } buyers { customer { id } }
        sale { number contract { id } } mortgages { totalCount nodes { number documents { document } history { command } } }
        history { command actor } } } } } }`;
    const counted: number[] = [];
    // The statements that differ by what is there are those of a mortgage: both have one.
    const everybody = Object.values(contracts).map(({ customerId }) => customerId);
    for (const customerIds of [[contracts['untold']!.customerId], everybody]) {
      const r = customerIds.map((id) => ({ __typename: 'Customer', id }));
      const count = await leastStatements(async () => {
        const data = await office.read<{ _entities: { contracts: Page }[] }>(office.xu, source, { r });
        expect(data._entities.map((one) => one.contracts.nodes.length)).toEqual(customerIds.map(() => 1));
      });
      counted.push(count);
    }
    expect(counted[0]).toBeGreaterThan(0);
    expect(counted[1]).toBe(counted[0]);
  });

  describe('the monthly reports', () => {
    const open = (month: string, who = office.fang, projectId = office.ours) =>
      office.command(who, 'openSalesReport', { projectId, month }, 'SalesReport { id month status dueAt }');

    it('are one of a month, also of two that are begun at once', async () => {
      for (const month of ['2026-13', 'March', '']) {
        expect(await open(month)).toMatchObject({ code: 'SALES_MONTH_NOT_VALID' });
      }
      expect(await open('2026-04')).toMatchObject({ code: 'SALES_MONTH_NOT_OVER' });
      const answers = await Promise.all([open('2026-01'), open('2026-01'), open('2026-01')]);
      expect(answers.map(({ code }) => code).sort()).toEqual([
        ...['SALES_REPORT_EXISTS', 'SALES_REPORT_EXISTS', undefined],
      ]);
      await expect(open('2026-02', office.xu)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      await expect(open('2026-02', office.stranger)).rejects.toMatchObject({
        extensions: { code: 'FORBIDDEN' },
      });
      await open('2026-02', office.stranger, office.theirs);
    });

    it('show the ledger before they are sent, and stay as they are after', async () => {
      const { fang, finance } = office;
      const source = `query($f: SalesReportFilter) { salesReports(filter: $f) { nodes { id month status version
        totals { contracts total } ledger { totals { contracts total loan received } payments { paidOn amount kind } lines { number unit { id } contract { id } } } } } }`;
      type Reports = { salesReports: { nodes: Row[] } };
      const march = async () =>
        (await office.read<Reports>(fang, source, { f: { month: '2026-03' } })).salesReports.nodes;
      const [report] = await march();
      expect(report).toMatchObject({
        ...{ status: 'OPEN', totals: { contracts: 0 } },
        ledger: {
          totals: { contracts: 3, total: '4191430.32', loan: '1800000.00', received: '400000.50' },
          payments: [
            { paidOn: '2026-03-06', amount: '400000.00', kind: 'OWN_FUNDS' },
            { paidOn: '2026-03-06', amount: '0.50', kind: 'OWN_FUNDS' },
          ],
        },
      });
      const { lines } = report!['ledger'] as { lines: { contract: Row }[] };
      expect(wordsOf(lines.map((line) => line.contract))).toEqual(signed);
      const salesReportId = report!['id'] as string;
      const correction = { salesReportId, reason: 'x' };
      expect(await office.command(fang, 'correctSalesReport', correction)).toMatchObject({
        code: 'SALES_REPORT_NOT_IN_REQUIRED_STATUS',
      });
      const sends = await Promise.all(
        [1, 2].map(() => office.command(fang, 'sendSalesReport', { salesReportId })),
      );
      expect(sends.map(({ code }) => code).sort()).toEqual([
        ...['SALES_REPORT_NOT_IN_REQUIRED_STATUS', undefined],
      ]);
      expect(await office.command(fang, 'correctSalesReport', { salesReportId, reason: ' ' })).toMatchObject({
        code: 'SALES_TEXT_MISSING',
      });
      // Stands for what will be able to change a signed contract: its voiding (SAL-13).
      const { id } = contracts['told']!;
      await office.rows(`update contract set price = price || '{"total": "1397000.00"}' where id = '${id}'`);
      const [sent] = await march();
      expect(sent).toMatchObject({
        ...{ status: 'SENT', totals: { contracts: 3, total: '4191430.32' } },
        ledger: { totals: { total: '4191286.88' } },
      });
      await office.done(fang, 'correctSalesReport', correction, 'SalesReport { id }');
      const [told] = await office.published(salesReportId).then((all) => all.slice(-1));
      expect(told).toMatchObject({
        type: 'sales-report-corrected.v1',
        data: { contractIds: [id], contractsBy: 0, totalBy: '-143.44' },
      });
      const forFinance = await office.read<Reports>(
        finance,
        '{ salesReports(filter: { month: "2026-03" }) { nodes { month totals { total received } correctedTotals { total } corrections { before { total } after { total } } } } }',
      );
      expect(forFinance.salesReports.nodes).toEqual([
        {
          ...{
            month: '2026-03',
            totals: { total: '4191430.32', received: '400000.50' },
            correctedTotals: { total: '4191286.88' },
          },
          corrections: [{ before: { total: '1397143.44' }, after: { total: '1397000.00' } }],
        },
      ]);
    });

    it('are overdue at the instant when they were to be sent', async () => {
      await open('2026-02');
      const overdue = async () =>
        (
          await office.read<{ salesReports: { nodes: Row[] } }>(
            office.fang,
            '{ salesReports(filter: { overdue: true }) { nodes { month missedAt } } }',
          )
        ).salesReports.nodes;
      // Begun after they were due: overdue from their beginning.
      const begunLate = [
        { month: '2026-02', missedAt: iso('2026-03-04 18:00') },
        { month: '2026-01', missedAt: iso('2026-02-04 18:00') },
      ];
      expect(await overdue()).toEqual(begunLate);
      await office.until('2026-05-30 00:00');
      // The holiday of May ends on the 5th.
      expect(await overdue()).toEqual([
        { month: '2026-04', missedAt: iso('2026-05-08 18:00') },
        ...begunLate,
      ]);
    });
  });
});
