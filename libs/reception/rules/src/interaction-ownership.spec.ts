import fc from 'fast-check';
import { accepted, factsOf, refusal, rule } from '@anju/testing';
import { closeInteraction, tellCustomer } from './interaction';
import { acceptHandover, declineHandover, offerHandover } from './interaction-handover';
import { receivedAt, anInteraction } from './interaction-story';

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
