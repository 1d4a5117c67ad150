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
import {
  expectedStep,
  rectificationItem,
  rectificationStatuses,
  rectificationSteps,
  rectificationTransitions,
  requestRectification,
  signRectification,
  withdrawRectification,
  type RectificationState,
  type RectificationStep,
  type Signer,
} from './rectification';

const requestedAt = at('2026-03-02 09:20');
const crack = {
  id: 'r-1',
  projectId: 'jx',
  interactionId: 'interaction-2',
  unitId: '5-1-0302',
  buildingId: 'b5',
  fault: '墙面裂缝',
  place: '卧室',
  warrantyEndsOn: '2027-01-15',
  by: 'zhou',
};
const director: Signer = { id: 'zhao', roles: ['OFFICE_DIRECTOR'] };
const developer: Signer = { id: 'sun', roles: ['DEVELOPER_PROJECT_DEPARTMENT'] };
const entitled: Record<RectificationStep, Signer> = {
  VERIFY: director,
  SIGN_FOR: developer,
  COMPLETE: developer,
};

const sign = (state: RectificationState, step: RectificationStep, time: string, signer = entitled[step]) =>
  signRectification(state, { step, signer, remark: null }, at(time));
const withdraw = (state: RectificationState) =>
  withdrawRectification(state, { reason: '不属保修', by: 'zhou' }, at('2026-03-02 09:45'));

const requested = accepted(requestRectification(crack, requestedAt));
const verified = accepted(sign(requested, 'VERIFY', '2026-03-02 09:40'));
const signedFor = accepted(sign(verified, 'SIGN_FOR', '2026-03-02 11:20'));
const completed = accepted(sign(signedFor, 'COMPLETE', '2026-03-04 16:00'));

describe('a liaison form', () => {
  rule('REC-13', 'waits for the director, then for the developer, then for the developer again', () => {
    expect([requested, verified, signedFor, completed].map(expectedStep)).toEqual([
      'VERIFY',
      'SIGN_FOR',
      'COMPLETE',
      null,
    ]);
  });

  rule('REC-13', 'keeps of each signature who gave it, in which role, and when', () => {
    expect(completed.signatures).toEqual([
      {
        step: 'VERIFY',
        signerId: 'zhao',
        role: 'OFFICE_DIRECTOR',
        remark: null,
        signedAt: at('2026-03-02 09:40'),
      },
      {
        step: 'SIGN_FOR',
        signerId: 'sun',
        role: 'DEVELOPER_PROJECT_DEPARTMENT',
        remark: null,
        signedAt: at('2026-03-02 11:20'),
      },
      {
        step: 'COMPLETE',
        signerId: 'sun',
        role: 'DEVELOPER_PROJECT_DEPARTMENT',
        remark: null,
        signedAt: at('2026-03-04 16:00'),
      },
    ]);
  });

  rule('REC-13', 'tells with each signature who signed and when', () => {
    const about = {
      rectificationId: 'r-1',
      projectId: 'jx',
      interactionId: 'interaction-2',
      unitId: '5-1-0302',
    };
    expect(factsOf(requestRectification(crack, requestedAt))).toEqual([
      { type: 'RectificationRequested', ...about, buildingId: 'b5', by: 'zhou', at: requestedAt },
    ]);
    expect(factsOf(sign(requested, 'VERIFY', '2026-03-02 09:40'))).toEqual([
      { type: 'RectificationVerified', ...about, by: 'zhao', at: at('2026-03-02 09:40') },
    ]);
    expect(factsOf(sign(signedFor, 'COMPLETE', '2026-03-04 16:00'))).toEqual([
      { type: 'RectificationCompleted', ...about, by: 'sun', requestedAt, at: at('2026-03-04 16:00') },
    ]);
  });

  rule('REC-13', 'a signature by anyone else is refused', () => {
    const desk: Signer = { id: 'zhou', roles: ['FRONT_DESK', 'SERVICE_SUPERVISOR'] };
    expect(refusal(sign(requested, 'VERIFY', '2026-03-02 09:40', desk))).toEqual({
      code: 'SIGNER_NOT_ENTITLED',
      data: { step: 'VERIFY', requiredRole: 'OFFICE_DIRECTOR', roles: desk.roles },
    });
    expect(refusal(sign(verified, 'SIGN_FOR', '2026-03-02 11:20', director)).data).toMatchObject({
      requiredRole: 'DEVELOPER_PROJECT_DEPARTMENT',
    });
    expect(refusal(sign(signedFor, 'COMPLETE', '2026-03-04 16:00', director)).code).toBe(
      'SIGNER_NOT_ENTITLED',
    );
  });

  rule('REC-13', 'a signature out of order is refused, and what is expected is named', () => {
    expect(refusal(sign(requested, 'SIGN_FOR', '2026-03-02 09:30'))).toEqual({
      code: 'OUT_OF_ORDER_SIGNATURE',
      data: { step: 'SIGN_FOR', expectedStep: 'VERIFY', status: 'REQUESTED' },
    });
    expect(refusal(sign(verified, 'COMPLETE', '2026-03-02 10:00')).data).toMatchObject({
      expectedStep: 'SIGN_FOR',
    });
    expect(refusal(sign(verified, 'VERIFY', '2026-03-02 10:00')).data).toMatchObject({
      expectedStep: 'SIGN_FOR',
    });
    expect(refusal(sign(completed, 'COMPLETE', '2026-03-05 10:00')).data).toMatchObject({
      expectedStep: null,
    });
  });

  rule('REC-13', 'who may not sign does not learn what the form waits for', () => {
    expect(refusal(sign(requested, 'SIGN_FOR', '2026-03-02 09:30', director)).code).toBe(
      'SIGNER_NOT_ENTITLED',
    );
  });

  rule('REC-13', 'no step is skipped: only in one order do three signatures complete it', () => {
    const orders = rectificationSteps.flatMap((a) =>
      rectificationSteps.flatMap((b) => rectificationSteps.map((c) => [a, b, c] as const)),
    );
    const completing = orders.filter((order) => {
      let state = requested;
      for (const step of order) {
        const decision = sign(state, step, '2026-03-02 12:00');
        if (decision.outcome === 'accepted') state = decision.state;
      }
      return state.status === 'COMPLETED';
    });
    expect(completing).toEqual([['VERIFY', 'SIGN_FOR', 'COMPLETE']]);
  });

  rule('REC-13', 'says what is broken, and where', () => {
    expect(refusal(requestRectification({ ...crack, fault: '', place: ' ' }, requestedAt)).data).toEqual({
      missing: ['fault', 'place'],
    });
  });

  rule('REC-13', 'is given up with a reason, as long as the developer has not signed for it', () => {
    expect(accepted(withdraw(verified))).toMatchObject({ status: 'WITHDRAWN', withdrawReason: '不属保修' });
    expect(refusal(withdraw(signedFor)).code).toBe('RECTIFICATION_NOT_IN_REQUIRED_STATUS');
    expect(refusal(withdrawRectification(requested, { reason: '', by: 'zhou' }, requestedAt)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
  });

  rule(['REC-04', 'REC-13'], 'is an open item of its contact until completed or given up', () => {
    const item = { kind: 'RECTIFICATION', id: 'r-1' };
    expect(rectificationItem(signedFor)).toEqual({ ...item, status: 'OPEN' });
    expect(rectificationItem(completed)).toEqual({ ...item, status: 'DONE', doneAt: at('2026-03-04 16:00') });
    expect(rectificationItem(accepted(withdraw(requested)))).toEqual({
      ...item,
      status: 'DONE',
      doneAt: at('2026-03-02 09:45'),
    });
  });
});

describe('status and command', () => {
  const time = '2026-03-05 10:00';
  const states = {
    REQUESTED: requested,
    VERIFIED: verified,
    SIGNED_FOR: signedFor,
    COMPLETED: completed,
    WITHDRAWN: accepted(withdraw(requested)),
  };

  rule('REC-13', 'a form goes its way signature by signature, and no other', () => {
    const outOfOrder = 'OUT_OF_ORDER_SIGNATURE';
    expect(
      wrongCells({
        table: rectificationTransitions,
        states,
        commands: {
          verify: (state) => sign(state, 'VERIFY', time),
          signFor: (state) => sign(state, 'SIGN_FOR', time),
          complete: (state) => sign(state, 'COMPLETE', time),
          withdraw,
        },
        otherwise: { verify: outOfOrder, signFor: outOfOrder, complete: outOfOrder },
      }),
    ).toEqual([]);
  });

  rule('REC-13', 'every status of a form can be reached', () => {
    expect(unreachableStatuses(rectificationTransitions, rectificationStatuses)).toEqual([]);
  });

  rule('REC-13', 'a form comes back from the database as it was', () => {
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });
});
