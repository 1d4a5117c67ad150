import { countComplaint } from './count-complaints';
import { countContact } from './count-contacts';
import { countProspect } from './count-sales';
import { countWords } from './count-told';
import type { PlannedStep } from './planned-step';
import { Played, Tally, type Counted } from './tally';
import { day, hour, isWeekend, minutesOf, oneWorkingDayAfter } from './wall-time';

/** The report of the month before is owed once something was sold in it; nobody sends it. */
function countSalesReport(steps: readonly PlannedStep[], month: string, tally: Tally): void {
  const begins = minutesOf(`${month}-01 00:00`);
  if (!steps.some(({ command, at }) => command === 'openSale' && minutesOf(at) < begins)) return;
  let firstDay = begins;
  while (isWeekend(firstDay)) firstDay += day;
  // The end of the third working day.
  const dueAt = oneWorkingDayAfter(oneWorkingDayAfter(firstDay + 18 * hour));
  tally.share('sales_reports_on_time', dueAt, false);
}

/**
 * The metrics of a month, counted from what was planned by plain arithmetic: none of the platform's rules and
 * none of its SQL is asked. Metrics are as they stand once everything due has become due. By dimension they
 * stand under the metric's id and the value, such as `contacts_received VENDOR`.
 * @param month `YYYY-MM`
 */
export function countMonth(steps: readonly PlannedStep[], month: string): Record<string, Counted> {
  const stories = new Map<string, PlannedStep[]>();
  for (const step of steps) {
    const story = stories.get(step.story);
    if (story) story.push(step);
    else stories.set(step.story, [step]);
  }
  const tally = new Tally(month);
  for (const story of stories.values()) {
    const played = new Played(story);
    countWords(played, tally);
    if (played.one('recordInteraction')) countContact(played, tally);
    if (played.one('acknowledgeComplaint')) countComplaint(played, tally);
    if (played.one('recordLead')) countProspect(played, tally);
  }
  countSalesReport(steps, month, tally);
  return tally.counted;
}
