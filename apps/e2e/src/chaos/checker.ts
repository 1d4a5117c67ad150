/** An event as its service has committed it. */
export interface OutboxRow {
  readonly id: string;
  readonly context: string;
  readonly type: string;
  /** The aggregate, whose events have an order. */
  readonly subject: string;
  /** In the order of the outbox, within a context. */
  readonly seq: number;
}

/** That a consumer has taken an event in. */
export interface InboxRow {
  readonly consumer: string;
  readonly eventId: string;
  readonly seq: number;
}

/** Which events a consumer takes in. */
export interface ExpectedConsumer {
  readonly name: string;
  readonly types: ReadonlySet<string>;
}

/** What must have come of something, and how often it has. */
export interface Tally {
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

/** A number that people see, such as `JX-20260302-001`. */
export interface Numbered {
  readonly kind: string;
  readonly number: string;
}

/** Sentences about what is wrong; empty where nothing is. */
export interface Findings {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly outOfOrder: readonly string[];
}

interface Found {
  lost: string[];
  doubled: string[];
  outOfOrder: string[];
}

export const nothingFound: Findings = { lost: [], doubled: [], outOfOrder: [] };

export function together(...all: readonly Findings[]): Findings {
  return {
    lost: all.flatMap(({ lost }) => lost),
    doubled: all.flatMap(({ doubled }) => doubled),
    outOfOrder: all.flatMap(({ outOfOrder }) => outOfOrder),
  };
}

/**
 * Compares the services' outbox logs with what one consumer has taken in: every event of a type that it handles
 * once, those of an aggregate in the order in which they were committed, and nothing else.
 */
function checkConsumer(
  { name, types }: ExpectedConsumer,
  events: ReadonlyMap<string, OutboxRow>,
  inbox: readonly InboxRow[],
): Findings {
  const found: Found = { lost: [], doubled: [], outOfOrder: [] };
  const times = new Map<string, number>();
  const lastOf = new Map<string, OutboxRow>();
  for (const { eventId } of [...inbox].sort((a, b) => a.seq - b.seq)) {
    times.set(eventId, (times.get(eventId) ?? 0) + 1);
    const event = events.get(eventId);
    if (!event || !types.has(event.type)) {
      found.doubled.push(`${name} took in ${eventId}, which nobody committed for it`);
      continue;
    }
    const aggregate = `${event.context} ${event.subject}`;
    const before = lastOf.get(aggregate);
    if (before && before.seq > event.seq) {
      found.outOfOrder.push(
        `${name} took in ${before.type} of ${aggregate} before the earlier ${event.type}`,
      );
    }
    lastOf.set(aggregate, event);
  }
  for (const event of events.values()) {
    if (!types.has(event.type)) continue;
    const count = times.get(event.id) ?? 0;
    if (count === 0) found.lost.push(`${name} never took in ${event.type} ${event.id} of ${event.subject}`);
    if (count > 1) found.doubled.push(`${name} took in ${event.type} ${event.id} ${count} times`);
  }
  return found;
}

/** As `checkConsumer`, for all consumers. */
export function checkEvents(
  consumers: readonly ExpectedConsumer[],
  outbox: readonly OutboxRow[],
  inbox: readonly InboxRow[],
): Findings {
  const events = new Map(outbox.map((row) => [row.id, row]));
  const known = new Set(consumers.map(({ name }) => name));
  const strangers = [...new Set(inbox.map(({ consumer }) => consumer))].filter((name) => !known.has(name));
  return together(
    { ...nothingFound, doubled: strangers.map((name) => `${name} takes in events and is not defined`) },
    ...consumers.map((consumer) =>
      checkConsumer(
        consumer,
        events,
        inbox.filter((row) => row.consumer === consumer.name),
      ),
    ),
  );
}

/** What is there less often than it should be is lost, what is there more often is doubled. */
export function checkTallies(tallies: readonly Tally[]): Findings {
  const wrong = (those: readonly Tally[]): string[] =>
    those.map(({ what, expected, found }) => `${what}: ${found} instead of ${expected}`);
  return {
    lost: wrong(tallies.filter(({ expected, found }) => found < expected)),
    doubled: wrong(tallies.filter(({ expected, found }) => found > expected)),
    outOfOrder: [],
  };
}

/** Counts both sides by their words. @param found what is there @param expected what should be */
export function tally(expected: readonly string[], found: readonly string[]): Tally[] {
  const counts = new Map<string, { expected: number; found: number }>();
  const of = (what: string): { expected: number; found: number } => {
    const known = counts.get(what) ?? { expected: 0, found: 0 };
    counts.set(what, known);
    return known;
  };
  for (const what of expected) of(what).expected += 1;
  for (const what of found) of(what).found += 1;
  return [...counts].map(([what, count]) => ({ what, ...count }));
}

/** Within a series and day numbers go 001, 002, … with none twice and none left out. */
export function checkNumbers(numbers: readonly Numbered[]): Findings {
  const series = new Map<string, number[]>();
  for (const { kind, number } of numbers) {
    const end = number.lastIndexOf('-');
    const of = `${kind} ${number.slice(0, end)}`;
    series.set(of, [...(series.get(of) ?? []), Number(number.slice(end + 1))]);
  }
  return together(
    ...[...series].map(([of, values]) => {
      const last = Math.max(...values);
      const all = Array.from({ length: last }, (_, index) => `${of}-${index + 1}`);
      return checkTallies(
        tally(
          all,
          values.map((value) => `${of}-${value}`),
        ),
      );
    }),
  );
}

/** What is kept of sales and of their homes once all is at rest. */
export interface SalesAtRest {
  readonly sales: readonly {
    readonly id: string;
    readonly unitId: string;
    readonly claimsUnit: boolean;
    readonly isPending: boolean;
    /** How many steps it has asked for. */
    readonly steps: number;
  }[];
  /** Homes that the directory holds for a sale. */
  readonly heldUnits: readonly { readonly unitId: string; readonly saleId: string }[];
  /** Steps that sales have asked for, and those that the directory has answered, by their events. */
  readonly requested: readonly SaleStep[];
  readonly answered: readonly SaleStep[];
}

export interface SaleStep {
  readonly saleId: string;
  readonly sequence: number;
}

/**
 * No sale is half done: none waits, each step that was asked for has one answer, and the directory holds a home for
 * the one sale that claims it, for nobody else and for none that is over.
 */
export function checkSales({ sales, heldUnits, requested, answered }: SalesAtRest): Findings {
  const step = ({ saleId, sequence }: SaleStep): string => `answer to step ${sequence} of sale ${saleId}`;
  const asked = sales.flatMap(({ id, steps }) =>
    Array.from({ length: steps }, (_, n) => `step ${n + 1} of sale ${id}`),
  );
  return checkTallies([
    ...sales
      .filter(({ isPending }) => isPending)
      .map(({ id }) => ({ what: `end of the waiting of sale ${id}`, expected: 1, found: 0 })),
    ...tally(
      asked,
      requested.map(({ saleId, sequence }) => `step ${sequence} of sale ${saleId}`),
    ),
    ...tally(requested.map(step), answered.map(step)),
    ...tally(
      sales.filter(({ claimsUnit }) => claimsUnit).map(({ id, unitId }) => `home ${unitId} held by ${id}`),
      heldUnits.map(({ unitId, saleId }) => `home ${unitId} held by ${saleId}`),
    ),
    ...[...new Set(heldUnits.map(({ unitId }) => unitId))].map((unitId) => ({
      what: `holders of home ${unitId}`,
      expected: 1,
      found: sales.filter((sale) => sale.unitId === unitId && sale.claimsUnit).length,
    })),
  ]);
}
