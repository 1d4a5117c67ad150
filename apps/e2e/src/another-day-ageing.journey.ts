import { rule } from '@anju/testing';
import { AnotherDay, shanghai, type Published } from './another-day';
import { Complaints, course, duties, type Case } from './another-day-case';

const dayMillis = 24 * 3_600_000;
const stepMillis = 8 * 3_600_000;

/** Three Mondays whose month has 31 days and which have the same working days before them. */
const first = { receivedOn: '2026-03-02', until: '2026-04-06' };
const inSteps = { receivedOn: '2026-07-06', until: '2026-08-10', laterByDays: 126 };
const asleep = { receivedOn: '2026-08-17', until: '2026-09-21', laterByDays: 168 };

interface Contact {
  readonly uninformedAt: string | null;
  readonly history: readonly { readonly command: string; readonly at: string }[];
}

/** What five weeks made of a complaint and of the contact that it came from. */
interface Outcome {
  readonly complaint: Case;
  readonly contact: Contact;
  /** Envelopes as they went out, complaint's then contact's. */
  readonly events: readonly Published[];
}

describe('a complaint that nobody touches for five weeks', () => {
  let day: AnotherDay;
  let oneJump: Outcome;
  let manySteps: Outcome;
  let afterSleep: Outcome;

  beforeAll(async () => {
    day = await AnotherDay.from('2026-03-02 09:00');
    oneJump = await play(first, () => day.at(`${first.until} 10:00`));
    manySteps = await play(inSteps, async () => {
      const until = Date.parse(shanghai(`${inSteps.until} 10:00`));
      const { running } = day.platform;
      for (let now = await running.now(); now.getTime() < until; now = await running.now()) {
        await running.moveClock(new Date(now.getTime() + stepMillis));
      }
    });
    afterSleep = await play(asleep, async () => {
      // As where the platform was switched off all the time: nobody wakes at any due time.
      await day.platform.running.setClock(new Date(shanghai(`${asleep.until} 10:00`)));
      await day.at(`${asleep.until} 10:00`);
    });
  });

  afterAll(() => day?.close());

  async function play(when: { receivedOn: string }, fiveWeeks: () => Promise<void>): Promise<Outcome> {
    const complaints = new Complaints(day);
    await day.at(`${when.receivedOn} 10:00`);
    const interactionId = await complaints.call('chenwei', { topic: 'NOISE', building: '5' });
    const id = await complaints.caseOf(interactionId);
    await fiveWeeks();
    const { interaction } = await day.ask<{ interaction: Contact }>(
      'linfang',
      'query($id: ID!) { interaction(id: $id) { uninformedAt history { command at } } }',
      { id: interactionId },
    );
    const events = [
      ...(await day.eventsOf('complaints', id)),
      ...(await day.eventsOf('reception', interactionId)),
    ];
    return { complaint: await complaints.of(id), contact: interaction, events };
  }

  rule(
    ['CMP-03', 'CMP-05', 'CMP-11'],
    'is hot after 7 × 24 hours, major after a month, and misses each duty once, each at its moment',
    () => {
      const { complaint } = oneJump;
      expect(complaint).toMatchObject({
        status: 'RECEIVED',
        severity: 'MAJOR',
        severityReasons: ['UNRESOLVED_FOR_A_MONTH', 'UNRESOLVED_FOR_A_WEEK'],
        overdueSinceAt: shanghai('2026-03-03 10:00'),
        nextDueAt: null,
      });
      expect(duties(complaint)).toEqual([
        'RESPONSE 2026-03-03 10:00 MISSED',
        'FORM(HOT) 2026-03-10 10:00 MISSED',
        'FORM(MAJOR) 2026-04-03 10:00 MISSED',
      ]);
      expect(course(complaint)).toEqual([
        'openComplaint 2026-03-02 10:00',
        'deadline:WARN:RESPONSE 2026-03-02 17:00',
        'deadline:RESPONSE 2026-03-03 10:00',
        'deadline:WARN:BECOMES_HOT 2026-03-08 10:00',
        'deadline:BECOMES_HOT 2026-03-09 10:00',
        'deadline:WARN:DEMAND_FORM 2026-03-09 17:00',
        'deadline:DEMAND_FORM 2026-03-10 10:00',
        'deadline:WARN:BECOMES_MAJOR 2026-03-30 10:00',
        'deadline:BECOMES_MAJOR 2026-04-02 10:00',
        'deadline:WARN:DEMAND_FORM 2026-04-02 17:00',
        'deadline:DEMAND_FORM 2026-04-03 10:00',
      ]);
    },
  );

  rule(['CMP-03', 'CMP-11', 'REC-05'], 'tells others of each of these once, at its moment', () => {
    expect(oneJump.events.map(({ type, time }) => `${type} ${time}`)).toEqual([
      `complaint-received.v1 ${shanghai('2026-03-02 10:00')}`,
      `complaint-clock-started.v1 ${shanghai('2026-03-02 10:00')}`,
      `complaint-clock-warned.v1 ${shanghai('2026-03-02 17:00')}`,
      `complaint-clock-missed.v1 ${shanghai('2026-03-03 10:00')}`,
      `complaint-ageing-warned.v1 ${shanghai('2026-03-08 10:00')}`,
      `complaint-severity-changed.v1 ${shanghai('2026-03-09 10:00')}`,
      `complaint-clock-started.v1 ${shanghai('2026-03-09 10:00')}`,
      `complaint-clock-warned.v1 ${shanghai('2026-03-09 17:00')}`,
      `complaint-clock-missed.v1 ${shanghai('2026-03-10 10:00')}`,
      `complaint-ageing-warned.v1 ${shanghai('2026-03-30 10:00')}`,
      `complaint-severity-changed.v1 ${shanghai('2026-04-02 10:00')}`,
      `complaint-clock-started.v1 ${shanghai('2026-04-02 10:00')}`,
      `complaint-clock-warned.v1 ${shanghai('2026-04-02 17:00')}`,
      `complaint-clock-missed.v1 ${shanghai('2026-04-03 10:00')}`,
      `interaction-recorded.v1 ${shanghai('2026-03-02 10:00')}`,
      `interaction-classified.v1 ${shanghai('2026-03-02 10:00')}`,
      `customer-uninformed.v1 ${shanghai('2026-03-04 10:00')}`,
    ]);
  });

  rule('REC-05', 'its contact is flagged once, after two days without a word to the customer', () => {
    expect(oneJump.contact.uninformedAt).toBe(shanghai('2026-03-04 10:00'));
    expect(course(oneJump.contact)).toEqual([
      'recordInteraction 2026-03-02 10:00',
      'confirmInteractionClass 2026-03-02 10:00',
      'deadline:CUSTOMER_SILENCE 2026-03-04 10:00',
    ]);
  });

  rule('CMP-03', 'comes to the same, whether the clock goes in one jump or in 105 steps', () => {
    expect(comparable(manySteps, inSteps.laterByDays)).toEqual(comparable(oneJump, 0));
  });

  rule('CMP-03', 'comes to the same where the platform slept for all of the five weeks', () => {
    expect(comparable(afterSleep, asleep.laterByDays)).toEqual(comparable(oneJump, 0));
  });

  it('the clock is moved by the administrator of the demonstration alone, and never back', async () => {
    const move = 'mutation($to: DateTime!) { moveClock(to: $to) { now } }';
    const to = shanghai('2026-09-21 10:00');
    expect(await day.thrown('linfang', move, { to })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await day.thrown('admin', move, { to: shanghai('2026-09-21 09:59') })).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [{ field: 'to', problem: 'lies in the past' }],
    });
    expect(await day.ask('admin', move, { to })).toEqual({ moveClock: { now: to } });
  });

  rule(['CMP-16', 'INS-01'], 'is in the metrics of its days with nothing done in time', async () => {
    expect(await day.metrics('2026-03-01', '2026-04-30')).toMatchObject({
      contacts_received: '1/',
      customers_left_without_word: '1/',
      complaints_received: '1/',
      complaints_open: '1/',
      complaints_major: '1/',
      responses_within_one_working_day: '0/1',
      demand_forms_on_time: '0/2',
      special_reports_on_time: '0/0',
    });
    expect(await day.metrics('2026-03-01', '2026-09-30')).toMatchObject({
      complaints_major: '3/',
      demand_forms_on_time: '0/6',
      customers_left_without_word: '3/',
    });
  });
});

/** An outcome as if it had been so many days earlier, with ids and numbers left out. */
function comparable(outcome: Outcome, laterByDays: number): unknown {
  const ids = new Map<string, string>();
  const text = JSON.stringify(outcome)
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (instant) =>
      new Date(Date.parse(instant) - laterByDays * dayMillis).toISOString(),
    )
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, (id) => {
      if (!ids.has(id)) ids.set(id, `id ${ids.size}`);
      return ids.get(id)!;
    })
    .replace(/JX-C?\d{8}-\d{3}/g, 'number');
  return JSON.parse(text);
}
