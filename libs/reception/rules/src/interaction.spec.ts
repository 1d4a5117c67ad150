import fc from 'fast-check';
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
  closeInteraction,
  confirmClass,
  interactionCustomerIds,
  interactionDeadlines,
  interactionTransitions,
  onInteractionDeadline,
  reclassify,
  recordInteraction,
  tellCustomer,
  noteComplaintReply,
  type Classify,
  type RecordInteraction,
} from './interaction';
import { acceptHandover, declineHandover, offerHandover } from './interaction-handover';
import {
  interactionStatuses,
  type ComplaintIntake,
  type InteractionItem,
  type InteractionState,
  type TellingKind,
} from './interaction-state';
import { defaultReceptionPolicy as policy } from './policy';

const receivedAt = at('2026-03-02 09:02');

const leakingTap: RecordInteraction = {
  id: 'interaction-1',
  projectId: 'jx',
  number: 'JX-20260302-001',
  channel: 'PHONE',
  customerId: 'wang',
  callerName: null,
  callbackContact: null,
  accompanyingCustomerIds: [],
  unitId: '3-2-1201',
  buildingId: 'b3',
  content: '厨房水龙头漏水',
  topic: 'PLUMBING',
  receivedAt,
  receivedBy: 'zhou',
  facts: {
    matter: 'FAULT',
    wantsToComplain: false,
    warrantyEndsOn: '2025-06-30',
    faultDuty: 'COMPANY',
    partnersEquipment: false,
    needsOthers: false,
    expectedDays: null,
  },
};

function recording(change: Partial<RecordInteraction> = {}, time = receivedAt) {
  return recordInteraction({ ...leakingTap, ...change }, time, 'Asia/Shanghai', policy);
}

function anInteraction(change: Partial<InteractionState> = {}): InteractionState {
  return { ...accepted(recording()), ...change };
}

function told(state: InteractionState, kind: TellingKind, time: Date, by = 'zhou'): InteractionState {
  return accepted(tellCustomer(state, { kind, channel: 'PHONE', text: '已修好', by }, time));
}

const liftComplaint: ComplaintIntake = { causeClass: 'CLASS_1', facts: [], namedStaffIds: [] };

describe('recording a contact', () => {
  rule(
    ['REC-01', 'REC-02', 'REC-03'],
    'it is owned by whoever received it, and its class is proposed',
    () => {
      const decision = recording();
      expect(accepted(decision)).toMatchObject({
        status: 'OPEN',
        label: null,
        number: 'JX-20260302-001',
        ownerId: 'zhou',
        proposedClass: 'OWN_REPAIR',
        confirmedClass: null,
      });
      expect(factsOf(decision)).toEqual([
        {
          type: 'InteractionRecorded',
          interactionId: 'interaction-1',
          projectId: 'jx',
          ownerId: 'zhou',
          number: 'JX-20260302-001',
          channel: 'PHONE',
          customerIds: ['wang'],
          unitId: '3-2-1201',
          buildingId: 'b3',
          topic: 'PLUMBING',
          receivedAt,
          receivedBy: 'zhou',
          proposedClass: 'OWN_REPAIR',
          at: receivedAt,
        },
      ]);
    },
  );

  rule('REC-01', 'everything that is missing is named at once', () => {
    const nobody = { customerId: null, callerName: ' ', callbackContact: '', content: '  ' };
    expect(refusal(recording(nobody))).toEqual({
      code: 'INTERACTION_DETAILS_MISSING',
      data: { missing: ['content', 'who', 'callbackContact'] },
    });
  });

  rule('REC-01', 'a caller whom nobody knows leaves a name and a contact', () => {
    const stranger = { customerId: null, callerName: '马丽' };
    expect(refusal(recording(stranger)).data).toEqual({ missing: ['callbackContact'] });
    expect(accepted(recording({ ...stranger, callbackContact: '139…' })).customerId).toBeNull();
  });

  rule.each(['LETTER', 'LETTER_BOX', 'PATROL'] as const)(
    'REC-01',
    'what comes by %s may come from nobody in particular',
    (channel) => {
      expect(accepted(recording({ channel, customerId: null })).channel).toBe(channel);
    },
  );

  rule('REC-01', 'nothing is received in the future', () => {
    const later = at('2026-03-02 09:03');
    expect(refusal(recording({ receivedAt: later })).code).toBe('INTERACTION_RECEIVED_IN_FUTURE');
    expect(accepted(recording({ receivedAt: later }, later)).receivedAt).toEqual(later);
  });

  rule('REC-01', 'a group that comes together is counted by its different customers', () => {
    const accompanyingCustomerIds = ['b', 'c', 'a', 'b'];
    expect(interactionCustomerIds({ customerId: 'a', accompanyingCustomerIds })).toEqual(['a', 'b', 'c']);
    expect(interactionCustomerIds({ customerId: null, accompanyingCustomerIds: [] })).toEqual([]);
  });
});

describe('the class of a contact', () => {
  rule('REC-02', 'the agent confirms what was proposed', () => {
    const decision = confirmClass(anInteraction(), { to: 'OWN_REPAIR', by: 'zhou' }, receivedAt);
    expect(accepted(decision)).toMatchObject({
      confirmedClass: 'OWN_REPAIR',
      classChanges: [{ from: null, to: 'OWN_REPAIR', asProposed: true, by: 'zhou', changedAt: receivedAt }],
    });
    expect(factsOf(decision)[0]).toMatchObject({ class: 'OWN_REPAIR', asProposed: true, causeClass: null });
  });

  rule('REC-02', 'the agent takes another class, and it shows that it was not the proposed one', () => {
    const decision = confirmClass(anInteraction(), { to: 'VENDOR', by: 'zhou' }, receivedAt);
    expect(factsOf(decision)[0]).toMatchObject({
      class: 'VENDOR',
      proposedClass: 'OWN_REPAIR',
      asProposed: false,
    });
  });

  rule('REC-02', 'a class is confirmed once; after that it is changed, with a reason that is kept', () => {
    const confirmed = accepted(confirmClass(anInteraction(), { to: 'ENQUIRY', by: 'zhou' }, receivedAt));
    const later = at('2026-03-02 10:00');
    expect(refusal(confirmClass(confirmed, { to: 'VENDOR', by: 'zhou' }, later)).code).toBe(
      'INTERACTION_CLASS_ALREADY_CONFIRMED',
    );
    expect(refusal(reclassify(confirmed, { to: 'VENDOR', by: 'lin', reason: ' ' }, later)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
    expect(refusal(reclassify(confirmed, { to: 'ENQUIRY', by: 'lin', reason: '同类' }, later)).code).toBe(
      'INTERACTION_CLASS_UNCHANGED',
    );
    const decision = reclassify(confirmed, { to: 'OWN_REPAIR', by: 'lin', reason: '实为报修' }, later);
    expect(accepted(decision).classChanges).toMatchObject([
      { from: null, to: 'ENQUIRY', asProposed: false, by: 'zhou', reason: null, changedAt: receivedAt },
      {
        from: 'ENQUIRY',
        to: 'OWN_REPAIR',
        asProposed: true,
        by: 'lin',
        reason: '实为报修',
        changedAt: later,
      },
    ]);
    expect(factsOf(decision)[0]).toMatchObject({ previousClass: 'ENQUIRY' });
  });

  rule('REC-02', 'a contact without a class cannot have it changed', () => {
    expect(
      refusal(reclassify(anInteraction(), { to: 'VENDOR', by: 'zhou', reason: 'x' }, receivedAt)),
    ).toEqual({
      code: 'INTERACTION_CLASS_NOT_CONFIRMED',
      data: { proposedClass: 'OWN_REPAIR' },
    });
  });

  rule(
    'REC-17',
    'twelve residents about the lift bring all that the complaints service opens its case from',
    () => {
      const residents = Array.from({ length: 11 }, (_, index) => `resident-${index + 2}`);
      const recorded = accepted(
        recording({
          customerId: 'resident-1',
          accompanyingCustomerIds: residents,
          unitId: null,
          topic: 'LIFT',
        }),
      );
      const complaint: ComplaintIntake = {
        causeClass: 'CLASS_1',
        facts: ['MEDIA_EXPOSURE_LIKELY'],
        namedStaffIds: ['li'],
      };
      const decision = confirmClass(recorded, { to: 'COMPLAINT', complaint, by: 'zhou' }, receivedAt);
      expect(factsOf(decision)[0]).toMatchObject({
        type: 'InteractionClassified',
        class: 'COMPLAINT',
        causeClass: 'CLASS_1',
        facts: ['MEDIA_EXPOSURE_LIKELY'],
        namedStaffIds: ['li'],
        topic: 'LIFT',
        customerIds: ['resident-1', ...residents],
        unitId: null,
        buildingId: 'b3',
        receivedAt,
        receivedBy: 'zhou',
        channel: 'PHONE',
      });
    },
  );

  rule('REC-17', 'a complaint needs its cause class and a topic', () => {
    const noTopic = anInteraction({ topic: null });
    const classify = (state: InteractionState, more: Partial<Classify>) =>
      confirmClass(state, { to: 'COMPLAINT', by: 'zhou', ...more }, receivedAt);
    expect(refusal(classify(noTopic, {}))).toEqual({
      code: 'COMPLAINT_INTAKE_MISSING',
      data: { missing: ['complaint', 'topic'] },
    });
    expect(refusal(classify(anInteraction(), {})).data).toEqual({ missing: ['complaint'] });
    expect(refusal(classify(noTopic, { complaint: liftComplaint })).data).toEqual({ missing: ['topic'] });
    const decision = classify(noTopic, { complaint: liftComplaint, topic: 'LIFT' });
    expect(accepted(decision).topic).toBe('LIFT');
    expect(factsOf(decision)[0]).toMatchObject({ topic: 'LIFT' });
  });

  rule('REC-17', 'what is not a complaint carries nothing of one', () => {
    const complaint = liftComplaint;
    const confirmed = accepted(
      confirmClass(anInteraction(), { to: 'COMPLAINT', complaint, by: 'zhou' }, receivedAt),
    );
    const decision = reclassify(
      confirmed,
      { to: 'ENQUIRY', complaint, by: 'lin', reason: '误录' },
      receivedAt,
    );
    expect(accepted(decision).complaint).toBeNull();
    expect(factsOf(decision)[0]).toMatchObject({ previousClass: 'COMPLAINT', causeClass: null, facts: [] });
  });
});

describe('first-contact ownership', () => {
  const offer = { toId: 'lin', by: 'zhou', bySupervisor: false, note: null };
  const offered = accepted(offerHandover(anInteraction(), offer, receivedAt));

  rule('REC-03', 'an offer changes nothing until it is accepted', () => {
    expect(offered.ownerId).toBe('zhou');
    const decision = acceptHandover(offered, { by: 'lin' }, receivedAt);
    expect(accepted(decision)).toMatchObject({ ownerId: 'lin', handoverOffer: null });
    expect(factsOf(decision)).toEqual([
      {
        type: 'InteractionHandedOver',
        interactionId: 'interaction-1',
        projectId: 'jx',
        fromId: 'zhou',
        toId: 'lin',
        at: receivedAt,
      },
    ]);
  });

  rule('REC-03', 'a declined offer leaves the contact with its owner', () => {
    const declined = accepted(declineHandover(offered, { by: 'lin', reason: '不当班' }, receivedAt));
    expect(declined).toMatchObject({ ownerId: 'zhou', handoverOffer: null });
    expect(refusal(declineHandover(offered, { by: 'lin', reason: '' }, receivedAt)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
  });

  rule('REC-03', 'only the colleague to whom it was offered answers the offer', () => {
    const notHis = { code: 'HANDOVER_OFFERED_TO_ANOTHER', data: { offeredToId: 'lin' } };
    expect(refusal(acceptHandover(offered, { by: 'qian' }, receivedAt))).toEqual(notHis);
    expect(refusal(declineHandover(offered, { by: 'zhou', reason: 'x' }, receivedAt))).toEqual(notHis);
    expect(refusal(acceptHandover(anInteraction(), { by: 'lin' }, receivedAt)).code).toBe(
      'NO_HANDOVER_OFFERED',
    );
  });

  rule('REC-03', 'only the owner offers it, or a supervisor in his absence', () => {
    expect(refusal(offerHandover(anInteraction(), { ...offer, by: 'qian' }, receivedAt))).toEqual({
      code: 'NOT_THE_OWNER',
      data: { ownerId: 'zhou' },
    });
    const bySupervisor = offerHandover(
      anInteraction(),
      { ...offer, by: 'sup', bySupervisor: true },
      receivedAt,
    );
    expect(accepted(bySupervisor).ownerId).toBe('zhou');
    expect(refusal(offerHandover(anInteraction(), { ...offer, toId: 'zhou' }, receivedAt)).code).toBe(
      'HANDOVER_TO_THE_OWNER',
    );
  });

  rule('REC-03', 'whatever is offered, accepted and declined, there is always exactly one owner', () => {
    const staff = fc.constantFrom('zhou', 'lin', 'qian');
    const step = fc.oneof(
      fc.record({ what: fc.constant('offer' as const), by: staff, to: staff, supervisor: fc.boolean() }),
      fc.record({ what: fc.constantFrom('accept' as const, 'decline' as const), by: staff }),
      fc.record({ what: fc.constantFrom('tell' as const, 'close' as const), by: staff }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = anInteraction({ confirmedClass: 'ENQUIRY' });
        let owner = 'zhou';
        let offeredTo: string | null = null;
        for (const one of steps) {
          const open = state.status === 'OPEN';
          if (one.what === 'offer') {
            const allowed = open && one.to !== owner && (one.supervisor || one.by === owner);
            if (allowed) offeredTo = one.to;
          } else if (open && one.by === offeredTo && one.what !== 'tell' && one.what !== 'close') {
            if (one.what === 'accept') owner = one.by;
            offeredTo = null;
          }
          const decision =
            one.what === 'offer'
              ? offerHandover(
                  state,
                  { toId: one.to, by: one.by, bySupervisor: one.supervisor, note: null },
                  receivedAt,
                )
              : one.what === 'accept'
                ? acceptHandover(state, { by: one.by }, receivedAt)
                : one.what === 'decline'
                  ? declineHandover(state, { by: one.by, reason: '忙' }, receivedAt)
                  : one.what === 'tell'
                    ? tellCustomer(
                        state,
                        { kind: 'RESULT', channel: 'PHONE', text: '好', by: one.by },
                        receivedAt,
                      )
                    : closeInteraction(state, { by: one.by, bySupervisor: false }, [], receivedAt);
          if (decision.outcome === 'accepted') state = decision.state;
          expect(state.ownerId).toBe(owner);
        }
      }),
    );
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

describe('status and command', () => {
  const unanswered = { toId: 'lin', byId: 'zhou', note: null, offeredAt: receivedAt };
  const confirmed = told(
    anInteraction({ confirmedClass: 'ENQUIRY', handoverOffer: unanswered }),
    'RESULT',
    receivedAt,
  );
  const telling = { kind: 'RESULT', channel: 'PHONE', text: '好', by: 'zhou' } as const;

  rule(['REC-02', 'REC-03', 'REC-04', 'REC-05'], 'nothing happens to a closed contact any more', () => {
    expect(
      wrongCells({
        table: interactionTransitions,
        states: { OPEN: confirmed, CLOSED: { ...confirmed, status: 'CLOSED' } },
        commands: {
          confirmClass: (state) =>
            confirmClass({ ...state, confirmedClass: null }, { to: 'VENDOR', by: 'zhou' }, receivedAt),
          reclassify: (state) => reclassify(state, { to: 'VENDOR', by: 'zhou', reason: '外联' }, receivedAt),
          offerHandover: (state) =>
            offerHandover(state, { toId: 'lin', by: 'zhou', bySupervisor: false, note: null }, receivedAt),
          acceptHandover: (state) => acceptHandover(state, { by: 'lin' }, receivedAt),
          declineHandover: (state) => declineHandover(state, { by: 'lin', reason: '忙' }, receivedAt),
          tellCustomer: (state) => tellCustomer(state, telling, receivedAt),
          flagSilence: (state) =>
            onInteractionDeadline(state, 'CUSTOMER_SILENCE', at('2026-03-04 09:02'), policy),
          close: (state) => closeInteraction(state, { by: 'zhou', bySupervisor: false }, [], receivedAt),
        },
        otherwise: { flagSilence: 'RECEPTION_DEADLINE_NOT_PENDING' },
      }),
    ).toEqual([]);
  });

  rule('REC-01', 'a contact comes back from the database as it was', () => {
    const complaint = { ...confirmed, complaint: liftComplaint, uninformedAt: receivedAt };
    const classified = accepted(
      reclassify(complaint, { to: 'VENDOR', by: 'zhou', reason: '外联' }, receivedAt),
    );
    for (const state of [complaint, classified]) expect(asStored(state)).toEqual(state);
  });

  rule('REC-04', 'every status of a contact can be reached', () => {
    expect(unreachableStatuses(interactionTransitions, interactionStatuses)).toEqual([]);
  });
});
