import { countComplaint } from './count-complaints';
import { countContact } from './count-contacts';
import { countProspect } from './count-sales';
import { countWords } from './count-told';
import type { PlannedStep } from './planned-step';
import { Played, Tally, type Counted } from './tally';

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
  return tally.counted;
}
