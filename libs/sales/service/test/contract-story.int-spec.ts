import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { SalesOffice } from './sales-office';

const contractFields = `
  id number status version area unitPrice draftedAt signedAt filedAt filingDueAt filingOverdueSinceAt filingMissedAt
  filingNumber deedTaxDueOn tellDueAt tellMissedAt untoldSinceAt cancelReason
  buyers { share customer { id } } discounts { code kind value }
  price { listTotal discountTotal total discountPercent }
  discountApproval { approvedAt discountTotal byStaff { id } }
  mortgagePlan { loanKind commercialAmount providentFundAmount borrowers { familyState customer { id } } }
  signing { number signedAt byStaff { id } } checks { findings byStaff { id } } corrections { number }
  filingSubmissions { submittedAt sentBackAt sentBackReason } returnTellings { toldAt channel customer { id } }
  deadlines { kind dueAt } unit { id } project { id } consultant { id } sale { id status contract { id } }
  mortgages { nodes { number status loanKind commercialAmount documentsMissing
    documents { document copies receivedAt customer { id } } } }
  history { command from to }`;

describe('the contract of 8-1-1502', () => {
  let database: TestDatabase;
  let office: SalesOffice;

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 09:00');
  });

  afterAll(async () => {
    await office.close();
    await database.drop();
  });

  async function contract(id: string): Promise<Row> {
    const source = `query($id: ID!) { contract(id: $id) { ${contractFields} } }`;
    return (await office.read(office.xu, source, { id }))['contract'] as Row;
  }

  it('goes from the subscription to the report of March', async () => {
    const { he, xu, feng, fang, finance, deng } = office;
    await office.makeReady();
    await office.until('2026-03-02 14:00');
    const { unitId, customerId, saleId } = await office.heldSale('8-1-1502');

    await office.until('2026-03-02 15:00');
    const id = await office.draft(
      { saleId, customerId },
      { discounts: [{ code: 'LAST_HOMES', kind: 'PERCENT', value: '5' }] },
    );
    expect(await contract(id)).toMatchObject({
      ...{ number: 'JX-HT20260302-001', status: 'DRAFT', area: '89.32', unitPrice: '15800.00' },
      buyers: [{ share: '100', customer: { id: customerId } }],
      price: {
        ...{ listTotal: '1411256.00', discountTotal: '70562.80', total: '1340693.20' },
        discountPercent: '5.00',
      },
      mortgagePlan: { loanKind: 'COMMERCIAL', commercialAmount: '900000.00', providentFundAmount: null },
      ...{ signing: null, deadlines: [], mortgages: { nodes: [] } },
      ...{ unit: { id: unitId }, project: { id: office.ours }, consultant: { id: he.staffId } },
      sale: { id: saleId, status: 'UNIT_HELD', contract: { id } },
    });

    const signing = { contractId: id, onlineSigningNumber: 'WQ-2026-0317' };
    expect(await office.command(xu, 'signContract', signing)).toMatchObject({
      code: 'DISCOUNT_NOT_APPROVED',
      message: expect.stringContaining('¥42,337.68') as string,
    });
    await office.until('2026-03-02 15:30');
    await office.done(fang, 'approveDiscount', { contractId: id }, 'Contract { id }');
    await office.until('2026-03-02 16:00');
    await office.done(xu, 'signContract', signing, 'Contract { id }');
    await office.answerSteps();
    await office.done(feng, 'checkContract', { contractId: id }, 'Contract { id }');
    expect(await contract(id)).toMatchObject({
      ...{ status: 'CHECKED', signedAt: iso('2026-03-02 16:00'), filingDueAt: iso('2026-04-01 16:00') },
      discountApproval: { discountTotal: '70562.80', byStaff: { id: fang.staffId } },
      signing: { number: 'WQ-2026-0317', byStaff: { id: xu.staffId } },
      checks: [{ findings: null, byStaff: { id: feng.staffId } }],
      deadlines: [{ kind: 'CONTRACT_FILING', dueAt: iso('2026-04-01 16:00') }],
      sale: { status: 'CONTRACTED' },
    });

    await office.until('2026-03-10 10:00');
    await office.done(xu, 'submitFiling', { contractId: id }, 'Contract { id }');
    await office.until('2026-03-20 15:00');
    const back = { contractId: id, filingNumber: 'BA-2026-88' };
    await office.done(xu, 'noteFilingReturned', back, 'Contract { id }');
    const filed = await contract(id);
    expect(filed).toMatchObject({
      ...{ status: 'FILED', filingNumber: 'BA-2026-88', deedTaxDueOn: '2026-05-31' },
      ...{ filedAt: iso('2026-03-20 15:00'), untoldSinceAt: iso('2026-03-20 15:00') },
      deadlines: [{ kind: 'CONTRACT_RETURN_TELLING', dueAt: filed['tellDueAt'] }],
    });
    const { mortgages } = filed as { mortgages: { nodes: Row[] } };
    expect(mortgages.nodes).toMatchObject([
      {
        ...{ number: 'JX-M20260320-001', status: 'COLLECTING', commercialAmount: '900000.00' },
        documentsMissing: 10,
      },
    ]);
    expect(mortgages.nodes[0]!['documents']).toContainEqual({
      ...{ document: 'SPOUSE_IDENTITY_CARD', copies: 3, receivedAt: null, customer: { id: customerId } },
    });

    const telling = { contractId: id, customerId, channel: 'PHONE', deedTaxReminded: true };
    await office.done(xu, 'tellContractReturned', telling, 'Contract { id }');
    expect(await contract(id)).toMatchObject({
      ...{ untoldSinceAt: null, deadlines: [] },
      returnTellings: [{ toldAt: iso('2026-03-20 15:00'), channel: 'PHONE', customer: { id: customerId } }],
      history: [
        { command: 'draftContract', from: null, to: 'DRAFT' },
        { command: 'approveDiscount', from: 'DRAFT', to: 'DRAFT' },
        { command: 'signContract', from: 'DRAFT', to: 'SIGNED' },
        { command: 'checkContract', from: 'SIGNED', to: 'CHECKED' },
        { command: 'submitFiling', from: 'CHECKED', to: 'FILING_SUBMITTED' },
        { command: 'noteFilingReturned', from: 'FILING_SUBMITTED', to: 'FILED' },
        { command: 'tellContractReturned', from: 'FILED', to: 'FILED' },
      ],
    });
    const published = await office.published(id);
    expect(published.map(({ type }) => type)).toEqual([
      'contract-drafted.v1',
      'contract-discount-approved.v1',
      'contract-signed.v1',
      'contract-checked.v1',
      'contract-filing-submitted.v1',
      'contract-filed.v1',
      'contract-return-told.v1',
    ]);
    expect(published[5]!.data).toMatchObject({ filingDays: 18, total: '1340693.20', loanKind: 'COMMERCIAL' });

    const march = { projectId: office.ours, month: '2026-03' };
    expect(await office.command(fang, 'openSalesReport', march)).toMatchObject({
      code: 'SALES_MONTH_NOT_OVER',
    });
    await office.until('2026-04-01 09:30');
    // Signed in April already: not of March.
    const april = await office.heldSale('8-1-1503');
    await office.sign(await office.draft(april));
    const { salesReports } = await office.read<{ salesReports: { nodes: { id: string }[] } }>(
      fang,
      '{ salesReports { nodes { id month status openedAt dueAt } } }',
    );
    expect(salesReports.nodes).toMatchObject([
      { month: '2026-04', status: 'GATHERING', openedAt: null, dueAt: null },
      {
        ...{ month: '2026-03', status: 'OPEN', openedAt: iso('2026-04-01 00:00') },
        dueAt: iso('2026-04-03 18:00'),
      },
    ]);
    const salesReportId = salesReports.nodes[1]!.id;
    expect(await office.command(fang, 'openSalesReport', march)).toMatchObject({
      code: 'SALES_REPORT_EXISTS',
    });
    const sent = await office.done(
      fang,
      'sendSalesReport',
      { salesReportId },
      `SalesReport { status sentAt dueAt lines { number signedOn area total loan consultant { id } }
         totals { contracts area listTotal discountTotal total loan } }`,
    );
    const totals = {
      ...{ contracts: 1, area: '89.32', listTotal: '1411256.00', discountTotal: '70562.80' },
      ...{ total: '1340693.20', loan: '900000.00' },
    };
    expect(sent).toMatchObject({
      ...{ status: 'SENT', sentAt: iso('2026-04-01 09:30'), totals },
      lines: [{ number: 'JX-HT20260302-001', signedOn: '2026-03-02', consultant: { id: he.staffId } }],
    });
    const [told] = (await office.published(salesReportId)).slice(-1);
    expect(told).toMatchObject({ type: 'sales-report-sent.v1', data: { month: '2026-03', ...totals } });

    const correction = { salesReportId, reason: 'A contract was voided.' };
    expect(await office.command(fang, 'correctSalesReport', correction)).toMatchObject({
      code: 'SALES_REPORT_ALREADY_RIGHT',
    });
    // Nothing that can be done to a signed contract so far changes its month: voiding (SAL-13) will.
    await office.rows(`update contract set signed_at = null, signing = null where id = '${id}'`);
    const corrected = await office.done(
      fang,
      'correctSalesReport',
      correction,
      `SalesReport { totals { contracts } correctedTotals { contracts total } ledger { totals { contracts } }
         corrections { sequence reason before { number } after { number } } }`,
    );
    expect(corrected).toMatchObject({
      ...{ totals: { contracts: 1 }, ledger: { totals: { contracts: 0 } } },
      correctedTotals: { contracts: 0, total: '0.00' },
      corrections: [
        { sequence: 1, reason: correction.reason, before: { number: 'JX-HT20260302-001' }, after: null },
      ],
    });
    const [project] = await office.entities(
      finance,
      'Project',
      [office.ours],
      'salesReports(filter: { month: "2026-03" }) { totalCount nodes { month status } }',
    );
    expect(project).toEqual({
      salesReports: { totalCount: 1, nodes: [{ month: '2026-03', status: 'SENT' }] },
    });
    expect(await office.command(finance, 'openSalesReport', march).catch(String)).toContain('roles');
    expect(await office.command(deng, 'correctSalesReport', correction).catch(String)).toContain('roles');
  });
});
