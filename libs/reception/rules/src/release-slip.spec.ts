import { Money } from '@anju/kernel';
import {
  accepted,
  asStored,
  at,
  factsOf,
  refusal,
  rule,
  unreachableStatuses,
  wrongCells,
} from '@anju/testing';
import { arrears, chargeFee, enterPayment, openFeeAccount, type Arrears } from './fee-account';
import { defaultReceptionPolicy as policy } from './policy';
import {
  cancelReleaseSlip,
  copyIdentity,
  informDirector,
  issueReleaseSlip,
  listGoods,
  recordOwnerCall,
  redeemReleaseSlip,
  refuseReleaseSlip,
  releaseObstacles,
  requestReleaseSlip,
  signReleaseSlip,
  type IssueReleaseSlip,
  type RedeemReleaseSlip,
} from './release-slip';
import {
  releaseSlipStatuses,
  releaseSlipTransitions,
  type OwnerCall,
  type ReleaseSlipState,
} from './release-slip-state';

const now = at('2026-03-02 13:10');
const ownerIds = ['owner'];
const application = {
  id: 'slip-1',
  projectId: 'jx',
  unitId: '1-1-0501',
  interactionId: null,
  goods: [
    { description: '冰箱', quantity: 1 },
    { description: '纸箱', quantity: 6 },
  ],
  identityCopied: true,
  ownerIds,
  tenantIds: ['wu'],
  by: 'zhou',
};
const none: Arrears = { months: 0, amount: '0.00' };
const owing = (months: number): Arrears => ({
  months,
  amount: Money.of('180').times(String(months)).toString(),
});
const plain: IssueReleaseSlip = { arrearsTold: false, hurry: false, by: 'zhou' };
const consent: Omit<OwnerCall, 'calledAt'> = {
  ownerId: 'owner',
  knowsOfMove: true,
  rentOwed: false,
  ownersThingsOnList: false,
  consents: true,
  reason: null,
  by: 'zhou',
};

const sign = (state: ReleaseSlipState, signedById = state.applicantId) =>
  signReleaseSlip(state, { signedById, by: 'zhou' }, now);
const call = (state: ReleaseSlipState, change: Partial<typeof consent> = {}) =>
  recordOwnerCall(state, { ...consent, ...change }, ownerIds, now);
const issue = (state: ReleaseSlipState, owed = none, change: Partial<IssueReleaseSlip> = {}, time = now) =>
  issueReleaseSlip(state, { ...plain, ...change }, owed, time, policy);
const obstacles = (state: ReleaseSlipState, owed = none, change: Partial<IssueReleaseSlip> = {}) =>
  releaseObstacles(state, { ...plain, ...change }, owed, policy);

const owners = accepted(sign(accepted(requestReleaseSlip({ ...application, applicantId: 'owner' }, now))));
const tenantsAlone = accepted(sign(accepted(requestReleaseSlip({ ...application, applicantId: 'wu' }, now))));
const tenants = accepted(call(tenantsAlone));

const inform = (state: ReleaseSlipState, directorId = 'zhao') =>
  informDirector(state, { directorId, by: 'zhou' }, ['zhao', 'another director'], now);

describe("an owner's release slip", () => {
  rule('REC-36', 'is issued with identity copy, goods list and signature', () => {
    expect(owners.kind).toBe('OWNER');
    const decision = issue(owners);
    expect(accepted(decision)).toMatchObject({
      status: 'ISSUED',
      issuedAt: now,
      issuedBy: 'zhou',
      arrearsTold: null,
    });
    expect(factsOf(decision)).toEqual([
      {
        type: 'ReleaseSlipIssued',
        releaseSlipId: 'slip-1',
        projectId: 'jx',
        kind: 'OWNER',
        unitId: '1-1-0501',
        applicantId: 'owner',
        lines: 2,
        arrearsMonths: 0,
        arrearsAmount: '0.00',
        directorInformed: false,
        hurry: false,
        by: 'zhou',
        at: now,
      },
    ]);
  });

  rule('REC-36', 'everything that is missing is named at once', () => {
    const bare = accepted(
      requestReleaseSlip({ ...application, applicantId: 'owner', goods: [], identityCopied: false }, now),
    );
    expect(refusal(issue(bare, owing(3)))).toEqual({
      code: 'RELEASE_NOT_POSSIBLE',
      data: {
        reasons: [
          { what: 'IDENTITY_COPY_MISSING' },
          { what: 'GOODS_LIST_EMPTY' },
          { what: 'SIGNATURE_MISSING' },
          { what: 'ARREARS_NOT_TOLD', months: 3, amount: '540.00' },
          { what: 'DIRECTOR_NOT_INFORMED', months: 3, amount: '540.00' },
        ],
      },
    });
  });

  rule('REC-36', 'two months owed: issued, and the arrears are told', () => {
    expect(obstacles(owners, owing(2))).toEqual([{ what: 'ARREARS_NOT_TOLD', months: 2, amount: '360.00' }]);
    const decision = issue(owners, owing(2), { arrearsTold: true });
    expect(accepted(decision)).toMatchObject({
      status: 'ISSUED',
      arrearsTold: { months: 2, amount: '360.00' },
    });
    expect(factsOf(decision)[0]).toMatchObject({ arrearsMonths: 2, arrearsAmount: '360.00' });
  });

  rule('REC-36', 'three months owed: refused until the director is informed', () => {
    const told = { arrearsTold: true };
    expect(obstacles(owners, owing(3), told)).toEqual([
      { what: 'DIRECTOR_NOT_INFORMED', months: 3, amount: '540.00' },
    ]);
    const informed = accepted(inform(owners));
    expect(informed).toMatchObject({ directorId: 'zhao', directorInformedAt: now });
    const decision = issue(informed, owing(3), told);
    expect(accepted(decision).status).toBe('ISSUED');
    expect(factsOf(decision)[0]).toMatchObject({ directorInformed: true });
  });

  rule('REC-36', 'only the director can be informed; the answer says who that is', () => {
    expect(refusal(inform(owners, 'lin'))).toEqual({
      code: 'INFORMED_PERSON_NOT_DIRECTOR',
      data: { informedId: 'lin', directorIds: ['zhao', 'another director'] },
    });
    expect(accepted(inform(owners, 'another director')).directorId).toBe('another director');
  });

  rule('REC-36', 'the number of months is policy', () => {
    const strict = { directorArrearsMonths: 1 };
    const command = { ...plain, arrearsTold: true };
    expect(issueReleaseSlip(owners, command, owing(1), now, strict).outcome).toBe('refused');
    expect(issueReleaseSlip(owners, command, owing(1), now, policy).outcome).toBe('accepted');
  });

  rule('REC-36', 'the owner of a unit that is let has nobody to call', () => {
    expect(refusal(call(owners)).code).toBe('OWNER_CALL_NOT_NEEDED');
  });

  rule('REC-36', 'nobody but an owner or a tenant of the unit gets one', () => {
    expect(refusal(requestReleaseSlip({ ...application, applicantId: 'stranger' }, now))).toEqual({
      code: 'APPLICANT_NOT_OF_UNIT',
      data: { applicantId: 'stranger' },
    });
  });

  rule('REC-36', 'a goods list names things, and how many', () => {
    const request = (description: string, quantity: number) =>
      requestReleaseSlip({ ...application, applicantId: 'owner', goods: [{ description, quantity }] }, now);
    for (const quantity of [0, -1, 1.5, Number.NaN]) {
      expect(refusal(request('椅子', quantity)).code).toBe('GOODS_QUANTITY_NOT_POSITIVE');
    }
    expect(refusal(request(' ', 1)).code).toBe('RECEPTION_TEXT_MISSING');
  });

  rule('REC-36', 'another goods list has to be signed anew', () => {
    const relisted = accepted(
      listGoods(owners, { goods: [{ description: '沙发', quantity: 2 }], by: 'zhou' }, now),
    );
    expect(relisted.goods).toEqual([{ line: 1, description: '沙发', quantity: 2 }]);
    expect(obstacles(relisted)).toEqual([{ what: 'SIGNATURE_MISSING' }]);
  });
});

describe("a tenant's release slip", () => {
  rule('REC-37', 'is refused while fees that the tenant owes are unpaid', () => {
    expect(obstacles(tenants, owing(2))).toEqual([{ what: 'FEES_UNPAID', months: 2, amount: '360.00' }]);
    expect(obstacles(tenants, { months: 1, amount: '0.01' })).toHaveLength(1);
    const informed = accepted(inform(tenants));
    expect(obstacles(informed, owing(2), { arrearsTold: true })).toHaveLength(1);
  });

  rule('REC-37', 'the owner is always called', () => {
    expect(obstacles(tenantsAlone)).toEqual([{ what: 'OWNER_NOT_CALLED' }]);
    expect(accepted(issue(tenants)).status).toBe('ISSUED');
  });

  rule('REC-37', 'the call keeps all four answers, who called, and when', () => {
    expect(tenants.ownerCall).toEqual({ ...consent, calledAt: now });
  });

  rule('REC-37', 'without consent it is refused, with the reason', () => {
    const answers = { knowsOfMove: false, rentOwed: true, ownersThingsOnList: true, consents: false };
    expect(refusal(call(tenantsAlone, { ...answers, reason: ' ' })).code).toBe('RECEPTION_TEXT_MISSING');
    const refused = accepted(call(tenantsAlone, { ...answers, reason: '拖欠房租' }));
    expect(obstacles(refused)).toEqual([
      {
        what: 'OWNER_DOES_NOT_CONSENT',
        knowsOfMove: false,
        rentOwed: true,
        ownersThingsOnList: true,
        reason: '拖欠房租',
      },
    ]);
    expect(obstacles(accepted(call(refused)))).toEqual([]);
  });

  rule('REC-37', 'a call to anybody but the owner is none', () => {
    expect(refusal(call(tenantsAlone, { ownerId: 'wu' }))).toEqual({
      code: 'CALLED_PARTY_NOT_OWNER',
      data: { calledId: 'wu', ownerIds },
    });
  });

  rule('REC-37', 'absent or signed by the wrong party, it is refused', () => {
    expect(obstacles(accepted(sign(tenants, 'owner')))).toEqual([
      { what: 'SIGNED_BY_WRONG_PARTY', signedById: 'owner', expectedId: 'wu' },
    ]);
    expect(obstacles({ ...tenants, signedById: null })).toEqual([{ what: 'SIGNATURE_MISSING' }]);
  });

  rule('REC-37', 'the owner consented to one list, not to another', () => {
    const relisted = accepted(sign(accepted(listGoods(tenants, application, now))));
    expect(obstacles(relisted)).toEqual([{ what: 'OWNER_NOT_CALLED' }]);
  });

  rule('REC-37', 'two months unpaid: refused; paid at the desk, the owner consents: issued', () => {
    const refused = refuseReleaseSlip(tenantsAlone, plain, owing(2), now, policy);
    expect(accepted(refused)).toMatchObject({
      status: 'REFUSED',
      refusals: [
        {
          reasons: [{ what: 'FEES_UNPAID', months: 2, amount: '360.00' }, { what: 'OWNER_NOT_CALLED' }],
          by: 'zhou',
          refusedAt: now,
        },
      ],
    });
    expect(factsOf(refused)).toEqual([
      {
        type: 'ReleaseSlipRefused',
        releaseSlipId: 'slip-1',
        projectId: 'jx',
        kind: 'TENANT',
        unitId: '1-1-0501',
        applicantId: 'wu',
        reasons: ['FEES_UNPAID', 'OWNER_NOT_CALLED'],
        arrearsMonths: 2,
        arrearsAmount: '360.00',
        by: 'zhou',
        at: now,
      },
    ]);
    let fees = accepted(openFeeAccount({ id: 'fees-1', projectId: 'jx', unitId: '1-1-0501' }, now));
    for (const month of ['2026-01', '2026-02']) {
      const fee = { month, amount: Money.of('180'), liableCustomerId: 'wu', dueAt: at(`${month}-10 00:00`) };
      fees = accepted(chargeFee(fees, fee, now));
    }
    expect(arrears(fees, 'wu', now)).toEqual(owing(2));
    const payment = { receiptId: 'receipt-1', amount: Money.of('360'), payerId: 'wu', forCustomerId: 'wu' };
    fees = accepted(enterPayment(fees, payment, at('2026-03-02 13:20')));
    const called = accepted(call(accepted(refused)));
    const issuedAt = at('2026-03-02 13:25');
    const issued = accepted(issue(called, arrears(fees, 'wu', issuedAt), {}, issuedAt));
    expect(issued).toMatchObject({ status: 'ISSUED', issuedAt });
    expect(issued.refusals).toHaveLength(1);
  });

  rule('REC-37', 'what could be issued is not kept as refused', () => {
    expect(refusal(refuseReleaseSlip(tenants, plain, none, now, policy)).code).toBe('RELEASE_POSSIBLE');
  });
});

describe('at the lobby', () => {
  const issued = accepted(issue(tenants));
  const all: RedeemReleaseSlip = {
    checked: [
      { line: 1, found: 1 },
      { line: 2, found: 6 },
    ],
    unlisted: [],
    by: 'guard',
  };
  const redeemedAt = at('2026-03-02 14:10');
  const redeem = (state: ReleaseSlipState, change: Partial<RedeemReleaseSlip> = {}, time = redeemedAt) =>
    redeemReleaseSlip(state, { ...all, ...change }, time);

  rule('REC-38', 'the guard redeems a slip against its list', () => {
    const decision = redeem(issued);
    expect(accepted(decision)).toMatchObject({
      status: 'REDEEMED',
      redemption: { by: 'guard', redeemedAt, goods: all.checked },
    });
    expect(factsOf(decision)[0]).toMatchObject({
      type: 'ReleaseSlipRedeemed',
      issuedAt: now,
      lines: 2,
      by: 'guard',
      at: redeemedAt,
    });
  });

  rule('REC-38', 'a second redemption is refused, and says who redeemed it and when', () => {
    const redeemed = accepted(redeem(issued));
    expect(refusal(redeem(redeemed, { by: 'guard-2' }, at('2026-03-02 14:20')))).toEqual({
      code: 'RELEASE_SLIP_ALREADY_REDEEMED',
      data: { redeemedAt, redeemedBy: 'guard' },
    });
  });

  rule('REC-38', 'every line of the list is checked', () => {
    expect(refusal(redeem(issued, { checked: [{ line: 2, found: 6 }] }))).toEqual({
      code: 'GOODS_NOT_CHECKED',
      data: { uncheckedLines: [1] },
    });
    expect(refusal(redeem(issued, { checked: [] })).data).toEqual({ uncheckedLines: [1, 2] });
    expect(refusal(redeem(issued, { checked: [...all.checked, { line: 1, found: -2 }] })).data).toEqual({
      uncheckedLines: [1],
    });
  });

  rule('REC-38', 'what is not on the list, or more than is on it, stays', () => {
    const checked = [
      { line: 1, found: 1 },
      { line: 2, found: 7 },
      { line: 3, found: 1 },
    ];
    expect(refusal(redeem(issued, { checked, unlisted: ['电视'] }))).toEqual({
      code: 'GOODS_NOT_ON_SLIP',
      data: {
        lines: [
          { line: 2, listed: 6, found: 7 },
          { line: 3, listed: 0, found: 1 },
        ],
        unlisted: ['电视'],
      },
    });
    expect(refusal(redeem(issued, { unlisted: ['电视'] })).code).toBe('GOODS_NOT_ON_SLIP');
  });

  rule('REC-38', 'a line is not doubled by checking it in two parts', () => {
    const twice = [...all.checked, { line: 2, found: 1 }];
    expect(refusal(redeem(issued, { checked: twice })).code).toBe('GOODS_NOT_ON_SLIP');
    const inParts = [
      { line: 1, found: 1 },
      { line: 2, found: 4 },
      { line: 2, found: 2 },
    ];
    expect(accepted(redeem(issued, { checked: inParts })).redemption?.goods).toEqual(all.checked);
  });

  rule('REC-38', 'less than the list may leave, and what left is kept', () => {
    const checked = [
      { line: 1, found: 0 },
      { line: 2, found: 5 },
    ];
    expect(accepted(redeem(issued, { checked })).redemption?.goods).toEqual(checked);
  });

  rule('REC-38', 'in a hurry and without arrears it is issued while the lobby is told', () => {
    const decision = issue(owners, none, { hurry: true });
    expect(accepted(decision)).toMatchObject({ status: 'ISSUED', lobbyToldAt: now });
    expect(factsOf(decision)[0]).toMatchObject({ hurry: true });
    expect(accepted(issue(owners)).lobbyToldAt).toBeNull();
  });

  rule('REC-38', 'with arrears there is no hurry, and for a tenant the owner is called all the same', () => {
    expect(obstacles(owners, owing(1), { arrearsTold: true, hurry: true })).toEqual([
      { what: 'HURRY_WITH_ARREARS', months: 1, amount: '180.00' },
    ]);
    expect(obstacles(tenantsAlone, none, { hurry: true })).toEqual([{ what: 'OWNER_NOT_CALLED' }]);
  });
});

describe('status and command', () => {
  const issued = accepted(issue(tenants));
  const cancel = (state: ReleaseSlipState) => cancelReleaseSlip(state, { reason: '不搬了', by: 'zhou' }, now);
  const redeem = (state: ReleaseSlipState) =>
    redeemReleaseSlip(
      state,
      {
        checked: state.goods.map(({ line, quantity }) => ({ line, found: quantity })),
        unlisted: [],
        by: 'guard',
      },
      now,
    );
  const states = {
    REQUESTED: tenants,
    REFUSED: accepted(refuseReleaseSlip(tenants, plain, owing(2), now, policy)),
    ISSUED: issued,
    REDEEMED: accepted(redeem(issued)),
    CANCELLED: accepted(cancel(issued)),
  };

  rule(['REC-36', 'REC-37', 'REC-38'], 'a slip goes its way, and no other', () => {
    const commands = {
      listGoods: (state: ReleaseSlipState) => listGoods(state, application, now),
      copyIdentity: (state: ReleaseSlipState) => copyIdentity(state, { by: 'zhou' }, now),
      sign: (state: ReleaseSlipState) => sign(state),
      informDirector: (state: ReleaseSlipState) => inform(state),
      recordOwnerCall: (state: ReleaseSlipState) => call(state),
      issue: (state: ReleaseSlipState) => issue(state),
      refuse: (state: ReleaseSlipState) => refuseReleaseSlip(state, plain, owing(2), now, policy),
      redeem,
      cancel,
    };
    const otherwise = { 'redeem in REDEEMED': 'RELEASE_SLIP_ALREADY_REDEEMED' };
    expect(wrongCells({ table: releaseSlipTransitions, states, commands, otherwise })).toEqual([]);
  });

  rule('REC-38', 'every status of a slip can be reached', () => {
    expect(unreachableStatuses(releaseSlipTransitions, releaseSlipStatuses)).toEqual([]);
  });

  rule('REC-38', 'a cancelled slip says why', () => {
    expect(accepted(cancel(issued)).cancelReason).toBe('不搬了');
    expect(refusal(cancelReleaseSlip(issued, { reason: '', by: 'zhou' }, now)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
  });

  rule('REC-38', 'a slip comes back from the database as it was', () => {
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });
});
