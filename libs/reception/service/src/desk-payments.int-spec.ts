import { newId } from '@anju/kernel';
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, elsewhere, idOf, jinxiu, staff } from './testing/test-desk';
import {
  charge,
  counter,
  done,
  introduceParties,
  landlord,
  outcomeOf,
  owned,
  owner,
  passerBy,
  payment,
  read,
  refused,
  rented,
  shiftOf,
  wuGang,
  type Thing,
} from './testing/desk-parties';

const { zhouMin, chenJing, linFang, stranger } = staff;
const { finance, financeElsewhere } = counter;

describe('fees and payments', () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('desk payments');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:00'));
    await introduceParties(desk);
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  const account = (unitId = rented): Promise<Thing | null> =>
    read<{ nodes: Thing[] }>(
      desk,
      finance,
      `query($id: ID!) { feeAccounts(filter: { unitId: $id }) { nodes {
         unit { id } charges { month amount unpaid liableCustomer { id } paidBy { receiptId amount } }
         credits { amount customer { id } } payments { receiptId amount reversedAt }
         arrears { months amount customer { id } } history { command } } } }`,
      { id: unitId },
    ).then(({ nodes }) => nodes[0] ?? null);
  const arrearsOf = (unitId: string, customerId: string): Promise<Thing> =>
    read(desk, finance, 'query($u: ID!, $c: ID!) { arrears(unitId: $u, customerId: $c) { months amount } }', {
      u: unitId,
      c: customerId,
    });

  it('tells of the arrears of nobody whom another project alone knows, nor that it knows him', async () => {
    const theirs = idOf('a customer elsewhere');
    await desk.know('customer', theirs, [elsewhere], { kind: 'PERSON', mergedIntoId: null });
    expect(await arrearsOf(owned, passerBy)).toEqual({ months: 0, amount: '0.00' });
    for (const nobodys of [theirs, newId()]) {
      const source = `{ arrears(unitId: "${owned}", customerId: "${nobodys}") { months } }`;
      expect(await desk.faultOf(finance, source)).toBe('NOT_FOUND');
    }
  });

  describe('charging', () => {
    const march = { projectId: jinxiu, month: '2026-03', dueAt: '2026-03-10T00:00:00+08:00' };

    rule(
      ['REC-35', 'DIR-02'],
      'the tenant owes the fee where his tenancy says so, else the owner; from the due time on',
      async () => {
        const fees = [
          { unitId: rented, amount: '180' },
          { unitId: owned, amount: '250.5' },
        ];
        const run = await done(
          desk,
          finance,
          'chargeManagementFees',
          { ...march, fees },
          'month charged { unit { id } liableCustomer { id } amount } alreadyCharged { amount } chargedBy { id }',
        );
        expect(run).toMatchObject({
          month: '2026-03',
          charged: [
            { unit: { id: rented }, liableCustomer: { id: wuGang }, amount: '180.00' },
            { unit: { id: owned }, liableCustomer: { id: owner }, amount: '250.50' },
          ],
          alreadyCharged: [],
          chargedBy: { id: finance.staffId },
        });
        expect(await arrearsOf(owned, owner)).toEqual({ months: 0, amount: '0.00' });
        await desk.moveTo(at('2026-03-10 00:00'));
        expect(await arrearsOf(owned, owner)).toEqual({ months: 1, amount: '250.50' });
        expect(await arrearsOf(rented, landlord)).toEqual({ months: 0, amount: '0.00' });
        expect(await account()).toMatchObject({
          arrears: [{ months: 1, amount: '180.00', customer: { id: wuGang } }],
        });
      },
    );

    rule('REC-35', 'the same month charged again, also with another amount, charges nothing', async () => {
      const fees = [{ unitId: rented, amount: '180' }];
      await done(desk, finance, 'chargeManagementFees', { ...march, fees });
      const both = [
        { unitId: rented, amount: '999' },
        { unitId: owned, amount: '250' },
      ];
      const again = await done(
        desk,
        finance,
        'chargeManagementFees',
        { ...march, fees: both },
        'charged { unit { id } } alreadyCharged { unit { id } amount }',
      );
      expect(again).toMatchObject({
        charged: [{ unit: { id: owned } }],
        alreadyCharged: [{ unit: { id: rented }, amount: '180.00' }],
      });
      expect((await account())!['charges']).toHaveLength(1);
    });

    rule('REC-35', 'the same month charged many times at once is charged once', async () => {
      const fees = [
        { unitId: owned, amount: '250' },
        { unitId: rented, amount: '180' },
      ];
      const runs = [fees, [...fees].reverse(), fees, [...fees].reverse(), fees];
      const answers = await Promise.all(
        runs.map((some) =>
          done(desk, finance, 'chargeManagementFees', { ...march, fees: some }, 'charged { amount }'),
        ),
      );
      expect(answers.flatMap((run) => run['charged'])).toHaveLength(2);
      expect((await account())!['charges']).toHaveLength(1);
      expect((await account(owned))!['charges']).toHaveLength(1);
    });

    rule('REC-35', 'a fee without an amount above zero, or of no month, charges nobody', async () => {
      const fees = (amount: string): object[] => [
        { unitId: owned, amount: '250' },
        { unitId: rented, amount },
      ];
      const answer = await refused(
        desk,
        finance,
        'chargeManagementFees',
        { ...march, fees: fees('-180') },
        '... on AmountNotPositive { amount }',
      );
      expect(answer).toMatchObject({ code: 'AMOUNT_NOT_POSITIVE', amount: '-180.00' });
      const noMonth = { ...march, month: '2026-13', fees: fees('180') };
      expect(await refused(desk, finance, 'chargeManagementFees', noMonth)).toMatchObject({
        code: 'FEE_MONTH_INVALID',
      });
      expect(await account(owned)).toBeNull();
    });

    it('names every field that is wrong: amounts, units that come twice, nobody who owes', async () => {
      const wrong = async (fees: object[]): Promise<unknown> => {
        const source = `mutation($input: ChargeManagementFeesInput!) {
          chargeManagementFees(input: $input) { __typename } }`;
        const { errors } = await desk.execute(finance, source, { input: { ...march, fees } });
        return errors![0]!.extensions;
      };
      expect(
        await wrong([
          { unitId: owned, amount: '1.005' },
          { unitId: owned, amount: '999999999999999' },
        ]),
      ).toMatchObject({
        code: 'BAD_USER_INPUT',
        problems: [
          { field: 'input.fees.0.amount' },
          { field: 'input.fees.1.amount' },
          { field: 'input.fees.1.unitId', problem: 'comes twice' },
        ],
      });
      expect(await wrong([])).toMatchObject({ problems: [{ field: 'input.fees' }] });
      const empty = idOf('3-2-1201');
      expect(await wrong([{ unitId: empty, amount: '180' }])).toMatchObject({
        problems: [{ field: 'input.fees.0.liableCustomerId' }],
      });
      const named = [{ unitId: empty, amount: '180', liableCustomerId: passerBy }];
      expect(await outcomeOf(desk, finance, 'chargeManagementFees', { ...march, fees: named })).toBe('DONE');
    });

    it('is for finance alone, in its own project', async () => {
      const input = { ...march, fees: [{ unitId: rented, amount: '180' }] };
      expect(await desk.commandFault(zhouMin, 'chargeManagementFees', input)).toBe('FORBIDDEN');
      expect(await desk.commandFault(financeElsewhere, 'chargeManagementFees', input)).toBe('FORBIDDEN');
      const asTheirs = { ...input, projectId: elsewhere };
      expect(await desk.commandFault(financeElsewhere, 'chargeManagementFees', asTheirs)).toBe(
        'BAD_USER_INPUT',
      );
    });

    it('charges a whole building of 200 homes at once', async () => {
      const units = Array.from({ length: 200 }, (_none, index) => idOf(`home ${index}`));
      for (const unitId of units) {
        const data = { buildingId: idOf('8'), home: '8-1', status: 'HANDED_OVER', warrantyEndsOn: null };
        await desk.know('unit', unitId, [jinxiu], data);
      }
      const fees = units.map((unitId) => ({ unitId, amount: '100', liableCustomerId: passerBy }));
      const run = await done(desk, finance, 'chargeManagementFees', { ...march, fees }, 'charged { amount }');
      expect(run['charged']).toHaveLength(200);
    });
  });

  describe('paying', () => {
    rule('REC-35', 'finance takes a payment without a shift; the invoice is given at once', async () => {
      await charge(desk, rented, '2026-02');
      const input = payment('180.00', { method: 'TRANSFER', financeAway: false });
      const receipt = await done(
        desk,
        finance,
        'takePayment',
        input,
        'number collectedBy invoiceToFollow shift { id } covers { month amount } takenBy { id }',
      );
      expect(receipt).toMatchObject({
        number: 'JX-R-20260302-001',
        collectedBy: 'FINANCE',
        invoiceToFollow: false,
        shift: null,
        covers: [{ month: '2026-02', amount: '180.00' }],
        takenBy: { id: finance.staffId },
      });
      expect(await arrearsOf(rented, wuGang)).toEqual({ months: 0, amount: '0.00' });
    });

    rule('REC-35', 'the desk takes money only while finance is away, and in its own open shift', async () => {
      const withFinance = payment('180', { financeAway: false });
      expect(await outcomeOf(desk, zhouMin, 'takePayment', withFinance)).toBe('FINANCE_IS_PRESENT');
      expect(await outcomeOf(desk, zhouMin, 'takePayment', payment('180'))).toBe('NO_OPEN_SHIFT');
      await shiftOf(desk, zhouMin);
      expect(await outcomeOf(desk, chenJing, 'takePayment', payment('180'))).toBe('NO_OPEN_SHIFT');
      const receipt = await done(desk, zhouMin, 'takePayment', payment('180'), 'number prepaid');
      expect(receipt).toMatchObject({ number: 'JX-R-20260302-001', prepaid: '180.00' });
    });

    rule(
      'REC-35',
      'money goes to the oldest month first, in part, and what is left is paid ahead',
      async () => {
        await charge(desk, rented, '2026-02');
        await charge(desk, rented, '2026-01');
        const first = payment('200.10', { method: 'CARD' });
        const part = await done(desk, finance, 'takePayment', first, 'covers { month amount } prepaid');
        expect(part).toMatchObject({
          covers: [
            { month: '2026-01', amount: '180.00' },
            { month: '2026-02', amount: '20.10' },
          ],
          prepaid: '0.00',
        });
        expect(await arrearsOf(rented, wuGang)).toEqual({ months: 1, amount: '159.90' });
        const rest = await done(desk, finance, 'takePayment', payment('160'), 'id covers { amount } prepaid');
        expect(rest).toMatchObject({ covers: [{ amount: '159.90' }], prepaid: '0.10' });
        expect(await account()).toMatchObject({
          charges: [
            { month: '2026-01', unpaid: '0.00', paidBy: [{ receiptId: part.id, amount: '180.00' }] },
            { month: '2026-02', unpaid: '0.00' },
          ],
          credits: [{ amount: '0.10', customer: { id: wuGang } }],
          arrears: [],
        });
        await charge(desk, rented, '2026-03', '100');
        expect(await account()).toMatchObject({ credits: [], charges: [{}, {}, { unpaid: '99.90' }] });
      },
    );

    rule('REC-35', "another's payment for the tenant pays the tenant's months", async () => {
      await charge(desk, rented, '2026-02');
      const input = payment('180', { payerId: landlord, forCustomerId: wuGang });
      await done(desk, finance, 'takePayment', input);
      expect(await arrearsOf(rented, wuGang)).toEqual({ months: 0, amount: '0.00' });
      const receipts = await read<{ _entities: { receipts: { nodes: Thing[] } }[] }['_entities']>(
        desk,
        zhouMin,
        `query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { receipts { nodes {
           payer { id } forCustomer { id } } } } } }`,
        { r: [wuGang, landlord, owner].map((id) => ({ __typename: 'Customer', id })) },
      );
      const one = { payer: { id: landlord }, forCustomer: { id: wuGang } };
      expect(receipts.map((customer) => customer.receipts.nodes)).toEqual([[one], [one], []]);
    });

    it('refuses nothing and less than nothing', async () => {
      for (const amount of ['0', '0.00', '-180.00']) {
        const detail = '... on AmountNotPositive { amount }';
        const answer = await refused(desk, finance, 'takePayment', payment(amount), detail);
        expect(answer).toMatchObject({ code: 'AMOUNT_NOT_POSITIVE', amount: Number(amount).toFixed(2) });
      }
      expect(await account()).toBeNull();
    });

    it('takes neither parts of a fen nor absurd sums nor what is no number', async () => {
      const absurd = ['0.001', '1000000000', '999999999999999.99', '-999999999999999'];
      const noNumbers = ['1e5', '１８０', '180,00', ' 180', "180'; drop table receipt; --", 'NaN'];
      for (const amount of [...absurd, ...noNumbers]) {
        expect(await desk.commandFault(finance, 'takePayment', payment(amount))).toBe('BAD_USER_INPUT');
      }
    });

    it('takes the largest amount exactly', async () => {
      const receipt = await done(desk, finance, 'takePayment', payment('999999999.99'), 'amount prepaid');
      expect(receipt).toMatchObject({ amount: '999999999.99', prepaid: '999999999.99' });
    });

    rule(
      'REC-35',
      'payments at once are numbered without a gap, and a refused one uses none up',
      async () => {
        await charge(desk, rented, '2026-02', '100');
        const amounts = ['10', '-1', '20', '0', '30', '40'];
        await Promise.all(amounts.map((amount) => outcomeOf(desk, finance, 'takePayment', payment(amount))));
        const other = payment('5', { unitId: owned, payerId: owner });
        await Promise.all([other, other].map((input) => outcomeOf(desk, finance, 'takePayment', input)));
        const rows: { number: string }[] = await desk.dataSource.query(
          'select number from receipt order by number',
        );
        expect(rows.map(({ number }) => number)).toEqual(
          [1, 2, 3, 4, 5, 6].map((sequence) => `JX-R-20260302-00${sequence}`),
        );
        expect(await arrearsOf(rented, wuGang)).toEqual({ months: 0, amount: '0.00' });
        expect((await account())!['payments']).toHaveLength(4);
      },
    );

    it('gives the first receipt again for the same idempotency key, and takes the money once', async () => {
      const input = { ...payment('180'), idempotencyKey: 'till-1' };
      const answers = await Promise.all(
        [1, 2, 3].map(() => done(desk, finance, 'takePayment', input, 'number issuedAt payer { id }')),
      );
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(answers[2]).toEqual(answers[0]);
      expect((await account())!['payments']).toHaveLength(1);
      const other = { ...payment('181'), idempotencyKey: 'till-1' };
      expect(await desk.commandFault(finance, 'takePayment', other)).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it("takes nothing in another project, and nothing for another project's home", async () => {
      expect(await desk.commandFault(financeElsewhere, 'takePayment', payment('180'))).toBe('FORBIDDEN');
      const foreign = payment('180', { projectId: elsewhere });
      expect(await desk.commandFault(financeElsewhere, 'takePayment', foreign)).toBe('BAD_USER_INPUT');
      const unknown = payment('180', { payerId: idOf('nobody') });
      expect(await desk.commandFault(finance, 'takePayment', unknown)).toBe('BAD_USER_INPUT');
    });
  });

  describe('taking a receipt back', () => {
    rule('REC-35', 'the months are owed again, and the receipt itself is not changed', async () => {
      await charge(desk, rented, '2026-02');
      const { id: receiptId } = await done(desk, finance, 'takePayment', payment('180'));
      await desk.moveTo(at('2026-03-02 10:00'));
      const cancelled = await done(
        desk,
        finance,
        'cancelReceipt',
        { receiptId, reason: '付错房号' },
        'status amount covers { month } cancelReason cancelledBy { id } cancelShift { id } history { command reason }',
      );
      expect(cancelled).toMatchObject({
        status: 'CANCELLED',
        amount: '180.00',
        covers: [{ month: '2026-02' }],
        cancelReason: '付错房号',
        cancelledBy: { id: finance.staffId },
        cancelShift: null,
        history: [
          { command: 'takePayment', reason: null },
          { command: 'cancelReceipt', reason: '付错房号' },
        ],
      });
      expect(await arrearsOf(rented, wuGang)).toEqual({ months: 1, amount: '180.00' });
      expect(await account()).toMatchObject({
        payments: [{ receiptId, reversedAt: at('2026-03-02 10:00').toISOString() }],
        history: [
          { command: 'openFeeAccount' },
          { command: 'chargeManagementFee' },
          { command: 'enterPayment' },
          { command: 'reversePayment' },
        ],
      });
      expect(await outcomeOf(desk, finance, 'cancelReceipt', { receiptId, reason: 'again' })).toBe(
        'RECEIPT_NOT_IN_REQUIRED_STATUS',
      );
      expect(await desk.events()).toEqual(['receipt-issued.v1', 'receipt-cancelled.v1']);
    });

    rule(['REC-23', 'REC-35'], 'the desk gives cash back out of a drawer whose shift is open', async () => {
      const first = await shiftOf(desk, zhouMin);
      const { id: receiptId } = await done(desk, zhouMin, 'takePayment', payment('180'));
      const reason = '付错房号';
      expect(await desk.commandFault(zhouMin, 'cancelReceipt', { receiptId, reason })).toBe('FORBIDDEN');
      await done(desk, zhouMin, 'countShift', { shiftId: first, cash: '180', receipts: 1 });
      await done(desk, zhouMin, 'handOverShift', { shiftId: first });
      expect(await outcomeOf(desk, linFang, 'cancelReceipt', { receiptId, reason })).toBe('NO_OPEN_SHIFT');
      await done(desk, chenJing, 'acceptShiftHandover', { shiftId: first });
      const second = await shiftOf(desk, chenJing);
      await done(desk, chenJing, 'takePayment', payment('300'));
      expect(await outcomeOf(desk, linFang, 'cancelReceipt', { receiptId, reason })).toBe('NO_OPEN_SHIFT');
      const inFirst = { receiptId, reason, shiftId: first };
      expect(await outcomeOf(desk, linFang, 'cancelReceipt', inFirst)).toBe('NO_OPEN_SHIFT');
      const cancelled = await done(
        desk,
        linFang,
        'cancelReceipt',
        { receiptId, reason, shiftId: second },
        'shift { id } cancelShift { id expected { cash receipts } }',
      );
      expect(cancelled).toMatchObject({
        shift: { id: first },
        cancelShift: { id: second, expected: { cash: '120.00', receipts: 1 } },
      });
    });

    rule('REC-35', 'money goes back out of the drawer that it went into while that is open', async () => {
      const shiftId = await shiftOf(desk, zhouMin);
      const { id: receiptId } = await done(desk, zhouMin, 'takePayment', payment('180'));
      const input = { receiptId, reason: '多收' };
      const cancelled = await done(desk, linFang, 'cancelReceipt', input, 'cancelShift { id }');
      expect(cancelled['cancelShift']).toEqual({ id: shiftId });
    });

    it('needs a reason, and the receipt of the own project', async () => {
      const { id: receiptId } = await done(desk, finance, 'takePayment', payment('180'));
      expect(await outcomeOf(desk, finance, 'cancelReceipt', { receiptId, reason: ' ' })).toBe(
        'RECEPTION_TEXT_MISSING',
      );
      const input = { receiptId, reason: 'x' };
      expect(await desk.commandFault(financeElsewhere, 'cancelReceipt', input)).toBe('NOT_FOUND');
      const stale = { ...input, expectedVersion: 7 };
      expect(await desk.commandFault(finance, 'cancelReceipt', stale)).toBe('CONFLICT');
    });

    it('neither waits in a circle nor loses a fen when paid, charged and taken back at once', async () => {
      await shiftOf(desk, zhouMin);
      const months = ['2025-09', '2025-10', '2025-11', '2025-12', '2026-01'];
      for (const month of months) await charge(desk, rented, month, '100');
      const receipts = await Promise.all(
        months.map(() => done(desk, zhouMin, 'takePayment', payment('100'))),
      );
      const all = [
        ...receipts.map(({ id }) =>
          outcomeOf(desk, linFang, 'cancelReceipt', { receiptId: id, reason: 'x' }),
        ),
        ...months.map(() => outcomeOf(desk, zhouMin, 'takePayment', payment('60'))),
        charge(desk, rented, '2026-02', '100').then(() => 'DONE'),
      ];
      expect(new Set(await Promise.all(all))).toEqual(new Set(['DONE']));
      expect(await arrearsOf(rented, wuGang)).toMatchObject({ amount: '300.00' });
      const left = (await account())!['payments'] as Thing[];
      expect(left.filter(({ reversedAt }) => reversedAt === null)).toHaveLength(5);
    });
  });

  describe('the invoice that follows', () => {
    rule('REC-35', 'is noted once it was brought to the home, and once only', async () => {
      await shiftOf(desk, zhouMin);
      const { id: receiptId } = await done(desk, zhouMin, 'takePayment', payment('180'));
      const outstanding = (): Promise<{ totalCount: number }> =>
        read(desk, finance, '{ receipts(filter: { invoiceOutstanding: true }) { totalCount } }');
      expect(await outstanding()).toEqual({ totalCount: 1 });
      const noted = await done(
        desk,
        finance,
        'recordInvoiceDelivered',
        { receiptId },
        'invoiceDeliveredAt invoiceDeliveredBy { id }',
      );
      expect(noted).toMatchObject({
        invoiceDeliveredAt: at('2026-03-02 09:00').toISOString(),
        invoiceDeliveredBy: { id: finance.staffId },
      });
      expect(await outstanding()).toEqual({ totalCount: 0 });
      expect(await outcomeOf(desk, finance, 'recordInvoiceDelivered', { receiptId })).toBe(
        'INVOICE_ALREADY_DELIVERED',
      );
      const { id } = await done(desk, finance, 'takePayment', payment('180'));
      expect(await outcomeOf(desk, finance, 'recordInvoiceDelivered', { receiptId: id })).toBe(
        'INVOICE_NOT_TO_FOLLOW',
      );
    });
  });

  it('answers what a customer owes only for homes of the own project', async () => {
    await charge(desk, rented, '2026-02');
    const source = `query($u: ID!, $c: ID!) { arrears(unitId: $u, customerId: $c) { months } }`;
    expect(await desk.faultOf(stranger, source, { u: rented, c: wuGang })).toBe('NOT_FOUND');
    expect(await desk.faultOf(finance, source, { u: idOf('no home'), c: wuGang })).toBe('NOT_FOUND');
    expect(await desk.faultOf(finance, source, { u: rented, c: idOf('nobody') })).toBe('NOT_FOUND');
    expect(await desk.faultOf(staff.lobbyGuard, source, { u: rented, c: wuGang })).toBe('FORBIDDEN');
  });
});
