import { rule } from '@anju/testing';
import { AnotherDay } from './another-day';
import { Complaints, duties, type Case } from './another-day-case';
import { casesOfTheTable, type CaseOfTheTable } from './complaint-cases';

/** What anybody may see of a case at its end besides what every journey looks at. */
interface Ended extends Case {
  readonly causeClass: string;
  readonly classDuties: readonly { readonly isDone: boolean }[];
  readonly handler: { readonly name: string };
  readonly replies: readonly {
    readonly steps: readonly { readonly approver: string; readonly waitedMinutes: number }[];
  }[];
}

interface Agenda {
  readonly at: string;
  readonly order: number;
  readonly carryOut: () => Promise<void>;
}

let day: AnotherDay;
let complaints: Complaints;
const ids = new Map<CaseOfTheTable, string>();

/** The complaint as it comes in: the desk takes a contact down, or somebody passes on what he has heard. */
async function receive(row: CaseOfTheTable): Promise<void> {
  const { causeClass, channel, customer, facts = [], passedOnBy, title } = row;
  const { projectId } = day;
  const common = { projectId, channel, topic: `TABLE_${casesOfTheTable.indexOf(row)}`, content: title };
  const customerId = day.customer(customer);
  if (passedOnBy) {
    const filed = { ...common, causeClass, facts, customerIds: [customerId] };
    // Not everybody who passes a complaint on may read it.
    const { id } = await day.do(passedOnBy, 'fileComplaint', 'Complaint', filed);
    ids.set(row, id);
    return;
  }
  const { id: interactionId } = await day.do('zhoumin', 'recordInteraction', 'Interaction', {
    ...common,
    customerId,
    facts: { matter: 'FAULT', wantsToComplain: true },
  });
  const confirmed = { interactionId, complaint: { causeClass } };
  await day.do('zhoumin', 'confirmInteractionClass', 'Interaction', confirmed);
  await day.settled();
  const { interaction } = await day.ask<{ interaction: { complaint: { id: string } } }>(
    'linfang',
    'query($id: ID!) { interaction(id: $id) { complaint { id } } }',
    { id: interactionId },
  );
  ids.set(row, interaction.complaint.id);
}

/** All that happens to all cases, by its time; at the same time in the order of the table. */
function agenda(): Agenda[] {
  const known = {
    customer: (key: string) => day.customer(key),
    staff: (account: string) => day.staff(account),
  };
  const all = casesOfTheTable.flatMap((row) => [
    { at: row.receivedAt, carryOut: () => receive(row) },
    ...row.steps.map(({ at, by, command, input }) => ({
      at,
      carryOut: async () => {
        await day.do(by, command, 'Complaint', { id: ids.get(row), ...input(known) });
      },
    })),
  ]);
  return all
    .map((one, order) => ({ ...one, order }))
    .sort((a, b) => a.at.localeCompare(b.at) || a.order - b.order);
}

async function ended(row: CaseOfTheTable): Promise<Ended> {
  const seen = await complaints.of(ids.get(row)!);
  const { complaint } = await day.ask<{ complaint: Omit<Ended, keyof Case> }>(
    'linfang',
    `query($id: ID!) { complaint(id: $id) {
      causeClass classDuties { isDone } handler { name } replies { steps { approver waitedMinutes } } } }`,
    { id: seen.id },
  );
  return { ...seen, ...complaint };
}

beforeAll(async () => {
  day = await AnotherDay.from('2026-01-31 11:00');
  complaints = new Complaints(day);
  let now = '';
  for (const { at, carryOut } of agenda()) {
    if (at !== now) await day.at(at);
    now = at;
    await carryOut();
  }
}, 240_000);

afterAll(() => day?.close());

describe('a complaint is played to its end by the public graph alone', () => {
  for (const row of casesOfTheTable) {
    rule([...row.rules], `${row.title}: every due time is the one counted by hand`, async () => {
      const seen = await ended(row);
      expect(duties(seen)).toEqual(row.duties);
      expect(seen).toMatchObject({
        status: 'CLOSED',
        causeClass: row.causeClass,
        severity: row.severity,
        severityReasons: row.reasons,
        overdueSinceAt: null,
        nextDueAt: null,
        handler: { name: '宋洁' },
      });
      expect(seen.classDuties.filter(({ isDone }) => !isDone)).toEqual([]);
    });
  }

  rule(['CMP-01', 'CMP-02'], 'each class is among them in each severity', () => {
    const kinds = new Set(casesOfTheTable.map(({ causeClass, severity }) => `${causeClass} ${severity}`));
    expect(kinds.size).toBe(9);
  });

  rule('CMP-08', 'what each approver took is told apart', async () => {
    const { replies } = await ended(casesOfTheTable.find(({ facts }) => facts?.includes('MEDIA_EXPOSURE'))!);
    expect(replies.map(({ steps }) => steps)).toEqual([
      [
        // From Friday 17:35 to Saturday 09:30, then an hour, then half of one.
        { approver: 'PROJECT_MANAGER', waitedMinutes: 955 },
        { approver: 'DIVISION_LEADER', waitedMinutes: 60 },
        { approver: 'GENERAL_MANAGER', waitedMinutes: 30 },
      ],
    ]);
  });

  rule('CMP-12', 'a new demand at a return visit is a case of its own, linked with the first', async () => {
    const { linkedCases } = await ended(casesOfTheTable.find(({ title }) => title.includes('new demand'))!);
    expect(linkedCases).toMatchObject([{ relation: 'LED_TO', complaint: { channel: 'RETURN_VISIT' } }]);
  });
});
