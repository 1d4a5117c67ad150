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
  closeFollowUp,
  enterOverdueWorkOrder,
  followUpDeadlines,
  followUpItem,
  followUpStatuses,
  followUpTransitions,
  leaveWithWorkOrder,
  onFollowUpDeadline,
  openCommunicationItem,
  openVendorItem,
  promisedByPartner,
  recordArrival,
  recordFollowUpReply,
  recordFollowUpResult,
  remindFollowUp,
  type FollowUpCategory,
  type FollowUpState,
} from './follow-up';
import { defaultReceptionPolicy as policy } from './policy';

const openedAt = at('2026-03-02 09:32');
const promisedAt = at('2026-03-02 15:00');
const key = { id: 'f-1', projectId: 'jx', interactionId: 'interaction-3' };
const broadband = { ...key, partnerId: 'telecom', promisedAt, matter: '宽带不通', by: 'zhou' };
const noise = { ...key, matter: '楼上噪音', needsOthers: true, expectedDays: 5, by: 'zhou' };

const vendor = accepted(openVendorItem(broadband, openedAt));
const communication = accepted(openCommunicationItem(noise, openedAt, policy));
const engineering = accepted(enterOverdueWorkOrder({ ...key, workOrderId: 'wo-1' }, openedAt));

const fire = (state: FollowUpState, dueAt = promisedAt) =>
  onFollowUpDeadline(state, 'PROMISED_ARRIVAL', dueAt);
const result = (state: FollowUpState, time = at('2026-03-02 16:30')) =>
  recordFollowUpResult(state, { text: '光猫已更换', by: 'zhou' }, time);
const reply = (state: FollowUpState, time = at('2026-03-02 16:35')) =>
  recordFollowUpReply(state, { channel: 'PHONE', text: '已恢复', by: 'zhou' }, time);
const about = {
  followUpId: 'f-1',
  projectId: 'jx',
  category: 'VENDOR',
  interactionId: 'interaction-3',
  workOrderId: null,
  partnerId: 'telecom',
};

describe('a vendor item', () => {
  rule('REC-14', 'is entered with the partner and the promised time', () => {
    expect(vendor).toMatchObject({
      status: 'OPEN',
      category: 'VENDOR',
      partnerId: 'telecom',
      promisedAt,
      enteredReason: 'PARTNERS_EQUIPMENT',
      enteredAt: openedAt,
      enteredBy: 'zhou',
    });
    expect(factsOf(openVendorItem(broadband, openedAt))).toEqual([
      { type: 'FollowUpOpened', ...about, reason: 'PARTNERS_EQUIPMENT', promisedAt, at: openedAt },
    ]);
  });

  rule('REC-14', 'needs a promised time that is still to come, and says what it is about', () => {
    expect(refusal(openVendorItem(broadband, promisedAt)).code).toBe('PROMISED_TIME_PASSED');
    expect(refusal(openVendorItem({ ...broadband, matter: '' }, openedAt)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
  });

  rule('REC-14', "a partner's service promise is counted in hours from the call", () => {
    expect(promisedByPartner(at('2026-03-02 22:00'), 4)).toEqual(at('2026-03-03 02:00'));
    expect(promisedByPartner(openedAt, 0.5)).toEqual(at('2026-03-02 10:02'));
  });

  rule(
    'REC-14',
    'the telecom has not come at 15:00: flagged at 15:00 by itself, then it arrives 16:10',
    () => {
      expect(followUpDeadlines(vendor)).toEqual([{ kind: 'PROMISED_ARRIVAL', dueAt: promisedAt }]);
      const flagged = fire(vendor);
      expect(factsOf(flagged)).toEqual([
        { type: 'FollowUpFlagged', ...about, promisedAt, reminders: 0, at: promisedAt },
      ]);
      const arrived = accepted(recordArrival(accepted(flagged), { by: 'zhou' }, at('2026-03-02 16:10')));
      expect(arrived).toMatchObject({ flaggedAt: promisedAt, arrivedAt: at('2026-03-02 16:10') });
      const replied = accepted(reply(accepted(result(arrived))));
      const closed = closeFollowUp(replied, at('2026-03-02 16:40'));
      expect(accepted(closed)).toMatchObject({ status: 'CLOSED', leftReason: 'RESULT_AND_REPLY_RECORDED' });
      expect(factsOf(closed)).toEqual([
        {
          type: 'FollowUpClosed',
          ...about,
          reason: 'RESULT_AND_REPLY_RECORDED',
          enteredAt: openedAt,
          arrivedAt: at('2026-03-02 16:10'),
          flagged: true,
          at: at('2026-03-02 16:40'),
        },
      ]);
    },
  );

  rule('REC-14', 'is flagged once', () => {
    const flagged = accepted(fire(vendor));
    expect(followUpDeadlines(flagged)).toEqual([]);
    expect(refusal(fire(flagged)).code).toBe('RECEPTION_DEADLINE_NOT_PENDING');
  });

  rule(
    'REC-14',
    'is not flagged when the firm came, or mended it from afar, before the promised time',
    () => {
      const before = at('2026-03-02 14:59');
      for (const state of [
        accepted(recordArrival(vendor, { by: 'zhou' }, before)),
        accepted(result(vendor, before)),
      ]) {
        expect(followUpDeadlines(state)).toEqual([]);
        expect(refusal(fire(state)).code).toBe('RECEPTION_DEADLINE_NOT_PENDING');
      }
    },
  );

  rule('REC-14', 'lists every reminder', () => {
    const reminder = { channel: 'PHONE', note: '催促', by: 'zhou' } as const;
    const once = accepted(remindFollowUp(vendor, reminder, at('2026-03-02 14:00')));
    const twice = remindFollowUp(once, { ...reminder, note: null }, at('2026-03-02 15:05'));
    expect(accepted(twice).reminders).toEqual([
      { ...reminder, remindedAt: at('2026-03-02 14:00') },
      { ...reminder, note: null, remindedAt: at('2026-03-02 15:05') },
    ]);
    expect(factsOf(twice)[0]).toMatchObject({ type: 'FollowUpReminded', reminders: 2, by: 'zhou' });
    expect(factsOf(fire(once))[0]).toMatchObject({ reminders: 1 });
  });

  rule('REC-14', 'closes only with its result and the reply to the customer; both are named at once', () => {
    const closing = (state: FollowUpState) => closeFollowUp(state, promisedAt);
    expect(refusal(closing(vendor))).toEqual({
      code: 'FOLLOW_UP_CLOSING_INCOMPLETE',
      data: { missing: ['result', 'reply'] },
    });
    expect(refusal(closing(accepted(result(vendor)))).data).toEqual({ missing: ['reply'] });
  });

  rule(
    'REC-14',
    'the reply tells the result, so it comes after it; a new result asks for a new reply',
    () => {
      expect(refusal(reply(vendor)).code).toBe('FOLLOW_UP_RESULT_NOT_RECORDED');
      const replied = accepted(reply(accepted(result(vendor))));
      expect(accepted(result(replied)).reply).toBeNull();
    },
  );

  rule('REC-14', 'the firm arrives once', () => {
    const arrived = accepted(recordArrival(vendor, { by: 'zhou' }, openedAt));
    expect(refusal(recordArrival(arrived, { by: 'zhou' }, promisedAt))).toEqual({
      code: 'FOLLOW_UP_ALREADY_ARRIVED',
      data: { arrivedAt: openedAt },
    });
  });

  rule(
    ['REC-04', 'REC-14'],
    'is done for its contact since its result, so that one reply serves both',
    () => {
      const replied = accepted(reply(accepted(result(vendor))));
      expect(followUpItem(replied)).toEqual({ kind: 'FOLLOW_UP', id: 'f-1', status: 'OPEN' });
      expect(followUpItem(accepted(closeFollowUp(replied, at('2026-03-02 16:40'))))).toEqual({
        kind: 'FOLLOW_UP',
        id: 'f-1',
        status: 'DONE',
        doneAt: at('2026-03-02 16:30'),
      });
    },
  );
});

describe('a communication item', () => {
  rule('REC-15', 'is entered when others are needed and it takes more than two days', () => {
    expect(communication).toMatchObject({
      category: 'COMMUNICATION',
      enteredReason: 'NEEDS_OTHERS',
      promisedAt: null,
    });
    for (const change of [{ expectedDays: 2 }, { expectedDays: null }, { needsOthers: false }]) {
      expect(refusal(openCommunicationItem({ ...noise, ...change }, openedAt, policy)).code).toBe(
        'COMMUNICATION_NOT_NEEDED',
      );
    }
    expect(refusal(openCommunicationItem({ ...noise, matter: ' ' }, openedAt, policy)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
  });

  rule('REC-15', 'has no promised time, and closes with result and reply', () => {
    expect(followUpDeadlines(communication)).toEqual([]);
    expect(refusal(recordArrival(communication, { by: 'zhou' }, openedAt))).toEqual({
      code: 'FOLLOW_UP_NOT_FOR_CATEGORY',
      data: { command: 'recordArrival', category: 'COMMUNICATION', allowedFor: ['VENDOR'] },
    });
    const replied = accepted(reply(accepted(result(communication))));
    expect(accepted(closeFollowUp(replied, promisedAt)).status).toBe('CLOSED');
  });
});

describe('an engineering entry', () => {
  rule('REC-11', 'leaves with its work order and not by hand', () => {
    expect(refusal(closeFollowUp(engineering, openedAt))).toEqual({
      code: 'FOLLOW_UP_NOT_FOR_CATEGORY',
      data: { command: 'close', category: 'ENGINEERING', allowedFor: ['VENDOR', 'COMMUNICATION'] },
    });
    expect(refusal(leaveWithWorkOrder(vendor, 'DONE', openedAt)).code).toBe('FOLLOW_UP_NOT_FOR_CATEGORY');
    const cancelled = leaveWithWorkOrder(engineering, 'CANCELLED', promisedAt);
    expect(accepted(cancelled)).toMatchObject({ leftAt: promisedAt, leftReason: 'WORK_ORDER_CANCELLED' });
    expect(factsOf(cancelled)[0]).toMatchObject({ workOrderId: 'wo-1', enteredAt: openedAt, at: promisedAt });
  });

  rule(['REC-04', 'REC-11'], 'is no item of its contact: its work order is', () => {
    expect(followUpItem(engineering)).toBeNull();
  });
});

describe('status and command', () => {
  const ready: Record<FollowUpCategory, FollowUpState> = {
    VENDOR: vendor,
    COMMUNICATION: communication,
    ENGINEERING: engineering,
  };
  const done = accepted(reply(accepted(result(vendor))));

  rule(['REC-11', 'REC-14', 'REC-15'], 'nothing happens to an entry that has left the register', () => {
    expect(
      wrongCells({
        table: followUpTransitions,
        states: { OPEN: done, CLOSED: accepted(closeFollowUp(done, promisedAt)) },
        commands: {
          remind: (state) => remindFollowUp(state, { channel: 'PHONE', note: null, by: 'zhou' }, openedAt),
          flag: (state) => fire({ ...state, result: null }),
          recordArrival: (state) => recordArrival(state, { by: 'zhou' }, openedAt),
          recordResult: (state) => result(state),
          recordReply: (state) => reply(state),
          close: (state) => closeFollowUp(state, promisedAt),
          leaveWithWorkOrder: (state) =>
            leaveWithWorkOrder({ ...state, category: 'ENGINEERING' }, 'DONE', promisedAt),
        },
        otherwise: { flag: 'RECEPTION_DEADLINE_NOT_PENDING' },
      }),
    ).toEqual([]);
  });

  rule('REC-14', 'every status of an entry can be reached', () => {
    expect(unreachableStatuses(followUpTransitions, followUpStatuses)).toEqual([]);
  });

  rule('REC-14', 'an entry comes back from the database as it was', () => {
    for (const state of [done, ...Object.values(ready)]) expect(asStored(state)).toEqual(state);
  });
});
