import { minutesOf } from './wall-time';
import type { Played, Tally } from './tally';
import type { PlannedCommands } from './planned-step';

/** Commands that tell a customer something, and what kind of word the register calls it (COM-02). */
const words: readonly (readonly [keyof PlannedCommands, string])[] = [
  // The reply on an entry of the follow-up register is one to the customer.
  ['recordFollowUpReply', 'REPLY'],
  ['acknowledgeComplaint', 'ACKNOWLEDGEMENT'],
  ['respondToComplaint', 'REPLY'],
  ['sendComplaintReply', 'REPLY'],
  ['recordComplaintProgress', 'PROGRESS'],
  ['recordReturnVisit', 'RETURN_VISIT'],
  ['tellContractReturned', 'NOTICE'],
];

/** What customers were told, of whatever kind. */
export function countWords(story: Played, tally: Tally): void {
  for (const { at, input } of story.all('tellCustomer')) {
    tally.add('customer_words', minutesOf(at), 1, input.kind === 'RESULT' ? 'REPLY' : 'PROGRESS');
  }
  for (const [command, kind] of words) {
    for (const at of story.times(command)) tally.add('customer_words', at, 1, kind);
  }
}

/** Something that comes to the appraisal of an employee (APR-10); in this month nobody decides on any of it. */
export function countEvidence(tally: Tally, at: number, kind: string): void {
  tally.add('evidence_arrived', at, 1, kind);
  tally.add('evidence_waiting', at);
}
