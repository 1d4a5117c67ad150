/** Stories of any commands in any order, for laws that hold whatever happens. */
import fc from 'fast-check';
import { addHours, isRefused } from '@anju/kernel';
import type { ComplaintState } from './complaint';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  customers,
  fileForm,
  join,
  pause,
  promiseCall,
  report,
  resolve,
  resume,
  Story,
  visit,
  type ComplaintCommand,
} from './complaint-story';
import { answer } from './complaint-work-story';
import { recordComplaintProgress } from './handling';
import { replaceComplaintCustomer } from './members';
import { reopenComplaint } from './outcome';
import { reportableFacts } from './severity';
import { addComplaintFacts, nameComplaintStaff, raiseComplaintSeverity } from './severity-commands';

const someCustomer = fc.integer({ min: 1, max: 14 }).map((n) => `customer-${n}`);

const anyCommand: fc.Arbitrary<ComplaintCommand> = fc.oneof(
  // Weighted, so that about every other story sees its case closed or reopened.
  {
    weight: 6,
    arbitrary: fc.constantFrom(answer, answer, resolve, resolve, visit(4), visit(2), fileForm, report, close),
  },
  { weight: 3, arbitrary: fc.constantFrom(promiseCall, pause(), resume, resume) },
  fc.constantFrom<ComplaintCommand>(
    (state, at, env) => reopenComplaint(state, { by: 'staff-lin', reason: 'Again.' }, at, env),
    (state, at, env) =>
      recordComplaintProgress(state, { by: 'staff-li', text: 'On it.', toldBy: 'SMS' }, at, env),
    (state, at) => nameComplaintStaff(state, { by: 'staff-lin', staffIds: ['staff-qian'] }, at),
  ),
  fc.integer({ min: 1, max: 5 }).map((satisfaction) => visit(satisfaction)),
  fc.uniqueArray(someCustomer, { maxLength: 6 }).map((people) => join(...people)),
  fc.constantFrom(...reportableFacts).map(
    (fact): ComplaintCommand =>
      (state, at, env) =>
        addComplaintFacts(state, { by: 'staff-lin', facts: [fact], note: null }, at, env),
  ),
  fc.constantFrom('HOT' as const, 'MAJOR' as const).map(
    (to): ComplaintCommand =>
      (state, at, env) =>
        raiseComplaintSeverity(state, { by: 'staff-lin', to, reason: 'Feared.' }, at, env),
  ),
  fc.tuple(someCustomer, someCustomer).map(
    ([customerId, intoCustomerId]): ComplaintCommand =>
      (state, at, env) =>
        replaceComplaintCustomer(state, { customerId, intoCustomerId }, at, env),
  ),
);

export const anyStory = fc.record({
  people: fc.nat(11),
  channel: fc.constantFrom('PHONE' as const, 'WEB' as const),
  steps: fc.array(fc.record({ hours: fc.nat(200), command: anyCommand }), { maxLength: 40 }),
});

type Course = typeof anyStory extends fc.Arbitrary<infer Value> ? Value : never;
type Look = (before: ComplaintState, after: ComplaintState, story: Story) => void;

/** Plays any commands in order, refused or not, and looks at the case before and after each. */
export function played({ people, channel, steps }: Course, look?: Look): Story {
  const story = new Story(aReceipt({ channel, customerIds: customers(people) }));
  let at = story.state.receivedAt;
  look?.(story.state, story.state, story);
  for (const { hours, command } of [
    { hours: 0, command: acknowledge },
    { hours: 0, command: assign },
    ...steps,
  ]) {
    at = addHours(at, hours);
    const before = story.until(at).state;
    if (isRefused(story.try(at, command))) continue;
    const after = story.at(at, command).state;
    look?.(before, after, story);
  }
  return story;
}

/** Plays a hundred stories. */
export function whatever(look: Look): void {
  fc.assert(
    fc.property(anyStory, (course) => {
      played(course, look);
    }),
    { numRuns: 100 },
  );
}
