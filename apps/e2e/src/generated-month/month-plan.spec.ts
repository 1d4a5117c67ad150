import { planMonth, wholeMonth } from './month-plan';
import { contactChannels, contactClasses, type PlannedStep } from './planned-step';
import { Played } from './tally';
import { day, minutesOf, monthBounds } from './wall-time';

const month = '2026-07';
const plan = planMonth(month, 7);

function storiesOf(steps: readonly PlannedStep[]): Map<string, Played> {
  const byName = new Map<string, PlannedStep[]>();
  for (const step of steps) byName.set(step.story, [...(byName.get(step.story) ?? []), step]);
  return new Map([...byName].map(([name, own]) => [name, new Played(own)]));
}

const stories = storiesOf(plan.steps);
const countOf = (command: PlannedStep['command']) =>
  [...stories.values()].filter((story) => story.one(command) !== null).length;

/** What has to come after what; of commands that come more than once, the first. */
const orders: readonly (readonly PlannedStep['command'][])[] = [
  ['recordInteraction', 'confirmInteractionClass', 'closeInteraction'],
  [
    'issueWorkOrder',
    'acceptWorkOrder',
    'arriveOnSite',
    'finishWorkOrder',
    'confirmWorkOrder',
    'closeInteraction',
  ],
  ['requestRectification', 'verifyRectification', 'signForRectification', 'confirmRectificationCompletion'],
  [
    'openVendorFollowUp',
    'recordFollowUpArrival',
    'recordFollowUpResult',
    'recordFollowUpReply',
    'closeFollowUp',
  ],
  ['openCommunicationFollowUp', 'recordFollowUpResult', 'recordFollowUpReply', 'closeFollowUp'],
  ['acknowledgeComplaint', 'respondToComplaint', 'resolveComplaint', 'recordReturnVisit', 'closeComplaint'],
  ['resolveComplaint', 'submitSpecialReport', 'closeComplaint'],
  [
    'recordLead',
    'openSale',
    'draftContract',
    'signContract',
    'checkContract',
    'submitFiling',
    'noteFilingReturned',
  ],
];

describe('the plan of a month', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(planMonth(month, 7)).toEqual(plan);
    expect(planMonth(month, 8).steps).not.toEqual(plan.steps);
  });

  it('has the contacts, complaints, prospects and contracts that were asked for', () => {
    expect(countOf('recordInteraction')).toBe(1_000);
    expect(countOf('acknowledgeComplaint')).toBe(100);
    expect(countOf('signContract')).toBe(60);
    expect(countOf('recordLead')).toBe(wholeMonth.leads + 60);
    const small = planMonth(month, 7, { contacts: 30, complaints: 5, contracts: 3, leads: 4 });
    expect(storiesOf(small.steps).size).toBe(37);
  });

  it('has contacts of all classes and by all channels, received while the desk is open', () => {
    const contacts = [...stories.values()].flatMap((story) => story.all('recordInteraction'));
    expect(new Set(contacts.map(({ input }) => input.channel))).toEqual(new Set(contactChannels));
    const topics = new Set(
      [...stories]
        .filter(([, s]) => s.one('acknowledgeComplaint') === null)
        .flatMap(([, s]) => s.all('recordInteraction').map(({ input }) => input.topic)),
    );
    expect(topics).toEqual(new Set(contactClasses.filter((one) => one !== 'COMPLAINT')));
    const { from, to } = monthBounds(month);
    for (const { at } of contacts) {
      expect(minutesOf(at)).toBeGreaterThanOrEqual(from);
      expect(minutesOf(at)).toBeLessThan(to);
      expect(at.slice(11) >= '09:15' && at.slice(11) <= '16:15').toBe(true);
    }
  });

  it('does everything in an order in which it can be done', () => {
    const times = plan.steps.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    for (const [name, story] of stories) {
      for (const order of orders) {
        if (story.one(order[0]!) === null) continue;
        const at = order
          .map((command) => story.steps.findIndex((step) => step.command === command))
          .filter((index) => index >= 0);
        expect([name, at]).toEqual([name, [...at].sort((a, b) => a - b)]);
      }
    }
  });

  it('tells the result after everything is done, and closes then', () => {
    for (const story of stories.values()) {
      const closing = story.steps.findIndex(({ command }) => command === 'closeInteraction');
      if (closing < 0) continue;
      const told = story.steps[closing - 1]!;
      expect(told).toMatchObject({ command: 'tellCustomer', input: { kind: 'RESULT' } });
      const rest = story.steps.slice(closing + 1).map(({ command }) => command);
      const ofCase = [
        'resolveComplaint',
        'respondToComplaint',
        'draftComplaintReply',
        'submitComplaintReply',
        'approveComplaintReply',
        'sendComplaintReply',
        'issueComplaintNotice',
        'nameComplaintCoordinator',
        'recordComplaintProgress',
        'fileDemandForm',
        'recordReturnVisit',
        'submitSpecialReport',
        'closeComplaint',
      ];
      expect(rest.filter((command) => !ofCase.includes(command))).toEqual([]);
    }
  });

  it('moves an appointment before it begins, and to one that is still to come', () => {
    for (const story of stories.values()) {
      const move = story.one('rescheduleWorkOrder');
      if (!move) continue;
      expect(move.at < story.one('issueWorkOrder')!.input.fromAt).toBe(true);
      expect(move.input.fromAt > move.at).toBe(true);
    }
    expect(countOf('rescheduleWorkOrder')).toBeGreaterThan(20);
  });

  it('takes customers and units from pools that are large enough, and no complaining customer twice', () => {
    const contacts = [...stories.values()].flatMap((story) => story.all('recordInteraction'));
    const all = contacts.flatMap(({ input }) => input.customers);
    expect(Math.max(...all)).toBeLessThan(plan.customers);
    const complaining = [...stories.values()]
      .filter((story) => story.one('acknowledgeComplaint'))
      .flatMap((story) => story.one('recordInteraction')!.input.customers);
    expect(new Set(complaining).size).toBe(complaining.length);
    const units = [...stories.values()].flatMap((story) =>
      story.all('openSale').map(({ input }) => input.unit),
    );
    expect(new Set(units).size).toBe(plan.units);
  });

  it('gives no discount that would need an approval', () => {
    for (const { input } of [...stories.values()].flatMap((story) => story.all('draftContract'))) {
      const list = Number(input.area) * Number(input.unitPrice);
      expect(Number(input.discount ?? 0)).toBeLessThan(list * 0.03);
    }
  });

  it('is read when thirty days have passed after the last step', () => {
    expect(minutesOf(plan.readAt) - minutesOf(plan.steps.at(-1)!.at)).toBeGreaterThan(31 * day);
  });
});
