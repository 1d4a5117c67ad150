export * from './clock-resolver';
export { localIdentity } from './local-identity';
export { dayOneBeginsAt, dayOneEndsAt, playDayOne } from './story/day-one';
export { dayOneQuery } from './story/day-one-query';
export { liftResidents, residents } from './story/people';
export { playSetting, type Setting } from './story/setting';
export { StoryBroken, StoryTeller } from './story/story-teller';
export * from './suite';
