import type { LaterStep } from './case-step';
import { day, hour } from './naive-calendar';
import type { Intention, StoryPlanner } from './story-planner';

const developer = 'DEVELOPER_CUSTOMER_RELATIONS';

/** What the class asks for, whatever it is by then; a few forget a part, and now and then it is another's (CMP-09). */
export function planClassWork(story: StoryPlanner, at: number): void {
  const { counted, random } = story;
  const kind = random.oneOf(['HOUSING_QUALITY_NOTICE', 'FACILITIES_REPORT']);
  const wrong: readonly LaterStep[] = [
    { command: 'issueComplaintNotice', kind: 'FACILITIES_REPORT', to: 'QUALITY_CENTRE' },
    { command: 'issueComplaintNotice', kind: 'IMPACT_REPORT', to: 'OUTSIDE_DEPARTMENT' },
    { command: 'nameComplaintCoordinator', coordinator: 'HANDLER' },
  ];
  if (story.rarely(20)) story.later(at, 5 * day, random.oneOf(wrong));
  const isOwed = (what: string): boolean => counted.owedByClass(at).includes(what);
  const asked = (what: string, step: LaterStep): void => {
    if (!story.oneIn(30)) story.later(at, day, () => (isOwed(what) ? step : null));
  };
  if (counted.causeClass === 'CLASS_2') {
    asked('NOTICE', { command: 'issueComplaintNotice', kind, to: developer });
  }
  if (counted.causeClass !== 'CLASS_3') return;
  const coordinator = random.oneOf(['HANDLER', 'OTHER_HANDLER', 'SUPERVISOR'] as const);
  asked('COORDINATOR', { command: 'nameComplaintCoordinator', coordinator });
  asked('PROGRESS', { command: 'recordComplaintProgress', toldBy: 'PHONE' });
  if (story.oneIn(20)) story.later(at + day, day, { command: 'nameComplaintCoordinator', coordinator });
}

/** The reports by impact, once the case is settled: what is owed then is mostly all that will be. */
export function planImpactReports(story: StoryPlanner, at: number): void {
  const { counted } = story;
  if (counted.causeClass !== 'CLASS_3' || story.oneIn(40)) return;
  for (const to of counted.owedByClass(at)) {
    if (to === 'COORDINATOR' || to === 'PROGRESS') continue;
    story.later(at, day, { command: 'issueComplaintNotice', kind: 'IMPACT_REPORT', to });
  }
}

/** The quality centre takes a case up for the company (CMP-10); its duties are done like others. */
export function planCompanyCase(story: StoryPlanner, at: number): void {
  if (!story.rarely(20)) return;
  const { random, year } = story;
  const issue = (within: number): Intention => {
    const days = story.oneIn(15) ? -1 : 1 + random.below(9);
    return () => ({ command: 'issueCompanyDemandForm', finishAt: year.onSlot(issuedAt + days * within) });
  };
  const issuedAt = story.later(at + hour, 4 * day, () => issue(day)());
  if (story.oneIn(4)) story.later(issuedAt, 12 * day, () => issue(4 * day)());
  if (story.oneIn(4)) story.later(issuedAt, hour, { command: 'reportCompanyResult' });
}

/** A demand form arrives, at whom it is sent to; he says so himself. */
export function planDocuments(story: StoryPlanner, at: number): void {
  if (!story.oneIn(6)) return;
  const form = story.counted.demandForms.length;
  const received = (recipient: string): LaterStep => ({ command: 'confirmDocumentReceipt', form, recipient });
  story.later(at, day, received('QUALITY_CENTRE'));
  if (story.oneIn(3)) story.later(at, day, received('QUALITY_CENTRE'));
  if (story.oneIn(2)) story.later(at, 2 * day, received('DIVISION_LEADER'), 'MANAGER');
  if (story.oneIn(5)) story.later(at, 2 * day, received('DIVISION_LEADER'));
}
