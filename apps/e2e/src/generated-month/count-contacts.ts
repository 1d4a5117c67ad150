import type { ContactClass, ContactFacts } from './planned-step';
import { countEvidence } from './count-told';
import type { Played, Tally } from './tally';
import { day, minutesOf } from './wall-time';

/** What the desk's facts speak for. */
function proposed(facts: ContactFacts, insideWarranty: boolean): ContactClass {
  if (facts.wantsToComplain) return 'COMPLAINT';
  if (facts.matter === 'FAULT') {
    if (facts.faultDuty === 'BUILDER' && insideWarranty) return 'RECTIFICATION';
    return facts.partnersEquipment ? 'VENDOR' : 'OWN_REPAIR';
  }
  if (facts.matter === 'QUESTION' || facts.matter === 'OPINION') {
    return facts.needsOthers && (facts.expectedDays ?? 0) > 2 ? 'COMMUNICATION' : 'ENQUIRY';
  }
  return facts.matter === 'HOME_PURCHASE' ? 'SALES_ENQUIRY' : facts.matter;
}

/** Two days without a word: once for each time between two words that is as long. */
function countSilences(story: Played, receivedAt: number, tally: Tally): void {
  let since = receivedAt;
  for (const word of story.times('tellCustomer')) {
    if (word - since >= 2 * day) {
      tally.add('customers_left_without_word', since + 2 * day);
      countEvidence(tally, since + 2 * day, 'CLOCK_MISSED');
    }
    since = word;
  }
}

function countRepair(story: Played, tally: Tally): void {
  const issued = story.one('issueWorkOrder');
  if (!issued) return;
  tally.add('work_orders_issued', minutesOf(issued.at));
  const doneAt = story.time('finishWorkOrder')!;
  const moves = story.all('rescheduleWorkOrder');
  // An appointment ends with the next move, or at its own end.
  const missed = [issued, ...moves]
    .map((step, index) => ({ end: minutesOf(step.input.toAt), moved: moves[index]?.at }))
    .filter(({ end, moved }) => doneAt >= end && (moved === undefined || minutesOf(moved) >= end))
    .map(({ end }) => end);
  tally.add('work_orders_done', doneAt);
  tally.share('work_orders_on_time', doneAt, missed.length === 0);
  const [first] = missed;
  if (first === undefined) return;
  tally.add('work_orders_overdue', first);
  tally.add('follow_up_entered', first, 1, 'ENGINEERING');
  tally.share('follow_up_hours', doneAt, (doneAt - first) / 60, 'ENGINEERING');
  // Not kept: what it moved, and what it missed. The second of them that is a miss breaches.
  const breach = missed[Math.max(0, 1 - moves.length)];
  if (breach === undefined) return;
  tally.add('second_misses', breach);
  countEvidence(tally, breach, 'APPOINTMENT_BREACHED');
}

function countRegister(story: Played, tally: Tally): void {
  const closedAt = story.time('closeFollowUp');
  if (closedAt === null) return;
  const vendor = story.one('openVendorFollowUp');
  const category = vendor ? 'VENDOR' : 'COMMUNICATION';
  const enteredAt = vendor ? minutesOf(vendor.at) : story.time('openCommunicationFollowUp')!;
  tally.add('follow_up_entered', enteredAt, 1, category);
  tally.share('follow_up_hours', closedAt, (closedAt - enteredAt) / 60, category);
  if (!vendor) return;
  const promised = minutesOf(vendor.input.promisedAt);
  if (story.time('recordFollowUpArrival')! < promised) return;
  tally.add('vendor_promises_missed', promised);
  countEvidence(tally, promised, 'PARTNER_LATE');
}

/** A contact and what it led to, besides a complaint. */
export function countContact(story: Played, tally: Tally): void {
  const { at, input } = story.one('recordInteraction')!;
  const receivedAt = minutesOf(at);
  const suggestion = proposed(input.facts, input.insideWarranty);
  const confirmed = story.one('confirmInteractionClass')!.input.class ?? suggestion;
  tally.add('contacts_received', receivedAt, 1, confirmed, input.channel, at.slice(11, 13));
  if (['OWN_REPAIR', 'VENDOR', 'RECTIFICATION'].includes(confirmed)) {
    tally.add('service_items', receivedAt, 1, confirmed);
  }
  tally.share('classified_as_proposed', receivedAt, confirmed === suggestion, confirmed);
  const toldAt = story.time('tellCustomer');
  if (toldAt !== null) {
    tally.share('first_reply_hours', receivedAt, (toldAt - receivedAt) / 60, confirmed);
  }
  tally.add('contacts_closed', story.time('closeInteraction'), 1, confirmed);
  countSilences(story, receivedAt, tally);
  countRepair(story, tally);
  countRegister(story, tally);
  tally.add('rectifications_completed', story.time('confirmRectificationCompletion'));
}
