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
  interactionTransitions,
  onInteractionDeadline,
  reclassify,
  tellCustomer,
  type Classify,
} from './interaction';
import { acceptHandover, declineHandover, offerHandover } from './interaction-handover';
import { interactionStatuses, type ComplaintIntake, type InteractionState } from './interaction-state';
import { receivedAt, recording, anInteraction, told, liftComplaint } from './interaction-story';
import { defaultReceptionPolicy as policy } from './policy';

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
