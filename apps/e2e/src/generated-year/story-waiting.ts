import { isPaused, isRunning } from './counted-clock';
import { day, hour } from './naive-calendar';
import type { StoryPlanner } from './story-planner';

const kinds = ['RESPONSE', 'CALLBACK', 'REPLY', 'MEASURES', 'COMPANY_RESULT', 'RETURN_VISIT'];

/** The customer is waited for, once or more often, and another handler is. */
export function planWaiting(story: StoryPlanner, at: number): void {
  const { random } = story;
  for (let times = story.rarely(6) ? 1 + random.below(3) : 0; times > 0; times -= 1) {
    const clocks = story.oneIn(3) ? [random.oneOf(kinds)] : story.oneIn(12) ? ['DEMAND_FORM'] : null;
    const within = story.oneIn(2) ? 6 * hour : 8 * day;
    const isTried = story.oneIn(5);
    const pausedAt = story.later(at, within, () =>
      isTried || story.counted.owed().some(isRunning) ? { command: 'pauseComplaintClocks', clocks } : null,
    );
    if (story.oneIn(8)) continue;
    story.later(pausedAt, 4 * day, () =>
      isTried || story.counted.owed().some(isPaused) ? { command: 'resumeComplaintClocks' } : null,
    );
  }
  if (story.rarely(18)) planHandOver(story, at);
}

function planHandOver(story: StoryPlanner, at: number): void {
  const offered = { command: 'handOverComplaint', to: 'OTHER_HANDLER' } as const;
  const offeredAt = story.later(at, 3 * day, offered);
  if (story.oneIn(4)) story.later(offeredAt, day, offered);
  if (story.oneIn(4)) story.later(offeredAt, day, { command: 'acceptComplaintHandOver' }, 'HANDLER');
  const answer = story.oneIn(3) ? 'refuseComplaintHandOver' : 'acceptComplaintHandOver';
  if (!story.oneIn(6)) story.later(offeredAt, 2 * day, { command: answer });
}
