import { day } from './naive-calendar';
import type { StoryPlanner } from './story-planner';

/** Nobody of the case is visited: some want none, the others are not reached, day after day. @returns when it is tried last */
export function planAttempts(planner: StoryPlanner, from: number): number {
  const { members } = planner.counted;
  const everybody = members.size === 0 ? [null] : [...members];
  return everybody.reduce((last: number, customer) => {
    const isAsked = customer !== null && planner.oneIn(2);
    const obstacle = isAsked ? 'DECLINED' : 'NO_ANSWER';
    const days = isAsked ? 1 : 3 + planner.random.below(2);
    let at = from;
    for (let tried = 0; tried < days; tried += 1) {
      at = planner.later(at, day, { command: 'recordReturnVisitAttempt', customer, obstacle });
    }
    return Math.max(last, at);
  }, from);
}
