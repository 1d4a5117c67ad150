import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { SalesOffice } from './sales-office';

describe('commands on contracts', () => {
  let database: TestDatabase;
  let office: SalesOffice;
  let readinessId: string;
  let homes = 0;

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 09:00');
    readinessId = await office.makeReady([], '2026-06-30');
  });

  afterAll(async () => {
    await office.close();
    await database.drop();
  });

  const held = () => office.heldSale(`8-1-${1600 + (homes += 1)}`);
  const code = async (who = office.xu, name = '', input: Row = {}) =>
    (await office.command(who, name, input)).code;

  it('signs only with everything ready on that day', async () => {
    const contractId = await office.draft(await held());
    const signing = { contractId, onlineSigningNumber: 'WQ-READY' };
    const withdrawn = { readinessId, item: 'PRICE_LIST', reason: 'Revoked.' };
    await office.done(office.xu, 'withdrawReadinessItem', withdrawn, 'Readiness { id }');
    const missing = 'ReadinessIncomplete { missing }';
    expect(await office.command(office.xu, 'signContract', signing, missing)).toMatchObject({
      ...{ code: 'READINESS_INCOMPLETE', missing: ['PRICE_LIST'] },
    });
    await office.ready(readinessId, 'PRICE_LIST');
    await office.ready(readinessId, 'PRE_SALE_PERMIT', '2026-03-01');
    expect(await office.command(office.xu, 'signContract', signing, missing)).toMatchObject({
      missing: ['PRE_SALE_PERMIT'],
    });
    await office.ready(readinessId, 'PRE_SALE_PERMIT', '2026-06-30');
    expect(
      await office.command(office.xu, 'signContract', { ...signing, onlineSigningNumber: ' ' }),
    ).toMatchObject({
      code: 'SALES_TEXT_MISSING',
    });
    await office.done(office.xu, 'signContract', signing, 'Contract { id }');
    await office.answerSteps();
    const other = await office.draft(await held());
    const taken = { contractId: other, onlineSigningNumber: 'WQ-READY' };
    const field = 'OnlineSigningNumberTaken { contractId }';
    expect(await office.command(office.xu, 'signContract', taken, field)).toMatchObject({
      ...{ code: 'ONLINE_SIGNING_NUMBER_TAKEN', contractId },
    });
  });

  it('signs no contract of a subscription that was given up', async () => {
    const { saleId, customerId } = await held();
    const contractId = await office.draft({ saleId, customerId });
    await office.done(office.he, 'withdrawSale', { saleId, reason: 'Changed his mind.' }, 'Sale { id }');
    await office.answerSteps();
    expect(await code(office.xu, 'signContract', { contractId, onlineSigningNumber: 'WQ-W' })).toBe(
      'CONTRACT_NOT_IN_REQUIRED_STATUS',
    );
    const { contract } = await office.read<{ contract: Row }>(
      office.xu,
      'query($id: ID!) { contract(id: $id) { status cancelReason sale { status contract { id } } } }',
      { id: contractId },
    );
    expect(contract).toEqual({
      ...{ status: 'CANCELLED', cancelReason: 'Changed his mind.' },
      sale: { status: 'WITHDRAWN', contract: null },
    });
  });

  it('approves a discount by somebody else, for the terms that it was approved for', async () => {
    const { fang, xu } = office;
    const { saleId, customerId } = await held();
    const terms = office.terms(customerId);
    const discounts = [{ code: 'BOSS', kind: 'AMOUNT', value: '50000' }];
    const contractId = await office.draft({ saleId, customerId }, {}, fang);
    expect(await code(fang, 'approveDiscount', { contractId })).toBe('DISCOUNT_APPROVAL_NOT_NEEDED');
    await office.done(fang, 'reviseContract', { ...terms, contractId, discounts }, 'Contract { id }');
    expect(await code(fang, 'approveDiscount', { contractId })).toBe('OWN_DISCOUNT');
    expect(await code(xu, 'approveDiscount', { contractId }).catch(String)).toContain('roles');
    const boss = staff('SALES_MANAGER', office.ours);
    await office.done(boss, 'approveDiscount', { contractId }, 'Contract { id }');
    expect(await code(boss, 'approveDiscount', { contractId })).toBe('DISCOUNT_ALREADY_APPROVED');
    const revised = await office.done(
      xu,
      'reviseContract',
      { ...terms, contractId, discounts: [...discounts, { code: 'MORE', kind: 'PERCENT', value: '0.5' }] },
      'Contract { price { discountTotal } discountApproval { by } revisedBy { id } }',
    );
    expect(revised).toMatchObject({
      ...{ price: { discountTotal: '56806.28' }, discountApproval: null, revisedBy: { id: xu.staffId } },
    });
    expect(await code(xu, 'signContract', { contractId, onlineSigningNumber: 'WQ-B' })).toBe(
      'DISCOUNT_NOT_APPROVED',
    );
  });

  it('is checked by a second person, and signed anew after a finding', async () => {
    const { xu, feng } = office;
    const contractId = await office.draft(await held());
    expect(await code(feng, 'checkContract', { contractId })).toBe('CONTRACT_NOT_IN_REQUIRED_STATUS');
    await office.sign(contractId);
    expect(await code(xu, 'submitFiling', { contractId })).toBe('CONTRACT_NOT_IN_REQUIRED_STATUS');
    expect(await code(xu, 'checkContract', { contractId })).toBe('OWN_CONTRACT_CHECK');
    expect(await code(xu, 'correctSigning', { contractId, onlineSigningNumber: 'WQ-X' })).toBe(
      'NO_FINDINGS_TO_CORRECT',
    );
    expect(await code(feng, 'checkContract', { contractId, findings: ' ' })).toBe('SALES_TEXT_MISSING');
    await office.done(
      feng,
      'checkContract',
      { contractId, findings: 'A digit is wrong.' },
      'Contract { id }',
    );
    expect(await code(feng, 'checkContract', { contractId })).toBe('CONTRACT_FINDINGS_OPEN');
    const anew = { contractId, onlineSigningNumber: 'WQ-ANEW' };
    await office.done(xu, 'correctSigning', anew, 'Contract { id }');
    const passed = await office.done(
      feng,
      'checkContract',
      { contractId },
      'Contract { status signing { number } checks { findings } corrections { number by } }',
    );
    expect(passed).toMatchObject({
      ...{ status: 'CHECKED', signing: { number: 'WQ-ANEW' } },
      ...{ checks: [{ findings: 'A digit is wrong.' }, { findings: null }] },
      corrections: [{ number: 'WQ-ANEW', by: xu.staffId }],
    });
  });

  it('is filed after being sent back, and told to a buyer with the deed tax', async () => {
    const { xu, feng } = office;
    const { saleId, customerId } = await held();
    const contractId = await office.draft({ saleId, customerId }, { mortgagePlan: null });
    const step = (name: string, change: Row = {}) => code(xu, name, { contractId, ...change });
    expect(await step('submitFiling')).toBe('CONTRACT_NOT_IN_REQUIRED_STATUS');
    await office.sign(contractId);
    await office.done(feng, 'checkContract', { contractId }, 'Contract { id }');
    expect(await step('noteFilingReturned', { filingNumber: 'BA' })).toBe('CONTRACT_NOT_IN_REQUIRED_STATUS');
    expect(await step('submitFiling')).toBeUndefined();
    expect(await step('noteFilingSentBack', { reason: '' })).toBe('SALES_TEXT_MISSING');
    expect(await step('noteFilingSentBack', { reason: 'The plan is missing.' })).toBeUndefined();
    expect(await step('submitFiling')).toBeUndefined();
    expect(await step('noteFilingReturned', { filingNumber: '' })).toBe('SALES_TEXT_MISSING');
    const telling = { customerId, channel: 'PHONE', deedTaxReminded: true };
    expect(await step('tellContractReturned', telling)).toBe('CONTRACT_NOT_IN_REQUIRED_STATUS');
    expect(await step('noteFilingReturned', { filingNumber: 'BA-2' })).toBeUndefined();
    expect(await step('tellContractReturned', { ...telling, customerId: await office.customer() })).toBe(
      'TOLD_CUSTOMER_NOT_BUYER',
    );
    expect(await step('tellContractReturned', { ...telling, deedTaxReminded: false })).toBe(
      'DEED_TAX_NOT_REMINDED',
    );
    expect(await step('tellContractReturned', telling)).toBeUndefined();
    expect(await office.rows(`select id from mortgage where contract_id = '${contractId}'`)).toEqual([]);
  });

  it('is overdue at the instant when its filing was due, and again when nobody was told', async () => {
    const contractId = await office.draft(await held());
    const signed = await office.sign(contractId);
    expect(signed).toMatchObject({ filingDueAt: iso('2026-04-01 09:00') });
    await office.until('2026-04-01 08:59');
    const overdue = async () =>
      (
        await office.read<{ contract: Row }>(
          office.xu,
          'query($id: ID!) { contract(id: $id) { filingOverdueSinceAt filingMissedAt untoldSinceAt tellMissedAt } }',
          { id: contractId },
        )
      ).contract;
    expect(await overdue()).toMatchObject({ filingOverdueSinceAt: null });
    await office.until('2026-04-01 09:00');
    expect(await overdue()).toMatchObject({ filingOverdueSinceAt: iso('2026-04-01 09:00') });
    expect((await office.published(contractId)).at(-1)).toMatchObject({
      ...{ type: 'contract-filing-overdue.v1', time: iso('2026-04-01 09:00') },
    });
    await office.done(office.feng, 'checkContract', { contractId }, 'Contract { id }');
    await office.done(office.xu, 'submitFiling', { contractId }, 'Contract { id }');
    expect(await overdue()).toMatchObject({
      ...{ filingOverdueSinceAt: null, filingMissedAt: iso('2026-04-01 09:00') },
    });
    await office.done(office.xu, 'noteFilingReturned', { contractId, filingNumber: 'B' }, 'Contract { id }');
    await office.until('2026-04-03 09:00');
    expect(await overdue()).toMatchObject({ untoldSinceAt: iso('2026-04-01 09:00') });
    expect((await office.published(contractId)).at(-1)!.type).toBe('contract-return-not-told.v1');
  });
});
