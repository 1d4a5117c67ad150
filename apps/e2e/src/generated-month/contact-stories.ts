import type { Random } from '../chaos/random';
import {
  Story,
  contactChannels,
  type ContactClass,
  type ContactFacts,
  type PlannedStep,
} from './planned-step';
import { day, hour, midnightOf, stretch, wallTime } from './wall-time';

/** How a repair of our own goes. */
export const repairCourses = ['KEPT', 'MOVED_AND_KEPT', 'LATE', 'AT_THE_VERY_END', 'SECOND_MISS'] as const;
export type RepairCourse = (typeof repairCourses)[number];

/** How an outside firm keeps its promise. */
export const vendorCourses = ['KEPT', 'LATE', 'AT_THE_VERY_MOMENT'] as const;
export type VendorCourse = (typeof vendorCourses)[number];

export interface ContactPlan {
  readonly name: string;
  readonly class: Exclude<ContactClass, 'COMPLAINT'>;
  readonly receivedAt: number;
  readonly customer: number;
  /** The facts speak for an enquiry, and the agent confirms something else. */
  readonly proposedWrongly: boolean;
  readonly repair: RepairCourse;
  readonly vendor: VendorCourse;
  /** Nobody tells the customer anything for more than two days. */
  readonly silent: boolean;
}

const factsOf: Record<Exclude<ContactClass, 'COMPLAINT'>, ContactFacts> = {
  ENQUIRY: { matter: 'QUESTION' },
  OWN_REPAIR: { matter: 'FAULT', faultDuty: 'COMPANY' },
  RECTIFICATION: { matter: 'FAULT', faultDuty: 'BUILDER' },
  VENDOR: { matter: 'FAULT', partnersEquipment: true },
  COMMUNICATION: { matter: 'OPINION', needsOthers: true, expectedDays: 5 },
  SPECIAL_SERVICE: { matter: 'SPECIAL_SERVICE' },
  SALES_ENQUIRY: { matter: 'HOME_PURCHASE' },
  COUNTER_BUSINESS: { matter: 'COUNTER_BUSINESS' },
};

/** 10:00 of a day after that of the minute. */
const morningAfter = (minutes: number, days: number): number => midnightOf(minutes) + days * day + 10 * hour;

/** Minutes until the first word, as long as a desk takes. */
const soon = (random: Random): number => stretch(hour, random);

function result(story: Story, at: number): void {
  story.at(at, 'FRONT_DESK', 'tellCustomer', { kind: 'RESULT' }).at(at, 'FRONT_DESK', 'closeInteraction', {});
}

/** An appointment of the next morning, 10:00 to 12:00, and what became of it. */
function ownRepair(story: Story, { receivedAt, repair, silent }: ContactPlan, random: Random): void {
  const from = morningAfter(receivedAt, 1);
  const agreed = (begin: number) => ({
    fromAt: wallTime(begin),
    toAt: wallTime(begin + 2 * hour),
  });
  story.at(receivedAt, 'FRONT_DESK', 'issueWorkOrder', agreed(from));
  story.at(receivedAt + 30, 'EQUIPMENT_DEPARTMENT', 'acceptWorkOrder', {});
  if (!silent) story.at(receivedAt + soon(random), 'FRONT_DESK', 'tellCustomer', { kind: 'PROGRESS' });
  const isMoved = repair === 'MOVED_AND_KEPT' || repair === 'SECOND_MISS';
  const begin = isMoved ? from + day : from;
  if (isMoved) story.at(from - hour, 'FRONT_DESK', 'rescheduleWorkOrder', agreed(begin));
  const end = begin + 2 * hour;
  const doneAt = {
    KEPT: begin + stretch(1.5 * hour, random),
    MOVED_AND_KEPT: begin + stretch(1.5 * hour, random),
    LATE: end + stretch(5 * hour, random),
    AT_THE_VERY_END: end,
    SECOND_MISS: end + stretch(4 * hour, random),
  }[repair];
  // A word in between, so that a long repair is no silence where none is planned.
  if (isMoved && !silent) story.at(from, 'FRONT_DESK', 'tellCustomer', { kind: 'PROGRESS' });
  story.at(begin + 30, 'EQUIPMENT_DEPARTMENT', 'arriveOnSite', {});
  story.at(doneAt, 'EQUIPMENT_DEPARTMENT', 'finishWorkOrder', {});
  const told = Math.max(doneAt + 30, silent ? receivedAt + 2 * day + 30 : 0);
  story.at(told, 'FRONT_DESK', 'confirmWorkOrder', {});
  result(story, told);
}

function rectification(story: Story, { receivedAt, silent }: ContactPlan, random: Random): void {
  story.at(receivedAt, 'FRONT_DESK', 'requestRectification', {});
  if (!silent) story.at(receivedAt + soon(random), 'FRONT_DESK', 'tellCustomer', { kind: 'PROGRESS' });
  story.at(receivedAt + hour, 'OFFICE_DIRECTOR', 'verifyRectification', {});
  story.at(morningAfter(receivedAt, 1), 'DEVELOPER_PROJECT_DEPARTMENT', 'signForRectification', {});
  const doneAt = morningAfter(receivedAt, 2 + random.below(6)) + stretch(6 * hour, random);
  if (!silent) {
    for (let at = morningAfter(receivedAt, 1); at < doneAt; at += day) {
      story.at(at, 'FRONT_DESK', 'tellCustomer', { kind: 'PROGRESS' });
    }
  }
  story.at(doneAt, 'DEVELOPER_PROJECT_DEPARTMENT', 'confirmRectificationCompletion', {});
  result(story, Math.max(doneAt + 30, silent ? receivedAt + 2 * day + 30 : 0));
}

function vendor(story: Story, { receivedAt, vendor: course, silent }: ContactPlan, random: Random): void {
  const promised = morningAfter(receivedAt, 1) + 5 * hour;
  story.at(receivedAt, 'FRONT_DESK', 'openVendorFollowUp', { promisedAt: wallTime(promised) });
  if (!silent) story.at(receivedAt + soon(random), 'FRONT_DESK', 'tellCustomer', { kind: 'PROGRESS' });
  const arrivesAt = {
    KEPT: promised - stretch(4 * hour, random),
    LATE: promised + stretch(2 * hour, random),
    AT_THE_VERY_MOMENT: promised,
  }[course];
  if (course === 'LATE') story.at(promised + 30, 'FRONT_DESK', 'remindFollowUp', {});
  story.at(arrivesAt, 'FRONT_DESK', 'recordFollowUpArrival', {});
  const mended = Math.max(arrivesAt + 30, silent ? receivedAt + 2 * day + 30 : 0);
  story.at(mended, 'FRONT_DESK', 'recordFollowUpResult', {});
  story.at(mended, 'FRONT_DESK', 'recordFollowUpReply', {});
  story.at(mended, 'FRONT_DESK', 'closeFollowUp', {});
  result(story, mended);
}

function communication(story: Story, { receivedAt, silent }: ContactPlan, random: Random): void {
  story.at(receivedAt, 'FRONT_DESK', 'openCommunicationFollowUp', { expectedDays: 5 });
  const doneAt = morningAfter(receivedAt, 3 + random.below(4)) + stretch(5 * hour, random);
  if (!silent) {
    for (let at = receivedAt + soon(random); at < doneAt; at += day) {
      story.at(at, 'FRONT_DESK', 'tellCustomer', { kind: 'PROGRESS' });
    }
  }
  story.at(doneAt, 'FRONT_DESK', 'recordFollowUpResult', {});
  story.at(doneAt, 'FRONT_DESK', 'recordFollowUpReply', {});
  story.at(doneAt, 'FRONT_DESK', 'closeFollowUp', {});
  result(story, doneAt);
}

/** One contact from its receipt to 已完成. */
export function contactStory(plan: ContactPlan, random: Random): readonly PlannedStep[] {
  const story = new Story(plan.name);
  const { class: confirmed, receivedAt, customer, proposedWrongly, silent } = plan;
  story.at(receivedAt, 'FRONT_DESK', 'recordInteraction', {
    channel: random.oneOf(contactChannels),
    customers: [customer],
    insideWarranty: confirmed === 'RECTIFICATION',
    topic: confirmed,
    facts: proposedWrongly ? factsOf.ENQUIRY : factsOf[confirmed],
  });
  story.at(receivedAt, 'FRONT_DESK', 'confirmInteractionClass', {
    class: proposedWrongly ? confirmed : null,
    causeClass: null,
  });
  switch (confirmed) {
    case 'OWN_REPAIR':
      ownRepair(story, plan, random);
      break;
    case 'RECTIFICATION':
      rectification(story, plan, random);
      break;
    case 'VENDOR':
      vendor(story, plan, random);
      break;
    case 'COMMUNICATION':
      communication(story, plan, random);
      break;
    default:
      result(story, receivedAt + (silent ? 2 * day + hour : stretch(30, random)));
  }
  return story.steps;
}
