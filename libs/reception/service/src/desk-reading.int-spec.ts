import type { Principal } from '@anju/access';
import { directoryEvents } from '@anju/events';
import { createTestDatabase, rule, type TestDatabase } from '@anju/testing';
import { TestDesk, at, elsewhere, idOf, jinxiu, staff } from './testing/test-desk';
import {
  call,
  charge,
  counter,
  done,
  introduceParties,
  landlord,
  outcomeOf,
  owned,
  owner,
  payment,
  read,
  rented,
  shiftOf,
  signedSlip,
  wuGang,
  type Thing,
} from './testing/desk-parties';

const { zhouMin, chenJing, lobbyGuard, stranger } = staff;
const { finance, financeElsewhere } = counter;

describe("reading the counter's business", () => {
  let database: TestDatabase;
  let desk: TestDesk;

  beforeEach(async () => {
    database = await createTestDatabase('desk reading');
    desk = await TestDesk.open(database.url, at('2026-03-02 09:00'));
    await introduceParties(desk);
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  interface Page {
    readonly totalCount: number;
    readonly nodes: readonly Thing[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  }

  let values: Record<string, unknown>;
  beforeEach(() => (values = { p: jinxiu }));

  /** A page of a list. @param args such as `filter: { projectId: $p }`, with names of `values` */
  const list = (who: Principal, field: string, args: string, selection = 'id'): Promise<Page> => {
    const written = args.replaceAll(/\$(\w+)/g, (_whole, name: string) => JSON.stringify(values[name]));
    const page = `totalCount nodes { ${selection} } pageInfo { hasNextPage endCursor }`;
    return read(desk, who, `{ ${field}(${written}) { ${page} } }`);
  };

  const entities = (
    who: Principal,
    typeName: string,
    ids: readonly string[],
    selection: string,
  ): Promise<(Thing | null)[]> =>
    read(
      desk,
      who,
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${typeName} { ${selection} } } }`,
      { r: ids.map((id) => ({ __typename: typeName, id })) },
    );

  it('finds receipts by what is asked, the latest first, page by page', async () => {
    const shift = await shiftOf(desk, zhouMin);
    const taken: Thing[] = [];
    for (const [minute, who, change] of [
      [1, zhouMin, {}],
      [2, zhouMin, { method: 'WECHAT' }],
      [3, finance, { unitId: owned, payerId: owner }],
      [4, finance, { payerId: landlord, forCustomerId: wuGang }],
    ] as const) {
      await desk.moveTo(at(`2026-03-02 09:0${minute}`));
      taken.push(await done(desk, who, 'takePayment', payment('10', change), 'number'));
    }
    const ids = taken.map(({ id }) => id);
    await done(desk, finance, 'cancelReceipt', { receiptId: ids[3], reason: 'x' });
    values = { p: jinxiu, u: owned, c: wuGang, s: shift, n: taken[1]!['number'] };
    const found = async (filter: string): Promise<number[]> =>
      (await list(zhouMin, 'receipts', `filter: { ${filter} }`)).nodes.map(({ id }) => ids.indexOf(id) + 1);
    expect(await found('projectId: $p')).toEqual([4, 3, 2, 1]);
    expect(await found('unitId: $u')).toEqual([3]);
    expect(await found('customerId: $c')).toEqual([4, 2, 1]);
    expect(await found('shiftId: $s, method: [CASH]')).toEqual([1]);
    expect(await found('number: $n')).toEqual([2]);
    expect(await found('status: [CANCELLED]')).toEqual([4]);
    expect(await found('status: []')).toEqual([]);
    expect(await found('collectedBy: FINANCE, status: [ISSUED]')).toEqual([3]);
    expect(
      await found('issuedFrom: "2026-03-02T09:02:00+08:00", issuedBefore: "2026-03-02T09:04:00+08:00"'),
    ).toEqual([3, 2]);
    expect(await found('invoiceOutstanding: true')).toEqual([2, 1]);
    expect(await found('invoiceOutstanding: false')).toEqual([4, 3]);

    const first = await list(zhouMin, 'receipts', 'first: 3');
    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    values = { after: first.pageInfo.endCursor };
    const second = await list(zhouMin, 'receipts', 'first: 3, after: $after');
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual([...ids].reverse());
  });

  it('finds shifts, slips, accounts and fee runs by what is asked', async () => {
    const shift = await shiftOf(desk, zhouMin);
    await desk.moveTo(at('2026-03-02 10:00'));
    const second = await shiftOf(desk, chenJing, '两个窗口');
    await charge(desk, rented, '2026-01');
    await charge(desk, owned, '2026-02');
    const tenants = await signedSlip(desk, rented, wuGang);
    await desk.moveTo(at('2026-03-02 11:00'));
    const owners = await signedSlip(desk, owned, owner);
    await outcomeOf(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId: owners, arrearsTold: true });
    values = { p: jinxiu, u: rented, c: owner, s: zhouMin.staffId };
    const found = async (field: string, filter: string): Promise<string[]> =>
      (await list(zhouMin, field, `filter: { ${filter} }`)).nodes.map(({ id }) => id);
    expect(await found('shifts', 'projectId: $p, status: [OPEN]')).toEqual([second, shift]);
    expect(await found('shifts', 'staffId: $s')).toEqual([shift]);
    expect(await found('shifts', 'openedFrom: "2026-03-02T10:00:00+08:00"')).toEqual([second]);
    expect(await found('shifts', 'openedBefore: "2026-03-02T10:00:00+08:00"')).toEqual([shift]);
    expect(await found('releaseSlips', 'projectId: $p')).toEqual([owners, tenants]);
    expect(await found('releaseSlips', 'unitId: $u')).toEqual([tenants]);
    expect(await found('releaseSlips', 'applicantId: $c')).toEqual([owners]);
    expect(await found('releaseSlips', 'status: [ISSUED]')).toEqual([owners]);
    expect(await found('releaseSlips', 'kind: TENANT')).toEqual([tenants]);
    expect(await found('releaseSlips', 'requestedFrom: "2026-03-02T11:00:00+08:00"')).toEqual([owners]);
    expect(await found('releaseSlips', 'requestedBefore: "2026-03-02T11:00:00+08:00"')).toEqual([tenants]);
    expect(await found('feeAccounts', 'projectId: $p')).toHaveLength(2);
    expect(await list(finance, 'feeAccounts', 'filter: { customerId: $c }', 'unit { id }')).toMatchObject({
      nodes: [{ unit: { id: owned } }],
    });
    expect(
      await list(finance, 'managementFeeRuns', 'filter: { month: "2026-01" }', 'charged { unit { id } }'),
    ).toMatchObject({ nodes: [{ charged: [{ unit: { id: rented } }] }] });
    const contact = await list(zhouMin, 'releaseSlips', 'first: 1', 'interaction { id } signedBy { id }');
    expect(contact.nodes).toEqual([{ interaction: null, signedBy: { id: owner } }]);
  });

  it('shows nothing of another project, by id, by list or by reference', async () => {
    const shiftId = await shiftOf(desk, zhouMin);
    const { id: receiptId } = await done(desk, zhouMin, 'takePayment', payment('10'));
    const slipId = await signedSlip(desk, rented, wuGang);
    await charge(desk, rented, '2026-02');
    const [account] = (await list(zhouMin, 'feeAccounts', 'first: 1')).nodes;
    const [run] = (await list(zhouMin, 'managementFeeRuns', 'first: 1')).nodes;
    const all = {
      Shift: shiftId,
      Receipt: receiptId,
      ReleaseSlip: slipId,
      FeeAccount: account!.id,
      ManagementFeeRun: run!.id,
    };
    for (const [typeName, id] of Object.entries(all)) {
      expect(await entities(stranger, typeName, [id, 'no id'], 'id')).toEqual([null, null]);
      expect(await entities(zhouMin, typeName, [id], 'id')).toEqual([{ id }]);
    }
    for (const field of ['shifts', 'receipts', 'releaseSlips', 'feeAccounts', 'managementFeeRuns']) {
      expect(await list(stranger, field, 'first: 5')).toMatchObject({ totalCount: 0, nodes: [] });
      if (field === 'managementFeeRuns') continue;
      expect(await list(stranger, field, 'filter: { projectId: $p }')).toMatchObject({ totalCount: 0 });
    }
    for (const [field, id] of [
      ['shift', shiftId],
      ['receipt', receiptId],
      ['releaseSlip', slipId],
      ['feeAccount', account!.id],
    ]) {
      const one = `query($id: ID!) { ${field}(id: $id) { id } }`;
      expect(await read(desk, stranger, one, { id })).toBeNull();
      expect(await read(desk, zhouMin, one, { id })).toEqual({ id });
    }
    expect(await entities(stranger, 'Customer', [wuGang], 'receipts { totalCount }')).toEqual([
      { receipts: { totalCount: 0 } },
    ]);
    expect(await entities(financeElsewhere, 'Unit', [rented], 'feeAccount { id }')).toEqual([
      { feeAccount: null },
    ]);
    for (const field of ['shifts', 'receipts', 'feeAccounts', 'managementFeeRuns']) {
      expect(await desk.faultOf(lobbyGuard, `{ ${field} { totalCount } }`)).toBe('FORBIDDEN');
    }
    expect(await desk.faultOf(null, '{ receipts { totalCount } }')).toBe('UNAUTHENTICATED');
  });

  it('asks the database as often for twenty of each as for two', async () => {
    const units: string[] = [];
    const enter = async (number: number): Promise<void> => {
      const unitId = idOf(`home ${number}`);
      const data = {
        buildingId: idOf('8'),
        home: `8-${number}`,
        status: 'HANDED_OVER',
        warrantyEndsOn: null,
      };
      await desk.know('unit', unitId, [jinxiu], data);
      units.push(unitId);
      await desk.know('customer', idOf(`customer ${number}`), [jinxiu], {
        kind: 'PERSON',
        mergedIntoId: null,
      });
      const shiftId = await shiftOf(desk, zhouMin, 'next');
      const payer = { unitId, payerId: idOf(`customer ${number}`) };
      await done(desk, zhouMin, 'takePayment', payment('10', payer));
      await done(desk, zhouMin, 'countShift', { shiftId, cash: '10', receipts: 1 });
      await done(desk, zhouMin, 'handOverShift', { shiftId });
      await signedSlip(desk, rented, wuGang);
    };
    const ask = async (): Promise<void> => {
      await list(
        zhouMin,
        'shifts',
        'first: 20',
        'expected { cash goods { code } } receipts { nodes { number } } history { command }',
      );
      await list(zhouMin, 'receipts', 'first: 20', 'shift { id } cancelShift { id } history { command }');
      await list(zhouMin, 'releaseSlips', 'first: 20', 'history { command } interaction { id }');
      await list(zhouMin, 'feeAccounts', 'first: 20', 'arrears { months } history { command }');
      const selection = 'feeAccount { credits { amount } arrears { amount } }';
      expect(await entities(finance, 'Unit', units, selection)).toHaveLength(units.length);
      await entities(
        zhouMin,
        'Customer',
        units.map((_unit, index) => idOf(`customer ${index}`)),
        'receipts(first: 5) { nodes { number shift { id } } }',
      );
    };
    for (const number of [0, 1]) await enter(number);
    const few = await desk.countingStatements(ask);
    for (let number = 2; number < 20; number += 1) await enter(number);
    expect(await desk.countingStatements(ask)).toBe(few);
  });

  describe('when two records of one customer are merged', () => {
    const merged = idOf('吴刚, entered twice');

    const merge = (): Promise<void> =>
      desk.deliver(
        directoryEvents.customerMerged,
        {
          projectId: null,
          customerId: merged,
          intoCustomerId: wuGang,
          projectIds: [jinxiu],
          movedRoleIds: [],
        },
        wuGang,
      );

    beforeEach(() => desk.know('customer', merged, [jinxiu], { kind: 'PERSON', mergedIntoId: null }));

    rule(['DIR-06', 'REC-37'], 'what the one owes holds up the other, and one payment pays it', async () => {
      const fees = [{ unitId: rented, amount: '180', liableCustomerId: merged }];
      const charged = { projectId: jinxiu, month: '2026-02', dueAt: '2026-02-10T00:00:00+08:00', fees };
      await done(desk, finance, 'chargeManagementFees', charged);
      const slip = await signedSlip(desk, rented, wuGang);
      await done(desk, zhouMin, 'recordOwnerCall', call(slip));
      await merge();
      expect(await outcomeOf(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId: slip })).toBe(
        'RELEASE_NOT_POSSIBLE',
      );
      await done(desk, finance, 'takePayment', payment('180', { payerId: merged }));
      expect(await outcomeOf(desk, zhouMin, 'issueReleaseSlip', { releaseSlipId: slip })).toBe('DONE');
      const source = 'query($u: ID!, $c: ID!) { arrears(unitId: $u, customerId: $c) { amount } }';
      expect(await read(desk, finance, source, { u: rented, c: merged })).toEqual({ amount: '0.00' });
    });

    rule('DIR-06', 'receipts and slips of the one are the other’s, and events take no harm', async () => {
      const { id: receiptId } = await done(desk, finance, 'takePayment', payment('180', { payerId: merged }));
      const slip = await signedSlip(desk, rented, wuGang);
      await done(desk, zhouMin, 'signReleaseSlip', { releaseSlipId: slip, signedById: merged });
      await merge();
      expect(await entities(zhouMin, 'Customer', [wuGang, merged], 'receipts { nodes { id } }')).toEqual([
        { receipts: { nodes: [{ id: receiptId }] } },
        { receipts: { nodes: [] } },
      ]);
      expect(
        await entities(zhouMin, 'ReleaseSlip', [slip], 'signedBy { id } history { command actor }'),
      ).toEqual([
        {
          signedBy: { id: wuGang },
          history: expect.arrayContaining([{ command: 'replaceMergedCustomer', actor: 'system:directory' }]),
        },
      ]);
      expect(await desk.events()).toEqual(['receipt-issued.v1']);
      const parked = await desk.dataSource.query('select reason from parked_event');
      expect(parked).toEqual([]);
    });
  });

  it('keeps nothing of another project on one of ours', async () => {
    const theirs = idOf('their home');
    const data = { buildingId: idOf('9'), home: '9-1', status: 'HANDED_OVER', warrantyEndsOn: null };
    await desk.know('unit', theirs, [elsewhere], data);
    const input = payment('180', { unitId: theirs });
    expect(await desk.commandFault(finance, 'takePayment', input)).toBe('BAD_USER_INPUT');
    const application = { projectId: jinxiu, unitId: theirs, applicantId: wuGang };
    expect(await desk.commandFault(zhouMin, 'applyForRelease', application)).toBe('BAD_USER_INPUT');
  });
});
