import { refuse, type Refused } from '@anju/kernel';
import { isSpoken } from './callbacks';
import type { ComplaintState, TellingChannel } from './complaint';
import type { ComplaintPolicy } from './policy';
import type { ComplaintRefusal } from './refusals';

/**
 * The refusal of an answer that would go out without the approval that it needs (CMP-08); null where it needs none.
 * Complaints on the web and from the developer's customer-relations centre are answered in wordings that the department
 * head has approved and that the centre sends; what everybody reads on a public platform climbs the ladder of those.
 *
 * Reading of source 4, 4.5.6.7: of such a complaint the response within one working day (CMP-05) is that reply, by
 * whatever channel. How the handling goes on may be told in conversation, as the promised call asks for it
 * (CMP-06), but not in writing. Thanks on receipt (CMP-04) and the questions of a return visit are no answers.
 */
export function unapprovedAnswer(
  { answersNeedApproval }: Pick<ComplaintState, 'answersNeedApproval'>,
  command: 'respondToComplaint' | 'recordComplaintProgress',
  channel: TellingChannel,
  { publicChannels, replyLadders }: ComplaintPolicy,
): Refused<ComplaintRefusal<'COMPLAINT_ANSWER_NOT_APPROVED'>> | null {
  const isPublic = publicChannels.includes(channel);
  const isConversation = command === 'recordComplaintProgress' && isSpoken(channel);
  if (!isPublic && (!answersNeedApproval || isConversation)) return null;
  const audience = isPublic ? 'PUBLIC_PLATFORM' : 'CUSTOMER';
  const approvers = replyLadders[audience];
  return refuse('COMPLAINT_ANSWER_NOT_APPROVED', {
    ...{ command, instead: 'draftComplaintReply' as const, audience, approvers },
  });
}
