/** Stories of any commands in any order, for laws that hold whatever happens. */
import fc from 'fast-check';
import { addHours, isRefused } from '@anju/kernel';
import { anyEnd, anyWork, workInOrder } from './any-work-story';
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

const anyCourse: fc.Arbitrary<ComplaintCommand> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(answer, answer, resolve, resolve, visit(4), visit(2), fileForm, report, close),
  },
  { weight: 3, arbitrary: fc.constantFrom(promiseCall, pause(), resume, resume) },
  { weight: 6, arbitrary: anyWork },
  fc.constantFrom<ComplaintCommand>(
    (state, at, env) => reopenComplaint(state, { by: 'staff-lin', reason: 'Again.', channel: null }, at, env),
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

const anyStep = fc.record({ hours: fc.nat(200), command: anyCourse });

/** What belongs together, done in its order within hours: chance alone hardly ever comes to its end. */
const inOrder: readonly (readonly ComplaintCommand[])[] = [
  [answer, resolve, fileForm, visit(4), report, close],
  [answer, resolve, visit(1), answer],
  [promiseCall, pause(), resume],
  ...workInOrder,
];
const anyRun = fc
  .constantFrom(...inOrder)
  .chain((run) =>
    fc
      .array(fc.nat(5), { minLength: run.length, maxLength: run.length })
      .map((hours) => run.map((command, index) => ({ hours: hours[index]!, command }))),
  );
const anySteps = fc
  .array(fc.oneof({ weight: 3, arbitrary: anyStep.map((step) => [step]) }, anyRun), {
    ...{ maxLength: 24, size: 'max' },
  })
  .map((steps) => steps.flat());

/** Some end in another case; nothing comes after that. */
const anyLast = fc.option(fc.record({ hours: fc.nat(200), command: anyEnd }), { freq: 4, nil: null });

export const anyStory = fc
  .record({
    people: fc.nat(11),
    channel: fc.constantFrom('PHONE' as const, 'WEB' as const),
    steps: anySteps,
    last: anyLast,
  })
  .map(({ steps, last, ...story }) => ({ ...story, steps: last ? [...steps, last] : steps }));

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

/** Plays forty stories, most of them long. */
export function whatever(look: Look): void {
  fc.assert(
    fc.property(anyStory, (course) => {
      played(course, look);
    }),
    { numRuns: 40 },
  );
}
