import type { Random } from '../chaos/random';
import type { Punctuality } from './complaint-stories';
import { Story, leadSources, type PlannedStep } from './planned-step';
import { day, deskTime, hour, oneWorkingDayAfter, stretch } from './wall-time';

/** How a consultant follows a prospect up. */
export const leadCourses = ['FOLLOWED_UP', 'ONE_TOO_LATE', 'NOT_REACHED', 'FORGOTTEN'] as const;
export type LeadCourse = (typeof leadCourses)[number];

/** What becomes of the filing of a contract. */
export const filingCourses = ['KEPT', 'SENT_BACK_AND_KEPT', 'AT_THE_VERY_MOMENT', 'LATE', 'NEVER'] as const;
export type FilingCourse = (typeof filingCourses)[number];

export interface LeadPlan {
  readonly name: string;
  readonly receivedAt: number;
  readonly kind: 'CALL' | 'VISIT';
  readonly customer: number;
  readonly course: LeadCourse;
}

export interface ContractPlan {
  readonly name: string;
  readonly signedAt: number;
  readonly customer: number;
  readonly unit: number;
  readonly filing: FilingCourse;
  readonly telling: Punctuality | 'NEVER';
}

const consultant = 'PROPERTY_CONSULTANT';
const signing = 'SIGNING_SPECIALIST';

function receive(
  story: Story,
  { receivedAt, kind, customer }: Pick<LeadPlan, 'receivedAt' | 'kind' | 'customer'>,
  random: Random,
) {
  story.at(receivedAt, consultant, 'recordLead', { kind, source: random.oneOf(leadSources), customer });
}

/** A prospect who has not bought, or not yet. */
export function leadStory(plan: LeadPlan, random: Random): readonly PlannedStep[] {
  const { receivedAt, kind, course } = plan;
  const story = new Story(plan.name);
  receive(story, plan, random);
  const owed = kind === 'VISIT' ? 3 : 2;
  const first = deskTime(receivedAt, 1, random);
  if (course === 'FORGOTTEN') return story.steps;
  if (course === 'NOT_REACHED') {
    for (let tries = 0; tries < owed; tries += 1) {
      story.at(first + tries * 5 * day, consultant, 'followUpLead', { outcome: 'NOT_REACHED' });
    }
    return story.steps;
  }
  const late = course === 'ONE_TOO_LATE' ? 3 * day : 0;
  for (let made = 0; made < owed; made += 1) {
    const at = first + made * 5 * day + (made > 0 ? late : 0);
    story.at(at, consultant, 'followUpLead', { outcome: made === 0 ? 'INTERESTED' : 'CONSIDERING' });
  }
  return story.steps;
}

/** A prospect who buys: from his visit over the subscription to the filed contract. */
export function contractStory(plan: ContractPlan, random: Random): readonly PlannedStep[] {
  const { signedAt, customer, unit, filing, telling } = plan;
  const story = new Story(plan.name);
  receive(story, { receivedAt: signedAt - 6 * day, kind: 'VISIT', customer }, random);
  for (const days of [5, 4, 3]) {
    story.at(signedAt - days * day, consultant, 'followUpLead', { outcome: 'INTERESTED' });
  }
  story.at(signedAt - 2 * day, consultant, 'openSale', { unit });
  const area = `${80 + random.below(60)}.${String(random.below(100)).padStart(2, '0')}`;
  story.at(signedAt - hour, signing, 'draftContract', {
    area,
    unitPrice: `${14_000 + random.below(4_000)}.${random.oneOf(['00', '50', '25'])}`,
    discount: random.below(3) === 0 ? `${5_000 + random.below(15_000)}.00` : null,
  });
  story.at(signedAt, signing, 'signContract', {});
  story.at(signedAt + 30, 'SALES_MANAGER', 'checkContract', {});
  if (filing === 'NEVER') return story.steps;
  const dueAt = signedAt + 30 * day;
  const submittedAt = {
    KEPT: signedAt + (2 + random.below(8)) * day,
    SENT_BACK_AND_KEPT: signedAt + 3 * day,
    AT_THE_VERY_MOMENT: dueAt,
    LATE: dueAt + stretch(3 * day, random),
  }[filing];
  story.at(submittedAt, signing, 'submitFiling', {});
  let handedIn = submittedAt;
  if (filing === 'SENT_BACK_AND_KEPT') {
    story.at(submittedAt + 2 * day, signing, 'noteFilingSentBack', {});
    // Mended, it is looked at once more before it goes in again.
    handedIn = submittedAt + 4 * day;
    story.at(handedIn, signing, 'submitFiling', {});
  }
  // Returned within desk hours, on which the time to tell the buyer counts.
  const returnedAt = deskTime(handedIn, 5 + random.below(8), random);
  story.at(returnedAt, signing, 'noteFilingReturned', {});
  const tellBy = oneWorkingDayAfter(returnedAt);
  if (telling === 'KEPT') story.at(returnedAt + stretch(hour, random), signing, 'tellContractReturned', {});
  if (telling === 'AT_THE_VERY_MOMENT') story.at(tellBy, signing, 'tellContractReturned', {});
  if (telling === 'LATE') story.at(tellBy + stretch(day, random), signing, 'tellContractReturned', {});
  return story.steps;
}
