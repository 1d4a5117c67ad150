import { accepted, at, factsOf, refusal, rule } from '@anju/testing';
import {
  closeInteraction,
  interactionDeadlines,
  onInteractionDeadline,
  tellCustomer,
  noteComplaintReply,
} from './interaction';
import { acceptHandover, offerHandover } from './interaction-handover';
import type { InteractionItem, InteractionState, TellingChannel, TellingKind } from './interaction-state';
import { receivedAt, anInteraction, told } from './interaction-story';
import { defaultReceptionPolicy as policy } from './policy';

describe('what the desk writes to somebody whose complaint is answered by approved replies', () => {
  const tell = (channel: TellingChannel, kind: TellingKind, ...hasAnswered: boolean[]) =>
    tellCustomer(
      anInteraction(),
      { kind, channel, text: '已修好', by: 'zhou' },
      receivedAt,
      hasAnswered.map((answered, n) => ({ complaintId: `case-${n + 1}`, hasAnswered: answered })),
    );

  rule('CMP-08', 'is held back, and named what to do instead', () => {
    expect(refusal(tell('WEB', 'PROGRESS', false))).toEqual({
      code: 'TELLING_NOT_APPROVED',
      data: {
        ...{ complaintId: 'case-1', instead: 'draftComplaintReply' },
        spokenChannels: ['PHONE', 'IN_PERSON'],
      },
    });
    expect(refusal(tell('SMS', 'RESULT', true, false)).data).toMatchObject({ complaintId: 'case-2' });
    expect(refusal(tell('WECHAT', 'PROGRESS', true)).code).toBe('TELLING_NOT_APPROVED');
  });

  rule(['CMP-08', 'REC-04'], 'is the result alone, once a reply has gone out; conversation is free', () => {
    expect(tell('WEB', 'RESULT', true).outcome).toBe('accepted');
    expect(tell('PHONE', 'PROGRESS', false).outcome).toBe('accepted');
    expect(tell('IN_PERSON', 'RESULT', false).outcome).toBe('accepted');
    expect(tell('WEB', 'PROGRESS').outcome).toBe('accepted');
  });
});

describe('closing a contact', () => {
  const repair = anInteraction({ confirmedClass: 'OWN_REPAIR' });
  const doneAt = at('2026-03-02 10:40');
  const done: InteractionItem = { kind: 'WORK_ORDER', id: 'wo-1', status: 'DONE', doneAt };
  const open: InteractionItem = { kind: 'WORK_ORDER', id: 'wo-1', status: 'OPEN' };
  const now = at('2026-03-02 10:55');
  const close = (
    state: InteractionState,
    items: readonly InteractionItem[],
    { by = 'zhou', bySupervisor = false } = {},
  ) => closeInteraction(state, { by, bySupervisor }, items, now);

  rule('REC-03', 'a colleague tells the customer, and takes the contact over before closing it', () => {
    const byColleague = told(repair, 'RESULT', now, 'chen');
    expect(byColleague).toMatchObject({ ownerId: 'zhou', tellings: [{ by: 'chen' }] });
    expect(refusal(close(byColleague, [done], { by: 'chen' }))).toEqual({
      code: 'NOT_THE_OWNER',
      data: { ownerId: 'zhou' },
    });
    const offer = { toId: 'chen', by: 'zhou', bySupervisor: false, note: null };
    const his = accepted(
      acceptHandover(accepted(offerHandover(byColleague, offer, now)), { by: 'chen' }, now),
    );
    expect(accepted(close(his, [done], { by: 'chen' })).closedBy).toBe('chen');
    expect(refusal(close(his, [done])).code).toBe('NOT_THE_OWNER');
  });

  rule('REC-03', 'a supervisor closes what belongs to somebody who is away', () => {
    const replied = told(repair, 'RESULT', now);
    expect(accepted(close(replied, [done], { by: 'lin', bySupervisor: true })).closedBy).toBe('lin');
  });

  rule('REC-04', 'done and told, it closes as 已完成', () => {
    const decision = close(told(repair, 'RESULT', now), [done]);
    expect(accepted(decision)).toMatchObject({
      status: 'CLOSED',
      label: '已完成',
      closedAt: now,
      closedBy: 'zhou',
    });
    expect(factsOf(decision)[0]).toMatchObject({
      type: 'InteractionClosed',
      class: 'OWN_REPAIR',
      receivedAt,
    });
  });

  rule('REC-04', 'before the reply is recorded, closing is refused', () => {
    expect(refusal(close(repair, [done]))).toEqual({
      code: 'INTERACTION_CLOSING_INCOMPLETE',
      data: { missing: [{ what: 'RESULT_REPLY', notBeforeAt: doneAt }] },
    });
  });

  rule('REC-04', 'progress is not the result', () => {
    expect(refusal(close(told(repair, 'PROGRESS', now), [done])).data).toEqual({
      missing: [{ what: 'RESULT_REPLY', notBeforeAt: doneAt }],
    });
  });

  rule('REC-04', 'a result told while the repair was still going on does not count', () => {
    const tooEarly = told(repair, 'RESULT', at('2026-03-02 10:39'));
    expect(refusal(close(tooEarly, [done])).data).toEqual({
      missing: [{ what: 'RESULT_REPLY', notBeforeAt: doneAt }],
    });
    expect(accepted(close(told(repair, 'RESULT', doneAt), [done])).status).toBe('CLOSED');
  });

  rule('REC-04', 'the reply comes after the last of several items', () => {
    const last = { kind: 'RECTIFICATION', id: 'r-1', status: 'DONE', doneAt: now } as const;
    const between = told(repair, 'RESULT', at('2026-03-02 10:45'));
    expect(refusal(close(between, [last, done])).data).toEqual({
      missing: [{ what: 'RESULT_REPLY', notBeforeAt: now }],
    });
    expect(accepted(close(told(between, 'RESULT', now), [last, done])).status).toBe('CLOSED');
  });

  rule('REC-04', 'all that is missing is named at once', () => {
    const second: InteractionItem = { kind: 'RECTIFICATION', id: 'r-1', status: 'OPEN' };
    expect(refusal(close(anInteraction(), [open, second])).data).toEqual({
      missing: [
        { what: 'CLASS', proposedClass: 'OWN_REPAIR' },
        { what: 'ITEM_DONE', kind: 'WORK_ORDER', itemId: 'wo-1' },
        { what: 'ITEM_DONE', kind: 'RECTIFICATION', itemId: 'r-1' },
        { what: 'RESULT_REPLY', notBeforeAt: null },
      ],
    });
  });

  rule.each([
    { confirmedClass: 'OWN_REPAIR', kind: 'WORK_ORDER' },
    { confirmedClass: 'RECTIFICATION', kind: 'RECTIFICATION' },
    { confirmedClass: 'VENDOR', kind: 'FOLLOW_UP' },
    { confirmedClass: 'COMMUNICATION', kind: 'FOLLOW_UP' },
    { confirmedClass: 'COMPLAINT', kind: 'COMPLAINT' },
  ] as const)(
    'REC-04',
    'a contact of class $confirmedClass does not close before its $kind was made',
    ({ confirmedClass, kind }) => {
      const told1 = told(anInteraction({ confirmedClass }), 'RESULT', now);
      expect(refusal(close(told1, [])).data).toEqual({
        missing: [
          { what: 'ITEM', kind },
          { what: 'RESULT_REPLY', notBeforeAt: null },
        ],
      });
      expect(accepted(close(told1, [{ kind, id: 'item-1', status: 'DONE', doneAt }])).status).toBe('CLOSED');
    },
  );

  rule.each(['ENQUIRY', 'SPECIAL_SERVICE', 'SALES_ENQUIRY', 'COUNTER_BUSINESS'] as const)(
    'REC-04',
    'a contact of class %s closes with its answer alone',
    (confirmedClass) => {
      const contact = anInteraction({ confirmedClass });
      expect(refusal(close(contact, [])).data).toEqual({
        missing: [{ what: 'RESULT_REPLY', notBeforeAt: receivedAt }],
      });
      expect(accepted(close(told(contact, 'RESULT', now), [])).status).toBe('CLOSED');
    },
  );
});

describe('telling the customer', () => {
  const due = at('2026-03-04 09:02');
  const fire = (state: InteractionState, dueAt = due) =>
    onInteractionDeadline(state, 'CUSTOMER_SILENCE', dueAt, policy);

  rule('REC-05', 'two days without a word after receipt, to the minute, the contact is flagged', () => {
    expect(interactionDeadlines(anInteraction(), policy)).toEqual([{ kind: 'CUSTOMER_SILENCE', dueAt: due }]);
    const decision = fire(anInteraction());
    expect(accepted(decision).uninformedAt).toEqual(due);
    expect(factsOf(decision)).toEqual([
      {
        type: 'CustomerUninformed',
        interactionId: 'interaction-1',
        projectId: 'jx',
        ownerId: 'zhou',
        class: null,
        silentSinceAt: receivedAt,
        at: due,
      },
    ]);
  });

  rule('REC-05', 'a silence is flagged once', () => {
    const flagged = accepted(fire(anInteraction()));
    expect(interactionDeadlines(flagged, policy)).toEqual([]);
    expect(refusal(fire(flagged)).code).toBe('RECEPTION_DEADLINE_NOT_PENDING');
  });

  rule('REC-05', 'a word to the customer clears the flag, and the two days begin anew', () => {
    const wordAt = at('2026-03-05 08:00');
    const informed = told(accepted(fire(anInteraction())), 'PROGRESS', wordAt);
    expect(informed).toMatchObject({ uninformedAt: null, lastToldAt: wordAt });
    const next = at('2026-03-07 08:00');
    expect(interactionDeadlines(informed, policy)).toEqual([{ kind: 'CUSTOMER_SILENCE', dueAt: next }]);
    expect(factsOf(fire(informed, next))[0]).toMatchObject({ silentSinceAt: wordAt, at: next });
  });

  rule('REC-05', 'a word a minute before moves the two days on', () => {
    const informed = told(anInteraction(), 'PROGRESS', at('2026-03-04 09:01'));
    expect(refusal(fire(informed)).code).toBe('RECEPTION_DEADLINE_NOT_PENDING');
    expect(interactionDeadlines(informed, policy)).toEqual([
      { kind: 'CUSTOMER_SILENCE', dueAt: at('2026-03-06 09:01') },
    ]);
  });

  rule('REC-05', 'the last of several words counts', () => {
    const once = told(anInteraction(), 'PROGRESS', at('2026-03-02 10:00'));
    const twice = told(once, 'PROGRESS', at('2026-03-03 16:00'));
    expect(interactionDeadlines(twice, policy)).toEqual([
      { kind: 'CUSTOMER_SILENCE', dueAt: at('2026-03-05 16:00') },
    ]);
  });

  rule('REC-05', 'a closed contact is not flagged', () => {
    const closed = anInteraction({ status: 'CLOSED' });
    expect(interactionDeadlines(closed, policy)).toEqual([]);
    expect(refusal(fire(closed)).code).toBe('RECEPTION_DEADLINE_NOT_PENDING');
  });

  rule('REC-05', 'the number of days is policy', () => {
    expect(interactionDeadlines(anInteraction(), { customerSilenceDays: 1 })).toEqual([
      { kind: 'CUSTOMER_SILENCE', dueAt: at('2026-03-03 09:02') },
    ]);
  });

  rule('REC-05', 'each word is kept: kind, channel, by whom, when; the first is the first reply', () => {
    const first = tellCustomer(
      anInteraction(),
      { kind: 'PROGRESS', channel: 'WECHAT', text: '已派工', by: 'zhou' },
      receivedAt,
    );
    expect(factsOf(first)[0]).toMatchObject({
      kind: 'PROGRESS',
      channel: 'WECHAT',
      firstReply: true,
      customerIds: ['wang'],
      complaintId: null,
      by: 'zhou',
    });
    const second = tellCustomer(
      accepted(first),
      { kind: 'RESULT', channel: 'PHONE', text: '已修好', by: 'lin' },
      at('2026-03-02 10:55'),
    );
    expect(factsOf(second)[0]).toMatchObject({ kind: 'RESULT', firstReply: false });
    expect(accepted(second).tellings).toHaveLength(2);
  });

  rule('REC-05', 'a reply in the complaint case is a word to the customer, though not the result', () => {
    const repliedAt = at('2026-03-03 09:30');
    const reply = { complaintId: 'complaint-1', channel: 'PHONE', by: 'lin' } as const;
    const decision = noteComplaintReply(anInteraction({ confirmedClass: 'COMPLAINT' }), reply, repliedAt);
    const state = accepted(decision);
    expect(state.tellings).toEqual([{ ...reply, kind: 'PROGRESS', text: null, toldAt: repliedAt }]);
    expect(factsOf(decision)[0]).toMatchObject({
      kind: 'PROGRESS',
      firstReply: true,
      at: repliedAt,
      complaintId: reply.complaintId,
    });
    expect(interactionDeadlines(state, policy)).toEqual([
      { kind: 'CUSTOMER_SILENCE', dueAt: at('2026-03-05 09:30') },
    ]);
    expect(refusal(noteComplaintReply(anInteraction({ status: 'CLOSED' }), reply, repliedAt)).code).toBe(
      'INTERACTION_NOT_IN_REQUIRED_STATUS',
    );
    const item = { kind: 'COMPLAINT', id: 'complaint-1', status: 'DONE', doneAt: repliedAt } as const;
    expect(
      refusal(closeInteraction(state, { by: 'zhou', bySupervisor: false }, [item], repliedAt)).data,
    ).toEqual({
      missing: [{ what: 'RESULT_REPLY', notBeforeAt: repliedAt }],
    });
  });

  rule('REC-05', 'a reply that becomes known late does not end a silence that began after it', () => {
    const lastWordAt = at('2026-03-03 11:00');
    const flaggedAt = at('2026-03-05 11:00');
    const flagged = accepted(fire(told(anInteraction(), 'PROGRESS', lastWordAt), flaggedAt));
    const reply = { complaintId: 'complaint-1', channel: 'PHONE', by: 'lin' } as const;
    const state = accepted(noteComplaintReply(flagged, reply, at('2026-03-03 10:00')));
    expect(state).toMatchObject({ lastToldAt: lastWordAt, uninformedAt: flaggedAt });
    expect(state.tellings).toHaveLength(2);
    expect(interactionDeadlines(state, policy)).toEqual([]);
  });

  rule('REC-05', 'a word that says nothing is refused', () => {
    const nothing = { kind: 'RESULT', channel: 'PHONE', text: '\n ', by: 'zhou' } as const;
    expect(refusal(tellCustomer(anInteraction(), nothing, receivedAt))).toEqual({
      code: 'RECEPTION_TEXT_MISSING',
      data: { field: 'text' },
    });
  });
});
