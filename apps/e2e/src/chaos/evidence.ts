import { serviceNames, type ServiceName } from '@anju/distributed';
import { definedConsumers } from '@anju/suite';
import {
  checkEvents,
  checkNumbers,
  checkSales,
  checkTallies,
  tally,
  together,
  type ExpectedConsumer,
  type Findings,
  type InboxRow,
  type Numbered,
  type OutboxRow,
  type SalesAtRest,
  type SaleStep,
  type Tally,
} from './checker';
import type { Command, Load } from './load';

/** What a run left behind, looked at once it has come to rest. */
export interface Evidence {
  readonly events: number;
  /** Messages of the topics that are there more often than the event was committed; consumers have dropped them. */
  readonly copies: number;
  readonly deadlines: number;
  readonly findings: Findings;
}

const consumers: readonly ExpectedConsumer[] = definedConsumers().map(({ consumer }) => ({
  name: consumer.name,
  types: new Set(consumer.handlers.map(({ contract }) => contract.type)),
}));

/** The services' databases. */
export interface Databases {
  query<Row extends object>(service: ServiceName, sql: string): Promise<Row[]>;
}

async function fromAll<Row extends object>(
  databases: Databases,
  sql: string,
): Promise<(Row & { readonly service: string })[]> {
  const found = await Promise.all(
    serviceNames.map(async (service) => {
      const rows = await databases.query<Row>(service, sql);
      return rows.map((row) => ({ ...row, service }));
    }),
  );
  return found.flat();
}

function outboxRows(
  databases: Databases,
): Promise<(OutboxRow & { readonly data: Record<string, unknown> })[]> {
  return fromAll(
    databases,
    `select id::text, substr(payload->>'source', 6) as context, type, aggregateid as subject, seq::float8,
            payload->'data' as data from outbox`,
  );
}

/** Each command that was carried out stands in the history of its aggregate once; nothing else of these people does. */
async function commandTallies(databases: Databases, commands: readonly Command[]): Promise<Tally[]> {
  const people = new Set(commands.map(({ staffId }) => staffId));
  // What follows from a person's command elsewhere, such as a case that is opened, is in his name, too.
  const fields = new Set(commands.map(({ field }) => field));
  const rows = await fromAll<{ command: string; id: string; actor: string }>(
    databases,
    'select command, aggregate_id::text as id, actor from history',
  );
  return tally(
    commands.flatMap(({ field, staffId, entity, answer }) =>
      answer?.__typename === entity ? [`${field} of ${answer.id} by ${staffId}`] : [],
    ),
    rows
      .filter(({ command, actor }) => fields.has(command) && people.has(actor))
      .map(({ command, id, actor }) => `${command} of ${id} by ${actor}`),
  );
}

/** Versions of a record go 1, 2, 3, … in its history: none was written over. */
async function versionTallies(databases: Databases): Promise<Tally[]> {
  const rows = await fromAll<{ what: string; last: number; rows: number }>(
    databases,
    `select aggregate_type || ' ' || aggregate_id as what, max(version) as last, count(*)::int as rows
     from history group by 1`,
  );
  return rows.map(({ what, last, rows: found }) => ({ what: `versions of ${what}`, expected: last, found }));
}

/** One case for each contact that was classified as a complaint. */
async function caseTallies(
  databases: Databases,
  events: readonly { readonly type: string; readonly data: Record<string, unknown> }[],
): Promise<Tally[]> {
  const wanted = events.filter(
    ({ type, data }) => type === 'interaction-classified.v1' && data['class'] === 'COMPLAINT',
  );
  const cases = await databases.query<{ id: string }>(
    'complaints',
    'select opened_from_interaction_id::text as id from complaint where opened_from_interaction_id is not null',
  );
  const known = await databases.query<{ id: string }>(
    'reception',
    'select interaction_id::text as id from interaction_complaint',
  );
  const contacts = wanted.map(({ data }) => String(data['interactionId']));
  return [
    ...tally(
      contacts.map((id) => `case of contact ${id}`),
      cases.map(({ id }) => `case of contact ${id}`),
    ),
    ...tally(
      contacts.map((id) => `case known to contact ${id}`),
      known.map(({ id }) => `case known to contact ${id}`),
    ),
  ];
}

/** What insights counts are the events. */
async function factTallies(
  databases: Databases,
  events: readonly { readonly type: string; readonly data: Record<string, unknown> }[],
): Promise<Tally[]> {
  const of = (type: string): number => events.filter((event) => event.type === type).length;
  const first = (type: string): number =>
    new Set(events.filter((event) => event.type === type).map(({ data }) => data['interactionId'])).size;
  const [row] = await databases.query<Record<string, number>>(
    'insights',
    `select count(*)::int as contacts, count(class)::int as classified, count(first_told_at)::int as told,
            count(closed_at)::int as closed, (select count(*)::int from fact_complaint) as cases,
            (select count(*)::int from fact_complaint where resolved_at is not null) as resolved,
            (select count(*)::int from fact_silence) as silences from fact_interaction`,
  );
  const tallies: [string, number][] = [
    ['contacts', of('interaction-recorded.v1')],
    ['classified', first('interaction-classified.v1')],
    ['told', first('customer-told.v1')],
    ['closed', of('interaction-closed.v1')],
    ['cases', of('complaint-received.v1')],
    ['resolved', of('complaint-resolved.v1')],
    ['silences', of('customer-uninformed.v1')],
  ];
  return tallies.map(([name, expected]) => ({ what: `facts: ${name}`, expected, found: row![name]! }));
}

/** What was due has fired, each once, at its due time and no other. */
async function deadlineTallies(
  databases: Databases,
  now: Date,
): Promise<{ tallies: Tally[]; fired: number }> {
  const rows = await fromAll<{ what: string; fired: boolean }>(
    databases,
    `select aggregate_id || ' ' || kind || ' ' || due_at as what, fired_at is not null as fired
     from deadline where fired_at is not null or due_at < '${now.toISOString()}'::timestamptz - interval '30 seconds'`,
  );
  const history = await fromAll<{ what: string }>(
    databases,
    `select aggregate_id || ' ' || substr(command, 10) || ' ' || at as what
     from history where command like 'deadline:%'`,
  );
  const tallies = tally(
    rows.map(({ what }) => `deadline ${what}`),
    history.map(({ what }) => `deadline ${what}`),
  );
  return { tallies, fired: rows.filter(({ fired }) => fired).length };
}

async function numbered(databases: Databases): Promise<Numbered[]> {
  const select = (kind: string): string => `select '${kind}' as kind, number from ${kind}`;
  return [
    ...(await databases.query<Numbered>(
      'reception',
      `${select('interaction')} union all ${select('receipt')}`,
    )),
    ...(await databases.query<Numbered>('complaints', select('complaint'))),
    ...(await databases.query<Numbered>('sales', select('sale'))),
  ];
}

async function salesAtRest(
  databases: Databases,
  events: readonly { readonly type: string; readonly data: Record<string, unknown> }[],
): Promise<SalesAtRest> {
  const steps = (type: string): SaleStep[] =>
    events
      .filter((event) => event.type === type)
      .map(({ data }) => ({ saleId: String(data['saleId']), sequence: Number(data['sequence']) }));
  return {
    sales: await databases.query<SalesAtRest['sales'][number]>(
      'sales',
      `select id::text, unit_id::text as "unitId", claims_unit as "claimsUnit", is_pending as "isPending", steps
       from sale`,
    ),
    heldUnits: await databases.query<SalesAtRest['heldUnits'][number]>(
      'directory',
      `select id::text as "unitId", held_by_sale_id::text as "saleId" from unit where held_by_sale_id is not null`,
    ),
    requested: steps('sale-unit-step-requested.v1'),
    answered: steps('unit-sale-step-answered.v1'),
  };
}

/** Nothing that could not be taken in or sent on. */
async function parkedTallies(databases: Databases): Promise<Tally[]> {
  const rows = await fromAll<{ what: string; n: number }>(
    databases,
    `select consumer || ' parked ' || (envelope->>'type') || ': ' || reason as what, count(*)::int as n
     from parked_event group by 1`,
  );
  return rows.map(({ what, n }) => ({ what, expected: n, found: 0 }));
}

/** All messages of the topics, as one consumer that reads them has counted them, against the events. */
async function copies(databases: Databases, events: readonly OutboxRow[]): Promise<number> {
  const [row] = await databases.query<{ n: number }>(
    'insights',
    `select sum(next_offset)::int as n from consumer_offset
     where consumer = 'insights.facts' and (topic like '%.reception.%' or topic like '%.complaints.%')`,
  );
  return (row?.n ?? 0) - events.filter(({ context }) => /^(reception|complaints)$/.test(context)).length;
}

/** Sends commands once more, those first that had to be sent several times. What is answered must be the same. */
async function replayTallies(load: Load, atMost: number): Promise<Tally[]> {
  const answered = load.commands.filter(({ answer }) => answer !== undefined);
  const chosen = [...answered].sort((a, b) => b.attempts - a.attempts).slice(0, atMost);
  const tallies: Tally[] = [];
  const next = async (): Promise<void> => {
    for (let command = chosen.pop(); command; command = chosen.pop()) {
      const first = JSON.stringify(command.answer);
      const again = JSON.stringify(await load.again(command));
      const same = first === again ? 1 : 0;
      tallies.push({ what: `answer ${first} to ${command.field}, now ${again}`, expected: 1, found: same });
    }
  };
  await Promise.all(Array.from({ length: 8 }, next));
  return tallies;
}

/** Whatever ran on these databases: what is there of events, effects, numbers and deadlines, and what is wrong. */
export async function lookAt(databases: Databases, now: Date): Promise<Evidence> {
  const events = await outboxRows(databases);
  const inbox = await fromAll<InboxRow>(
    databases,
    'select consumer, event_id::text as "eventId", seq::float8 from inbox',
  );
  const deadlines = await deadlineTallies(databases, now);
  return {
    events: events.length,
    copies: await copies(databases, events),
    deadlines: deadlines.fired,
    findings: together(
      checkEvents(consumers, events, inbox),
      checkNumbers(await numbered(databases)),
      checkSales(await salesAtRest(databases, events)),
      checkTallies([
        ...(await versionTallies(databases)),
        ...(await caseTallies(databases, events)),
        ...(await factTallies(databases, events)),
        ...deadlines.tallies,
        ...(await parkedTallies(databases)),
      ]),
    ),
  };
}

/** As `lookAt`, and that each command of a load was effective once and is answered as it was. */
export async function evidenceOf(databases: Databases, load: Load, replays: number): Promise<Evidence> {
  const replayed = await replayTallies(load, replays);
  const evidence = await lookAt(databases, new Date());
  const commands = await commandTallies(databases, load.commands);
  return { ...evidence, findings: together(evidence.findings, checkTallies([...replayed, ...commands])) };
}
