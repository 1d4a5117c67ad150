import type { Random } from '../chaos/random';
import { Story, contactChannels, type CauseClass, type PlannedStep } from './planned-step';
import { day, deskTime, hour, oneWorkingDayAfter, stretch } from './wall-time';

/** When a timed duty is done. */
export const punctualities = ['KEPT', 'AT_THE_VERY_MOMENT', 'LATE'] as const;
export type Punctuality = (typeof punctualities)[number];

/** How a case goes: at once settled, a week unresolved, or come back at its return visit. */
export const complaintCourses = ['PLAIN', 'A_WEEK_UNRESOLVED', 'COMES_BACK'] as const;
export type ComplaintCourse = (typeof complaintCourses)[number];

export interface ComplaintPlan {
  readonly name: string;
  readonly receivedAt: number;
  /** Different ones; from three on the case is hot, from ten on major. */
  readonly customers: readonly number[];
  readonly causeClass: CauseClass;
  readonly course: ComplaintCourse;
  readonly response: Punctuality;
  readonly demandForm: Punctuality;
  readonly specialReport: Punctuality;
  readonly returnVisit: Punctuality;
}

const topics = ['LIFT', 'NOISE', 'PARKING', 'CLEANING', 'SECURITY'] as const;
const supervisor = 'SERVICE_SUPERVISOR';

/** A moment of a duty that begins and is due at these. */
function moment(punctuality: Punctuality, from: number, dueAt: number, random: Random): number {
  if (punctuality === 'AT_THE_VERY_MOMENT') return dueAt;
  const toTheMinute = random.below(8) === 0;
  if (punctuality === 'LATE') return dueAt + (toTheMinute ? 1 : stretch(1.5 * hour, random));
  return toTheMinute ? dueAt - 1 : from + 30 + stretch(hour, random);
}

/** Steps are noted in any order and written in that of time. */
class Course {
  private readonly noted: { readonly at: number; readonly write: () => void }[] = [];

  constructor(readonly story: Story) {}

  note(at: number, write: () => void): void {
    this.noted.push({ at, write });
  }

  write(): void {
    for (const { write } of [...this.noted].sort((a, b) => a.at - b.at)) write();
  }
}

/** An answer that is approved before it goes out (CMP-08). */
function replyTo(story: Story, at: number, sequence: number): void {
  story
    .at(at, supervisor, 'draftComplaintReply', {})
    .at(at, supervisor, 'submitComplaintReply', { sequence })
    .at(at, 'OFFICE_DIRECTOR', 'approveComplaintReply', { sequence })
    .at(at, 'DEVELOPER_CUSTOMER_RELATIONS', 'sendComplaintReply', { sequence });
}

/** What the case owes by its cause class, before it is closed (CMP-09). */
function doWhatTheClassAsks(
  story: Story,
  at: number,
  { causeClass, customers }: ComplaintPlan,
  isHot: boolean,
): void {
  if (causeClass === 'CLASS_2') {
    const notice = { kind: 'FACILITIES_REPORT', to: 'DEVELOPER_CUSTOMER_RELATIONS' } as const;
    story.at(at, supervisor, 'issueComplaintNotice', notice);
  }
  if (causeClass !== 'CLASS_3') return;
  const concerned = ['MANAGEMENT_OFFICE', 'QUALITY_CENTRE', 'DIVISION_LEADER'] as const;
  for (const to of concerned.slice(0, customers.length >= 10 ? 3 : isHot ? 2 : 1)) {
    story.at(at, supervisor, 'issueComplaintNotice', { kind: 'IMPACT_REPORT', to });
  }
  story.at(at, supervisor, 'nameComplaintCoordinator', {}).at(at, supervisor, 'recordComplaintProgress', {});
}

/** One complaint from its contact to the closing of its case. */
export function complaintStory(plan: ComplaintPlan, random: Random): readonly PlannedStep[] {
  const { name, receivedAt, customers, causeClass, course: kind } = plan;
  const story = new Story(name);
  const course = new Course(story);
  const channel = random.oneOf(contactChannels);
  story.at(receivedAt, 'FRONT_DESK', 'recordInteraction', {
    channel,
    customers,
    insideWarranty: false,
    topic: random.oneOf(topics),
    facts: { matter: 'FAULT', wantsToComplain: true },
  });
  story.at(receivedAt, 'FRONT_DESK', 'confirmInteractionClass', { class: null, causeClass });
  story.at(receivedAt + 30, 'FRONT_DESK', 'tellCustomer', { kind: 'PROGRESS' });
  story.at(receivedAt + 30, 'FRONT_DESK', 'acknowledgeComplaint', {});

  let replies = 0;
  const respond = (from: number): number => {
    const at = moment(plan.response, from, oneWorkingDayAfter(from), random);
    course.note(at, () => {
      if (channel !== 'WEB') story.at(at, supervisor, 'respondToComplaint', {});
      else replyTo(story, at, (replies += 1));
    });
    return at;
  };
  const demand = (from: number): number => {
    const at = moment(plan.demandForm, from, oneWorkingDayAfter(from), random);
    course.note(at, () => story.at(at, supervisor, 'fileDemandForm', {}));
    return at;
  };

  const responded = respond(receivedAt);
  const severe = customers.length >= 3;
  const filed = severe ? demand(receivedAt) : receivedAt;
  const agedAt = receivedAt + 7 * day;
  const aged = kind === 'A_WEEK_UNRESOLVED' ? demand(agedAt) : receivedAt;
  // On the day after everything that the case owes before; no other case is a week old by then.
  const resolvedAt = deskTime(Math.max(responded, filed, aged), 1, random);
  // The desk goes on telling until the result is there.
  for (let at = receivedAt + day; at < resolvedAt; at += day) {
    course.note(at, () => story.at(at, 'FRONT_DESK', 'tellCustomer', { kind: 'PROGRESS' }));
  }
  course.note(resolvedAt, () =>
    story
      .at(resolvedAt, supervisor, 'resolveComplaint', {})
      .at(resolvedAt + 30, 'FRONT_DESK', 'tellCustomer', { kind: 'RESULT' })
      .at(resolvedAt + 30, 'FRONT_DESK', 'closeInteraction', {}),
  );
  const visit = (from: number, satisfaction: 1 | 2 | 3 | 4 | 5): number => {
    const dueAt = from + 3 * day;
    const at =
      plan.returnVisit === 'KEPT'
        ? deskTime(from, 1 + random.below(2), random)
        : moment(plan.returnVisit, from, dueAt, random);
    course.note(at, () => story.at(at, supervisor, 'recordReturnVisit', { satisfaction }));
    return at;
  };
  const report = (from: number): number => {
    const dueAt = from + 7 * day;
    const at =
      plan.specialReport === 'KEPT'
        ? deskTime(from, 4 + random.below(3), random)
        : moment(plan.specialReport, from, dueAt, random);
    course.note(at, () => story.at(at, supervisor, 'submitSpecialReport', {}));
    return at;
  };
  const isHot = severe || kind !== 'PLAIN';
  const close = (at: number) =>
    course.note(at, () => {
      doWhatTheClassAsks(story, at, plan, isHot);
      story.at(at, supervisor, 'closeComplaint', {});
    });

  if (kind === 'COMES_BACK') {
    const cameBackAt = visit(resolvedAt, random.oneOf([1, 2] as const));
    const again = Math.max(respond(cameBackAt), demand(cameBackAt));
    const resolvedAgainAt = deskTime(again, 1, random);
    course.note(resolvedAgainAt, () => story.at(resolvedAgainAt, supervisor, 'resolveComplaint', {}));
    const visited = visit(resolvedAgainAt, 4);
    close(Math.max(visited, report(resolvedAgainAt)) + 30);
  } else {
    const visited = visit(resolvedAt, random.oneOf([3, 4, 5] as const));
    close(Math.max(visited, isHot ? report(resolvedAt) : visited) + 30);
  }
  course.write();
  return story.steps;
}
