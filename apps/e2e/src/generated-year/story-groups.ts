import { day } from './naive-calendar';
import type { Intention, StoryPlanner } from './story-planner';
import { classes } from './year-words';

/** The case turns out to be the same as another, to have to do with it, or to be several (CMP-14). */
export function planGrouping(story: StoryPlanner, at: number): void {
  const { counted, random, year } = story;
  const some =
    (command: 'joinComplaintInto' | 'linkComplaint', wanted: (other: number) => boolean): Intention =>
    () => {
      const others = year.neighbours(story.story).filter(wanted);
      if (others.length === 0 && !story.oneIn(10)) return null;
      return { command, other: others.length === 0 ? story.story : random.oneOf(others) };
    };
  const isUnresolved = (other: number): boolean => year.cases[other]!.isUnresolved;
  const isLinked = (other: number): boolean => counted.links.some((link) => link.story === other);
  // What is owed a reply soon is often found to be the same before it has it.
  if (counted.needsApproval && story.oneIn(4))
    story.later(at, day / 4, some('joinComplaintInto', isUnresolved));
  if (story.rarely(16)) story.later(at, 5 * day, some('joinComplaintInto', isUnresolved));
  if (story.rarely(120))
    story.later(
      at,
      5 * day,
      some('joinComplaintInto', (one) => !isUnresolved(one)),
    );
  if (story.rarely(25)) {
    const linkedAt = story.later(
      at,
      9 * day,
      some('linkComplaint', () => true),
    );
    if (story.oneIn(3)) story.later(linkedAt, day, some('linkComplaint', isLinked));
  }
  if (counted.members.size < 2 || !story.oneIn(3)) return;
  const count = story.oneIn(8) ? Infinity : 1 + random.below(3);
  story.later(at, 6 * day, () => {
    const customers = [...counted.members].slice(0, count);
    if (customers.length === 0) return null;
    return { command: 'splitComplaint', customers, causeClass: random.oneOf(classes) };
  });
}
