import { Chance } from './bulk/chance';
import { startBulkServers, type BulkServers } from './bulk/bulk-servers';
import type { BulkSize, LoadedCustomer } from './bulk/load-bulk';
import { rowsIn } from './customer-query';
import { AskingWay, GraphAsker, rawLoad, type Round, type Way } from './customer-ways';
import { proveLoad } from './bulk/load-proof';
import { profileTables, profiled } from './query-profile';
import { startEmbedded, startProcesses, type Mode, type Platform } from './platform';
import { askedServices, RawServer } from './raw-customers';
import type { Chapter, Figure, Table } from './report';
import { StatementCounter, type StatementCount } from './statements';
import { percentile, repeated, shown, spread } from './statistics';

/** How many different customers the requests are about. */
const sampled = 500;
const roundMillis = 4_000;
const warmUpMillis = 3_000;
const profileMillis = 6_000;
const rounds = 5;
const roundsWithinSeconds = 90;
const mostTimesRaw = 4;
const leastAgainstDistributed = 1.5;

const wayTitles: Readonly<Record<Way, string>> = {
  embedded: 'graph, embedded',
  distributed: 'graph, distributed',
  raw: 'raw SQL',
};

/** One round each way, one after the other, so that what disturbs the machine disturbs all. */
type Rounds = ReadonlyMap<Way, Round>;

/** Customers with so many contacts, from none to the most. */
function byContacts(customers: readonly LoadedCustomer[]): readonly LoadedCustomer[] {
  const ordered = [...customers].sort((a, b) => a.contacts - b.contacts);
  const shares = [0, 0.25, 0.5, 0.75, 0.95, 0.99, 1];
  return shares.map((share) => ordered[Math.round(share * (ordered.length - 1))]!);
}

/** Customers as they call: who calls more often is asked for more often. */
function callers({ customers }: BulkServers, chance: Chance): string[] {
  const chosen: string[] = [];
  const most = Math.max(...customers.map(({ contacts }) => contacts));
  while (chosen.length < sampled) {
    const { id, contacts } = chance.oneOf(customers);
    if (chance.below(most) < contacts) chosen.push(id);
  }
  return chosen;
}

async function countStatements(
  asker: GraphAsker,
  customers: readonly LoadedCustomer[],
): Promise<{ figure: Figure; table: Table }> {
  const rows: string[][] = [];
  const totals: number[] = [];
  let kinds: string[] = [];
  const counter = new StatementCounter();
  const counted = (title: string, answer: Parameters<typeof rowsIn>[0], statements: StatementCount): void => {
    const counts = askedServices.map((service) => statements.get(asker.platform.database(service)) ?? 0);
    const total = [...statements.values()].reduce((sum, count) => sum + count, 0);
    if (total !== counts.reduce((sum, count) => sum + count, 0)) {
      throw new Error(`statements went to: ${[...statements.keys()].join()}`);
    }
    const shownRows = rowsIn(answer);
    kinds = Object.keys(shownRows);
    totals.push(total);
    rows.push([title, ...[...Object.values(shownRows), ...counts, total].map(String)]);
  };
  try {
    for (const { id, contacts } of byContacts(customers)) {
      const title = `a customer with ${contacts} contacts`;
      const { shown } = await asker.one(id, title);
      counted(title, [shown], counter.of(title));
    }
    for (const first of [10, 50]) {
      const title = `${first} customers at once`;
      counted(title, await asker.several(first, title), counter.of(title));
    }
  } finally {
    counter.close();
  }
  // Where there is nothing of a kind, what belongs to it is not looked for; what many need may be known already.
  const [fewest, most] = [Math.min(...totals), Math.max(...totals)];
  const ofOneRowEach = Number(rows.find((row) => !row.includes('0'))?.at(-1));
  const isConstant = most <= ofOneRowEach;
  return {
    figure: {
      name: 'SQL statements of the query, whatever the rows',
      target: 'constant',
      measured: {
        embedded: isConstant
          ? `${fewest === most ? most : `${fewest} to ${most}`}, not more with more rows, in ${rows.length} sizes`
          : 'grows, see the table',
      },
      met: isConstant,
    },
    table: {
      title: 'SQL statements for one request, by service, against the rows that it answers',
      head: ['asked for', ...kinds, ...askedServices.map((service) => `SQL ${service}`), 'SQL in all'],
      rows,
    },
  };
}

const notTold = 'not told by this machine';

function tell(
  all: readonly Rounds[],
  way: Way,
  of: (round: Round) => number | null,
  digits: number,
  unit: string,
): string {
  const values = all.flatMap((one) => of(one.get(way)!) ?? []);
  return values.length < all.length ? notTold : shown(spread(values), digits, unit);
}

/** How much more CPU time one way takes than another, round by round; empty where the machine does not tell. */
function cpuRatios(all: readonly Rounds[], way: Way, other: Way): number[] {
  return all.flatMap((one) => {
    const [more, less] = [one.get(way)?.cpuMillis, one.get(other)?.cpuMillis];
    return more == null || less == null ? [] : [more / less];
  });
}

function absoluteTable(all: readonly Rounds[], ways: readonly Way[]): Table {
  return {
    title: `Each way, ${all.length} rounds of ${roundMillis / 1_000} s; CPU time of one request`,
    head: [
      ...['way', 'requests', 'p50', 'p99'],
      ...['CPU of Node', 'CPU of PostgreSQL', 'CPU together', 'requests per CPU second'],
    ],
    rows: ways.map((way) => {
      const latencies = all.flatMap((one) => one.get(way)!.latencyMillis);
      return [
        wayTitles[way],
        tell(all, way, ({ perSecond }) => perSecond, 0, '/s'),
        `${percentile(latencies, 0.5).toFixed(1)} ms`,
        `${percentile(latencies, 0.99).toFixed(1)} ms`,
        tell(all, way, ({ nodeCpuMillis }) => nodeCpuMillis, 2, 'ms'),
        tell(all, way, ({ postgresCpuMillis }) => postgresCpuMillis, 2, 'ms'),
        tell(all, way, ({ cpuMillis }) => cpuMillis, 2, 'ms'),
        tell(all, way, ({ cpuMillis }) => cpuMillis && 1_000 / cpuMillis, 0, ''),
      ];
    }),
  };
}

function figuresOf(all: readonly Rounds[], ways: readonly Way[]): Figure[] {
  const measured = (way: Mode): string =>
    `${tell(all, way, ({ perSecond }) => perSecond, 0, '/s')}, CPU ${tell(all, way, ({ cpuMillis }) => cpuMillis, 2, 'ms')}`;
  const ratioOf = (name: string, target: string, ratios: number[], met: (median: number) => boolean) => ({
    name,
    target,
    measured: { embedded: ratios.length === 0 ? notTold : shown(spread(ratios), 2, '×') },
    met: ratios.length === 0 ? null : met(spread(ratios).median),
  });
  const hasDistributed = ways.includes('distributed');
  return [
    {
      name: 'the query: requests and CPU of Node and PostgreSQL for each',
      target: null,
      measured: {
        embedded: measured('embedded'),
        ...(hasDistributed ? { distributed: measured('distributed') } : {}),
      },
      met: null,
    },
    ratioOf(
      'the query: CPU against raw SQL, Node and PostgreSQL together',
      `≤ ${mostTimesRaw} ×`,
      cpuRatios(all, 'embedded', 'raw'),
      (median) => median <= mostTimesRaw,
    ),
    ...(hasDistributed
      ? [
          ratioOf(
            'the query: requests per CPU second against the distributed mode',
            `≥ ${leastAgainstDistributed} ×`,
            cpuRatios(all, 'distributed', 'embedded'),
            (median) => median >= leastAgainstDistributed,
          ),
        ]
      : []),
  ];
}

/** Opens all ways to ask about the same customers, each with its answers checked. */
async function openWays(
  raw: RawServer,
  askers: ReadonlyMap<Mode, GraphAsker>,
  ids: readonly string[],
): Promise<AskingWay[]> {
  const ways: AskingWay[] = [];
  for (const [mode, asker] of askers) {
    ways.push(await AskingWay.open(mode, await asker.load(ids), () => asker.platform.cpuMillis()));
  }
  ways.push(await AskingWay.open('raw', await rawLoad(raw, ids), () => raw.cpuMillis()));
  return ways;
}

async function measureOn(
  bulk: BulkServers,
  size: BulkSize,
  embedded: Platform,
  distributed: Platform | null,
  say: (line: string) => void,
): Promise<Chapter> {
  const raw = await RawServer.start(embedded);
  const open: AskingWay[] = [];
  try {
    const askers = new Map<Mode, GraphAsker>([['embedded', await GraphAsker.open(embedded, raw)]]);
    if (distributed) askers.set('distributed', await GraphAsker.open(distributed, raw));
    const counted = await countStatements(askers.get('embedded')!, bulk.customers);
    open.push(...(await openWays(raw, askers, callers(bulk, new Chance(size.seed + 1)))));
    for (const way of open) await way.round(warmUpMillis);
    const all = await repeated(rounds, roundsWithinSeconds, async (): Promise<Rounds> => {
      const one = new Map<Way, Round>();
      for (const way of open) one.set(way.way, await way.round(roundMillis));
      return one;
    });
    const ways = open.map(({ way }) => way);
    const { result, profile } = await profiled(() => open[0]!.round(profileMillis));
    say('The load, proven by what holds of it and by commands on it …');
    await proveLoad(embedded, bulk.customers);
    return {
      title: 'Query',
      method:
        `A customer with homes, contracts, last 20 repairs with technician, complaints and messages: one query over ` +
        `five services, on ` +
        `${size.customers} customers and ${size.interactions} contacts of three years ` +
        `(${bulk.rows} rows, loaded in ${bulk.seconds.all.toFixed(0)} s). The requests are about ` +
        `${sampled} customers, chosen in proportion to how often they call. ` +
        'Embedded, the gateway and the services are in the process of the bench; distributed, they are processes ' +
        'that speak HTTP; raw, a bare HTTP server in a process of its own with hand-written statements. All three ' +
        'stand on the same databases and take turns. Each answer is compared with what hand-written SQL reads. ' +
        'Requests come from a process of their own on 4 connections, whose CPU time is not counted. Statements are ' +
        'counted at the PostgreSQL client, in the embedded mode.',
      figures: [counted.figure, ...figuresOf(all, ways)],
      tables: [
        absoluteTable(all, ways),
        counted.table,
        ...profileTables(profile, result.latencyMillis.length),
      ],
    };
  } finally {
    for (const way of open) way.close();
    raw.close();
  }
}

/**
 * Asks for customers among many: counts SQL statements at several sizes, and compares the cost of both modes and
 * of hand-written SQL for the same answers.
 * @param withDistributed whether the distributed mode is measured, where there is a broker
 * @throws Error if a graph's answer is not exactly what the databases hold
 */
export async function measureQuery(
  size: BulkSize,
  withDistributed: boolean,
  say: (line: string) => void,
): Promise<Chapter> {
  say(`${size.customers} customers with ${size.interactions} contacts …`);
  const bulk = await startBulkServers(size, withDistributed);
  try {
    say(
      `${bulk.rows} rows in ${bulk.seconds.rows.toFixed(0)} s, indexes after ${bulk.seconds.all.toFixed(0)} s`,
    );
    const embedded = await startEmbedded(bulk.servers, bulk.place);
    try {
      const distributed =
        withDistributed && bulk.servers.brokers ? await startProcesses(bulk.servers, bulk.place) : null;
      try {
        say('The query …');
        return await measureOn(bulk, size, embedded, distributed, say);
      } finally {
        await distributed?.close();
      }
    } finally {
      await embedded.close();
    }
  } finally {
    await bulk.servers.close();
  }
}
