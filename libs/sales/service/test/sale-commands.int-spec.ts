import { directoryEvents, type EventData } from '@anju/events';
import { newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { SalesOffice, type Answer } from './sales-office';

type Answered = EventData<typeof directoryEvents.unitSaleStepAnswered>;

const paymentFields = 'payments { paymentId kind amount paidAt recordedBy { id } }';
const saleFields = `id number status version price outstanding paidAt handedOverAt contract { id status }
  lead { id status sale { id } } pending { step sequence refusedAt } needsAttention
  ${paymentFields}`;

describe('a sale on its way', () => {
  let database: TestDatabase;
  let office: SalesOffice;
  let homes = 0;

  beforeAll(async () => {
    database = await createTestDatabase('sales');
    office = await SalesOffice.open(database.url, silentLogger, '2026-03-02 14:00');
    await office.makeReady();
  });
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  const held = () => office.heldSale(`8-1-${1500 + (homes += 1)}`);
  const sale = async (id: string): Promise<Row> => {
    const query = `query($id: ID!) { sale(id: $id) { ${saleFields} } }`;
    return (await office.read(office.fang, query, { id }))['sale'] as Row;
  };
  const pay = (saleId: string, amount: string, change: Row = {}, who = office.finance): Promise<Answer> =>
    office.command(
      who,
      'recordSalePayment',
      { saleId, kind: 'OWN_FUNDS', amount, ...change },
      `Sale { status outstanding paidAt ${paymentFields} } ... on SalePaymentTooHigh { tooHigh: amount outstanding }`,
    );
  const lead = async (customerId: string): Promise<string> => {
    const need = { bedrooms: 3, budget: '1500000' };
    const input = {
      projectId: office.ours,
      kind: 'VISIT',
      customerId,
      source: 'WEB',
      need,
      contactConsent: true,
    };
    return (await office.done(office.he, 'recordLead', input, 'Lead { id }'))['id'] as string;
  };
  const contracted = async () => {
    const sold = await held();
    const contractId = await office.draft(sold);
    await office.sign(contractId);
    return { ...sold, contractId };
  };

  it('goes from the subscription over contract and payments to the handover', async () => {
    const unitId = await office.home('8-1-1401');
    await office.offer(unitId);
    const customerId = await office.customer();
    const leadId = await lead(customerId);
    const input = { projectId: office.ours, unitId, customerIds: [customerId], leadId };
    const saleId = (await office.done(office.he, 'subscribeUnit', input, 'Sale { id }'))['id'] as string;
    expect(await sale(saleId)).toMatchObject({ lead: { id: leadId, status: 'OPEN', sale: null } });
    await office.answerSteps();
    expect(await sale(saleId)).toMatchObject({
      ...{ status: 'UNIT_HELD', lead: { id: leadId, status: 'SUBSCRIBED', sale: { id: saleId } } },
    });

    const contractId = await office.draft({ saleId, customerId });
    expect(await sale(saleId)).toMatchObject({ contract: { id: contractId, status: 'DRAFT' }, price: null });
    const signing = { contractId, onlineSigningNumber: 'WQ-1401' };
    await office.done(office.xu, 'signContract', signing, 'Contract { id }');
    expect(await sale(saleId)).toMatchObject({
      ...{ status: 'CONTRACT_REQUESTED', pending: { step: 'CONTRACT', sequence: 2 } },
      ...{ lead: { status: 'WON' }, price: '1397143.44', outstanding: '1397143.44' },
    });
    await office.answerSteps();
    expect(await sale(saleId)).toMatchObject({ status: 'CONTRACTED', pending: null });

    const paymentId = newId();
    expect(await pay(saleId, '497143.44', { paymentId })).toMatchObject({
      ...{ status: 'CONTRACTED', outstanding: '900000.00' },
      payments: [{ paymentId, kind: 'OWN_FUNDS', recordedBy: { id: office.finance.staffId } }],
    });
    expect(await pay(saleId, '1', { paymentId })).toMatchObject({ code: 'SALE_PAYMENT_ALREADY_ENTERED' });
    expect(await pay(saleId, '900000.01')).toMatchObject({
      ...{ code: 'SALE_PAYMENT_TOO_HIGH', tooHigh: '900000.01', outstanding: '900000.00' },
    });
    expect(await pay(saleId, '0')).toMatchObject({ code: 'SALE_PAYMENT_NOT_POSITIVE' });
    expect(await pay(saleId, '-5')).toMatchObject({ code: 'SALE_PAYMENT_NOT_POSITIVE' });
    const early = await office.command(office.xu, 'handOverUnit', { saleId });
    expect(early).toMatchObject({ code: 'SALE_NOT_IN_REQUIRED_STATUS' });
    expect(await pay(saleId, '900000', { kind: 'MORTGAGE' })).toMatchObject({
      ...{ status: 'PAID', outstanding: '0.00', paidAt: iso('2026-03-02 14:00') },
    });
    expect(await pay(saleId, '1')).toMatchObject({ code: 'SALE_NOT_IN_REQUIRED_STATUS' });

    const handing = await office.done(office.xu, 'handOverUnit', { saleId }, `Sale { ${saleFields} }`);
    expect(handing).toMatchObject({ status: 'HANDOVER_REQUESTED', pending: { step: 'HAND_OVER' } });
    await office.answerSteps();
    expect(await sale(saleId)).toMatchObject({
      ...{ status: 'HANDED_OVER', handedOverAt: iso('2026-03-02 14:00') },
    });
    expect((await office.published(saleId)).map(({ type }) => type)).toEqual([
      ...['sale-opened.v1', 'sale-unit-step-requested.v1', 'sale-unit-held.v1'],
      ...['sale-unit-step-requested.v1', 'sale-contracted.v1'],
      ...['sale-payment-recorded.v1', 'sale-payment-recorded.v1', 'sale-paid.v1'],
      ...['sale-unit-step-requested.v1', 'sale-handed-over.v1'],
    ]);
    expect((await office.published(leadId)).map(({ type }) => type)).toEqual([
      ...['lead-recorded.v1', 'lead-subscribed.v1', 'lead-won.v1'],
    ]);
  });

  it('takes its draft and its prospect along when it is given up, in one transaction', async () => {
    const unitId = await office.home('8-1-1402');
    await office.offer(unitId);
    const customerId = await office.customer();
    const leadId = await lead(customerId);
    const input = { projectId: office.ours, unitId, customerIds: [customerId], leadId };
    const saleId = (await office.done(office.he, 'subscribeUnit', input, 'Sale { id }'))['id'] as string;
    await office.answerSteps();
    const contractId = await office.draft({ saleId, customerId });
    const given = await office.done(
      office.he,
      'withdrawSale',
      { saleId, reason: '贷款未获批准' },
      `Sale { ${saleFields} }`,
    );
    expect(given).toMatchObject({ status: 'RELEASING', contract: null });
    expect((await sale(saleId))['version']).toBe(given['version']);
    const contract = await office.read(
      office.xu,
      'query($id: ID!) { contract(id: $id) { status cancelReason } }',
      {
        id: contractId,
      },
    );
    expect(contract['contract']).toEqual({ status: 'CANCELLED', cancelReason: '贷款未获批准' });
    await office.answerSteps();
    expect(await sale(saleId)).toMatchObject({
      ...{ status: 'WITHDRAWN', lead: { id: leadId, status: 'OPEN', sale: null } },
    });
    expect((await office.published(leadId)).at(-1)).toMatchObject({ type: 'lead-returned.v1' });
  });

  it('keeps a step that was refused until somebody has it asked for again', async () => {
    const { saleId, unitId } = await contracted();
    const answer = (change: Pick<Answered, 'sequence' | 'outcome' | 'unitStatus'>): Promise<void> =>
      office.hear(directoryEvents.unitSaleStepAnswered, unitId, {
        ...{ projectId: office.ours, unitId, saleId, step: 'HAND_OVER', ...change },
        at: office.clock.now().toISOString(),
      });
    await pay(saleId, (await sale(saleId))['outstanding'] as string);
    const none = await office.command(office.he, 'retryUnitStep', { saleId });
    expect(none).toMatchObject({ code: 'SALE_NOT_IN_REQUIRED_STATUS' });
    await office.done(office.xu, 'handOverUnit', { saleId }, 'Sale { id }');
    const waiting = await office.command(office.he, 'retryUnitStep', { saleId });
    expect(waiting).toMatchObject({ code: 'UNIT_STEP_NOT_REFUSED' });
    await answer({ sequence: 3, outcome: 'REFUSED', unitStatus: 'CONTRACTED' });
    expect(await sale(saleId)).toMatchObject({
      ...{ status: 'HANDOVER_REQUESTED', needsAttention: true },
      pending: { step: 'HAND_OVER', refusedAt: iso('2026-03-02 14:00') },
    });
    const again = await office.done(office.he, 'retryUnitStep', { saleId }, `Sale { ${saleFields} }`);
    expect(again).toMatchObject({ needsAttention: false, pending: { sequence: 4, refusedAt: null } });
    await answer({ sequence: 4, outcome: 'DONE', unitStatus: 'HANDED_OVER' });
    expect(await sale(saleId)).toMatchObject({ status: 'HANDED_OVER' });
  });

  it('takes no more than is owed from two who enter it at the same instant', async () => {
    const { saleId } = await contracted();
    const all = (await sale(saleId))['outstanding'] as string;
    const codes = await Promise.all([pay(saleId, all), pay(saleId, all)]);
    expect(codes.map(({ code }) => code ?? 'PAID').sort()).toEqual(['PAID', 'SALE_NOT_IN_REQUIRED_STATUS']);
    expect(await sale(saleId)).toMatchObject({ status: 'PAID', outstanding: '0.00' });
  });

  it('leaves a prospect who has subscribed another unit with that one', async () => {
    const customerId = await office.customer();
    const leadId = await lead(customerId);
    const saleIds: string[] = [];
    for (const number of ['8-1-1403', '8-1-1404']) {
      const input = {
        projectId: office.ours,
        unitId: await office.home(number),
        customerIds: [customerId],
        leadId,
      };
      saleIds.push((await office.done(office.he, 'subscribeUnit', input, 'Sale { id }'))['id'] as string);
    }
    const [first, second] = saleIds as [string, string];
    await office.answerSteps();
    expect(await sale(second)).toMatchObject({ status: 'UNIT_HELD', lead: { sale: { id: first } } });
    await office.done(office.he, 'withdrawSale', { saleId: second, reason: '只买一套' }, 'Sale { id }');
    await office.answerSteps();
    expect(await sale(second)).toMatchObject({ status: 'WITHDRAWN', lead: { status: 'SUBSCRIBED' } });
  });

  it('cannot be given up once its contract is signed', async () => {
    const { saleId } = await contracted();
    const refused = await office.command(office.he, 'withdrawSale', { saleId, reason: '不买了' });
    expect(refused).toMatchObject({ code: 'SALE_NOT_IN_REQUIRED_STATUS' });
  });

  it('does not hang, whichever of withdrawing and signing comes first', async () => {
    const both = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const sold = await held();
        return { ...sold, contractId: await office.draft(sold) };
      }),
    );
    const outcomes = await Promise.all(
      both.flatMap(({ saleId, contractId }) => [
        office.command(office.he, 'withdrawSale', { saleId, reason: '不买了' }, 'Sale { id }'),
        office.command(
          office.xu,
          'signContract',
          { contractId, onlineSigningNumber: newId() },
          'Contract { id }',
        ),
      ]),
    );
    for (const [index, { saleId }] of both.entries()) {
      const [withdrawn, signed] = outcomes.slice(index * 2, index * 2 + 2);
      expect([withdrawn!.code, signed!.code].filter(Boolean)).toHaveLength(1);
      const { status, contract } = await sale(saleId);
      expect([status, contract && (contract as Row)['status']]).toEqual(
        signed!.code ? ['RELEASING', null] : ['CONTRACT_REQUESTED', 'SIGNED'],
      );
    }
  });

  describe('is moved', () => {
    const subscription = async (): Promise<Row> => ({
      ...{ projectId: office.ours, unitId: await office.home(`9-1-${(homes += 1)}`) },
      customerIds: [await office.customer()],
    });
    const problemsOf = async (input: Row): Promise<unknown> => {
      const source = `mutation($input: SubscribeUnitInput!) { subscribeUnit(input: $input) { __typename } }`;
      const { errors } = await office.ask(office.he, source, { input });
      return (errors?.[0]?.extensions['problems'] as Row[]).map(({ field }) => field);
    };
    const codeOf = async (
      who: Parameters<SalesOffice['ask']>[0],
      name: string,
      input: Row,
    ): Promise<unknown> => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const source = `mutation($input: ${type}!) { ${name}(input: $input) { __typename } }`;
      return (await office.ask(who, source, { input })).errors?.[0]?.extensions['code'];
    };

    it('only with what is known in the project', async () => {
      const right = await subscription();
      const theirHome = await office.home('1-1-0101', '89.32', office.theirs);
      const theirCustomer = await office.customer(office.theirs);
      const wrong = {
        ...{ unitId: theirHome, customerIds: [theirCustomer, newId()] },
        consultantId: office.stranger.staffId,
      };
      expect(await problemsOf({ ...right, ...wrong })).toEqual([
        ...['input.unitId', 'input.customerIds.0', 'input.customerIds.1', 'input.consultantId'],
      ]);
      expect(await problemsOf({ ...right, leadId: newId() })).toEqual(['input.leadId']);
      expect(await office.command(office.he, 'subscribeUnit', { ...right, customerIds: [] })).toMatchObject({
        code: 'SALE_CUSTOMER_MISSING',
      });
    });

    it('with a prospect who can still subscribe', async () => {
      const right = await subscription();
      const leadId = await lead((right['customerIds'] as string[])[0]!);
      await office.done(office.he, 'closeLead', { leadId, reason: 'DUPLICATE' }, 'Lead { id }');
      expect(await office.command(office.he, 'subscribeUnit', { ...right, leadId })).toMatchObject({
        code: 'LEAD_NOT_IN_REQUIRED_STATUS',
      });
    });

    it('by those who may, in their own project', async () => {
      const { saleId } = await held();
      const right = await subscription();
      expect(await codeOf(office.guard, 'subscribeUnit', right)).toBe('FORBIDDEN');
      expect(await codeOf(office.finance, 'subscribeUnit', right)).toBe('FORBIDDEN');
      expect(await codeOf(office.stranger, 'subscribeUnit', right)).toBe('FORBIDDEN');
      expect(await codeOf(null, 'subscribeUnit', right)).toBe('UNAUTHENTICATED');
      const reason = { saleId, reason: '不买了' };
      expect(await codeOf(office.finance, 'withdrawSale', reason)).toBe('FORBIDDEN');
      expect(await codeOf(office.stranger, 'withdrawSale', reason)).toBe('NOT_FOUND');
      expect(await codeOf(office.he, 'recordSalePayment', { saleId, kind: 'MORTGAGE', amount: '1' })).toBe(
        'FORBIDDEN',
      );
      expect(await codeOf(office.he, 'handOverUnit', { saleId })).toBe('FORBIDDEN');
      const odd = { saleId, kind: 'MORTGAGE', amount: '1.005' };
      expect(await codeOf(office.finance, 'recordSalePayment', odd)).toBe('BAD_USER_INPUT');
      const absurd = { saleId, kind: 'MORTGAGE', amount: '9999999999' };
      expect(await codeOf(office.finance, 'recordSalePayment', absurd)).toBe('BAD_USER_INPUT');
    });

    it('once for one key, and only from the version that was read', async () => {
      const input = { ...(await subscription()), idempotencyKey: newId() };
      const first = await office.done(office.he, 'subscribeUnit', input, 'Sale { id version }');
      expect(await office.done(office.he, 'subscribeUnit', input, 'Sale { id version }')).toEqual(first);
      const saleId = first['id'] as string;
      const stale = { saleId, reason: '不买了', expectedVersion: 9 };
      expect(await codeOf(office.he, 'withdrawSale', stale)).toBe('CONFLICT');
    });
  });
});
