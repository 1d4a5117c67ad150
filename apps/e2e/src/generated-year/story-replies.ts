import type { LaterStep, Person } from './case-step';
import { hour } from './naive-calendar';
import type { Intention, StoryPlanner } from './story-planner';
import { tellings } from './year-words';

type Turn = readonly [LaterStep | Intention, Person?];

/** The answer of a case that is answered by approved replies alone: written, approved and sent by then (CMP-08). */
export function planAnswer(story: StoryPlanner, from: number, sentAt: number): void {
  const { counted, random, year } = story;
  const reply = (): number => counted.replies.length;
  const statesMeasures = !story.oneIn(10);
  const steps: readonly Turn[] = [
    [{ command: 'draftComplaintReply', audience: 'CUSTOMER', statesMeasures, asksGeneralManager: false }],
    [() => ({ command: 'submitComplaintReply', reply: reply() })],
    [() => ({ command: 'approveComplaintReply', reply: reply(), revision: 1 })],
    [
      // Where the company asks two.
      () => {
        const isAsked = counted.replies.at(-1)?.status === 'IN_APPROVAL';
        return isAsked ? { command: 'approveComplaintReply', reply: reply(), revision: 1 } : null;
      },
      'MANAGER',
    ],
    [() => ({ command: 'sendComplaintReply', reply: reply(), channel: random.oneOf(tellings) })],
  ];
  const between = Math.min(2 * hour, Math.max(0, sentAt - from) / (steps.length + 1));
  steps.forEach(([what, by], index) => {
    const before = (steps.length - 1 - index) * between;
    story.plan(before === 0 ? sentAt : Math.min(sentAt, year.onSlot(sentAt - before)), what, by);
  });
}

/** A reply on its way up and out, as smoothly or as roughly as it goes (CMP-08). */
export function planReply(story: StoryPlanner, at: number): void {
  const { counted, random } = story;
  const isOwed = counted.owed('REPLY').length > 0;
  if (!(isOwed ? story.oneIn(3) : story.rarely(16))) return;
  const isPublic = !isOwed && story.oneIn(2);
  const asksGeneralManager = isPublic ? story.oneIn(3) : story.oneIn(12);
  const audience = isPublic ? 'PUBLIC_PLATFORM' : 'CUSTOMER';
  const statesMeasures = !story.oneIn(3);
  const own = (by: Person): readonly Turn[] => [
    [{ command: 'draftComplaintReply', audience, statesMeasures, asksGeneralManager }, by],
    [onLast('submitComplaintReply')],
  ];
  const onLast =
    (command: 'submitComplaintReply' | 'reviseComplaintReply' | 'withdrawComplaintReply'): Intention =>
    () => ({ command, reply: counted.replies.length });
  const verdict =
    (command: 'approveComplaintReply' | 'sendBackComplaintReply', revision?: number): Intention =>
    () => {
      const reply = counted.replies.length;
      return { command, reply, revision: revision ?? counted.replies.at(-1)?.writers.length ?? 1 };
    };
  const send: Turn = [
    () => ({
      command: 'sendComplaintReply',
      reply: counted.replies.length,
      channel: random.oneOf([...tellings, 'QQ_GROUP']),
    }),
  ];
  const approve = verdict('approveComplaintReply');
  // Everybody of any ladder: who is not asked is told so, or the reply is through already.
  const lower: readonly Person[] = isPublic ? ['MANAGER', 'DIVISION_LEADER'] : ['SUPERVISOR', 'MANAGER'];
  const upper: readonly Person[] = asksGeneralManager ? ['GENERAL_MANAGER'] : [];
  const approvals = [...lower, ...upper].map((by): Turn => [approve, by]);
  const ways: readonly (readonly Turn[])[] = [
    [...own('HANDLER'), ...approvals, send],
    [...own('HANDLER'), ...approvals, send],
    [...own('HANDLER'), ...approvals, send],
    // Edited after its approval: it begins anew.
    [
      ...[...own('HANDLER'), ...approvals, [onLast('reviseComplaintReply')] as const, send],
      ...[
        [verdict('approveComplaintReply', 1), 'SUPERVISOR'] as const,
        [onLast('submitComplaintReply')] as const,
      ],
      ...[[verdict('approveComplaintReply', 1), 'SUPERVISOR'] as const, ...approvals, send],
    ],
    // Sent back.
    [
      ...[...own('HANDLER'), [verdict('sendBackComplaintReply'), lower[0]] as const],
      ...[[onLast('submitComplaintReply')] as const, [onLast('reviseComplaintReply')] as const],
      ...[[onLast('submitComplaintReply')] as const, ...approvals, send],
    ],
    // Whoever wrote it does not approve it, nor does he who is not asked, nor one twice.
    [
      ...[...own('SUPERVISOR'), [approve, 'SUPERVISOR'] as const, [approve, 'GENERAL_MANAGER'] as const],
      ...[[approve, 'DIRECTOR'] as const, [approve, 'MANAGER'] as const, [approve, 'MANAGER'] as const],
      ...[[approve, 'DIVISION_LEADER'] as const, [approve, 'GENERAL_MANAGER'] as const, send, send],
    ],
    // Given up.
    [...own('HANDLER'), [onLast('withdrawComplaintReply')], [approve, 'SUPERVISOR'], send],
    // Nobody goes on with it.
    own('HANDLER'),
  ];
  story.inTurn(at + hour, story.oneIn(3) ? 3 * hour : hour / 4, random.oneOf(ways));
}
