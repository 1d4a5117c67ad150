import type { StoryTeller } from './story-teller';

export const dayOneBeginsAt = new Date('2026-03-02T08:30:00+08:00');
export const dayOneEndsAt = new Date('2026-03-31T18:00:00+08:00');

export async function playDayOne(teller: StoryTeller): Promise<void> {
  await teller.at(dayOneEndsAt);
}
