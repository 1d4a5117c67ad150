import { deepStrictEqual } from 'node:assert/strict';
import { benchName } from './households';
import { householdQuery, rowsIn, type HouseholdAnswer, type Shape } from './household-query';
import { LoadProcess, type Load } from './load';
import { databaseOf, type Mode, type Platform } from './platform';
import { postgresCpuMillis } from './processes';
import { RawHouseholds } from './raw-households';
import type { Chapter, Figure, Table } from './report';
import { StatementCounter, countedHeader, type StatementCount } from './statements';
import { percentile, repeated, shown, spread } from './statistics';

/** Everything that the query asks for may be seen by this account. */
const reader = 'linfang';
const asking = ['directory', 'reception', 'complaints'] as const;

/** From one row of each kind to everything that is there. */
const countedShapes: readonly Shape[] = [
  { customers: 1, interactions: 1 },
  { customers: 1, interactions: 20 },
  { customers: 10, interactions: 1 },
  { customers: 10, interactions: 20 },
  { customers: 50, interactions: 1 },
  { customers: 50, interactions: 20 },
];
const loadedShapes: readonly Shape[] = [
  { customers: 1, interactions: 20 },
  { customers: 10, interactions: 20 },
  { customers: 50, interactions: 20 },
];
const connections = 4;
const roundSeconds = 2;
/** A round has so many at least, whatever they take. */
const fewestRequests = 12;

type Asked = Omit<Load, 'requests'>;

/** A way to ask: the graph of a mode, or hand-written SQL. */
type Way = Mode | 'raw';

/** The same question, each way that there is. */
type Question = ReadonlyMap<Way, Asked>;

const wayTitles: Readonly<Record<Way, string>> = {
  embedded: 'graph, embedded',
  distributed: 'graph, distributed',
  raw: 'raw SQL',
};

/** What one round of requests took. */
interface Round {
  readonly perSecond: number;
  readonly p50Millis: number;
  /** Null where the machine does not tell, as in the next. */
  readonly nodeCpuMillis: number | null;
  readonly postgresCpuMillis: number | null;
}

const titleOf = ({ customers, interactions }: Shape): string =>
  `${customers} ${customers === 1 ? 'customer' : 'customers'} × up to ${interactions}`;

/** One platform's graph, and the same by hand on its databases. */
class Asker {
  readonly raw: RawHouseholds;
  private headers: Readonly<Record<string, string>> = {};

  constructor(readonly platform: Platform) {
    this.raw = new RawHouseholds(platform);
  }

  async prepare(): Promise<void> {
    const { running, teller, setting } = this.platform;
    const token = await running.issuer.issue({
      account: reader,
      staffId: teller.staffId(reader),
      roles: [{ role: 'SERVICE_SUPERVISOR', projectIds: [setting.projectId] }],
    });
    this.headers = { authorization: `Bearer ${token}` };
  }

  /**
   * Asks the graph once.
   * @throws Error if it answers with errors, or anything else than the databases hold
   */
  async ask(shape: Shape): Promise<{ answer: HouseholdAnswer; text: string }> {
    const response = await fetch(this.platform.running.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [countedHeader]: titleOf(shape), ...this.headers },
      body: this.bodyOf(shape),
    });
    const text = await response.text();
    const { data, errors } = JSON.parse(text) as { data?: HouseholdAnswer; errors?: unknown };
    if (!data || errors) throw new Error(`the graph does not answer the query: ${text.slice(0, 1_000)}`);
    deepStrictEqual(data, await this.raw.answer(shape), 'the graph and the database tell different things');
    return { answer: data, text };
  }

  /** The question for the load process, with the answer that it must get. */
  async asked(shape: Shape): Promise<Asked> {
    const { text } = await this.ask(shape);
    return {
      connections,
      url: this.platform.running.url,
      headers: this.headers,
      body: this.bodyOf(shape),
      answer: text,
    };
  }

  private bodyOf(shape: Shape): string {
    return JSON.stringify({ query: householdQuery, variables: { name: benchName, ...shape } });
  }
}

class QueryBench {
  private readonly load = new LoadProcess();
  private readonly embedded: Asker;
  private readonly distributed: Asker | null;
  private rawUrl = '';

  constructor(embedded: Platform, distributed: Platform | null) {
    this.embedded = new Asker(embedded);
    this.distributed = distributed && new Asker(distributed);
  }

  async prepare(): Promise<void> {
    this.rawUrl = await this.embedded.raw.listen();
    await this.embedded.prepare();
    await this.distributed?.prepare();
  }

  async close(): Promise<void> {
    this.load.close();
    await this.embedded.raw.close();
    await this.distributed?.raw.close();
  }

  /** Asks the graph for every shape, and counts the statements of each request by database. */
  async counted(
    shapes: readonly Shape[],
  ): Promise<{ shape: Shape; statements: StatementCount; answer: HouseholdAnswer }[]> {
    const counter = new StatementCounter();
    try {
      const results = [];
      for (const shape of shapes) {
        const { answer } = await this.embedded.ask(shape);
        results.push({ shape, statements: counter.of(titleOf(shape)), answer });
      }
      return results;
    } finally {
      counter.close();
    }
  }

  async question(shape: Shape): Promise<Question> {
    const question = new Map<Way, Asked>([['embedded', await this.embedded.asked(shape)]]);
    if (this.distributed) question.set('distributed', await this.distributed.asked(shape));
    const answer = JSON.stringify({ data: await this.embedded.raw.answer(shape) });
    const body = JSON.stringify(shape);
    return question.set('raw', { connections, url: this.rawUrl, headers: {}, body, answer });
  }

  async round(way: Way, asked: Asked, requests: number): Promise<Round> {
    const answering = way === 'distributed' ? this.distributed! : this.embedded;
    const cpu = (): number => answering.platform.cpuMillis() ?? NaN;
    const postgresBefore = postgresCpuMillis(process.pid);
    const before = cpu();
    const { millis, latencyMillis, wrong } = await this.load.run({ ...asked, requests });
    const nodeCpuMillis = (cpu() - before) / requests;
    const postgresAfter = postgresCpuMillis(process.pid);
    if (wrong > 0) throw new Error(`${wrong} of ${requests} answers were not as expected`);
    return {
      perSecond: (requests / millis) * 1_000,
      p50Millis: percentile(latencyMillis, 0.5),
      nodeCpuMillis: Number.isNaN(nodeCpuMillis) ? null : nodeCpuMillis,
      postgresCpuMillis:
        postgresBefore === null || postgresAfter === null
          ? null
          : (postgresAfter - postgresBefore) / requests,
    };
  }

  /** Sends some without measuring. @returns how many make a round */
  async warmUp(way: Way, asked: Asked): Promise<number> {
    await this.round(way, asked, fewestRequests);
    const { perSecond } = await this.round(way, asked, fewestRequests);
    return Math.max(fewestRequests, Math.ceil(perSecond * roundSeconds));
  }
}

async function countStatements(bench: QueryBench): Promise<{ figure: Figure; table: Table }> {
  const rows: string[][] = [];
  const totals = new Set<string>();
  let kinds: string[] = [];
  for (const { shape, statements, answer } of await bench.counted(countedShapes)) {
    const counts = asking.map((service) => statements.get(databaseOf('embedded', service)) ?? 0);
    const asked = [...statements.keys()].sort().join();
    if (
      asked !==
      asking
        .map((service) => databaseOf('embedded', service))
        .sort()
        .join()
    )
      throw new Error(`statements went to: ${asked}`);
    const shownRows = rowsIn(answer);
    kinds = Object.keys(shownRows);
    const total = counts.reduce((sum, count) => sum + count, 0);
    totals.add(counts.join());
    rows.push([
      titleOf(shape),
      ...Object.values(shownRows).map(String),
      ...counts.map(String),
      String(total),
    ]);
  }
  const isConstant = totals.size === 1;
  return {
    figure: {
      name: 'SQL statements of the query, whatever the rows',
      target: 'constant',
      measured: {
        embedded: isConstant ? `${rows[0]!.at(-1)} in each of ${rows.length} sizes` : 'grows, see the table',
      },
      met: isConstant,
    },
    table: {
      title: 'SQL statements for one request, by service, against the rows that it answers',
      head: ['asked for', ...kinds, ...asking.map((service) => `SQL ${service}`), 'SQL in all'],
      rows,
    },
  };
}

/** One round each way, one after the other, so that what disturbs the machine disturbs all. */
type Rounds = ReadonlyMap<Way, Round>;

function ratio(
  rounds: readonly Rounds[],
  [way, other]: readonly [Way, Way],
  of: (round: Round) => number | null,
  digits: number,
): string {
  const ratios = rounds.map((one) => (of(one.get(way)!) ?? NaN) / (of(one.get(other)!) ?? NaN));
  return ratios.some(Number.isNaN) ? 'not told by this machine' : shown(spread(ratios), digits, '×');
}

function median(rounds: readonly Rounds[], way: Way, of: (round: Round) => number | null): number {
  return spread(rounds.map((one) => of(one.get(way)!) ?? NaN)).median;
}

async function compare(bench: QueryBench): Promise<{ figures: Figure[]; tables: Table[] }> {
  const absolute: string[][] = [];
  const ratios: string[][] = [];
  const figures: Figure[] = [];
  for (const shape of loadedShapes) {
    const question = await bench.question(shape);
    const ways = [...question.keys()];
    const requests = new Map<Way, number>();
    for (const [way, asked] of question) requests.set(way, await bench.warmUp(way, asked));
    const rounds = await repeated(4, 15, async (): Promise<Rounds> => {
      const round = new Map<Way, Round>();
      for (const [way, asked] of question) round.set(way, await bench.round(way, asked, requests.get(way)!));
      return round;
    });
    for (const way of ways) {
      const tell = (of: (round: Round) => number | null, digits: number, unit: string): string => {
        const values = rounds.flatMap((one) => of(one.get(way)!) ?? []);
        return values.length < rounds.length
          ? 'not told by this machine'
          : shown(spread(values), digits, unit);
      };
      absolute.push([
        titleOf(shape),
        wayTitles[way],
        tell((round) => round.perSecond, 0, '/s'),
        tell((round) => round.p50Millis, 1, 'ms'),
        tell((round) => round.nodeCpuMillis, 2, 'ms'),
        tell((round) => round.postgresCpuMillis, 2, 'ms'),
      ]);
    }
    const compared: (readonly [Way, Way])[] = [['embedded', 'raw']];
    if (question.has('distributed')) compared.push(['distributed', 'raw'], ['distributed', 'embedded']);
    for (const pair of compared) {
      ratios.push([
        titleOf(shape),
        pair.map((way) => wayTitles[way]).join(' ÷ '),
        ratio(rounds, pair, ({ perSecond }) => perSecond, 3),
        ratio(rounds, pair, ({ nodeCpuMillis }) => nodeCpuMillis, 2),
      ]);
    }
    if (shape === loadedShapes[0]) {
      const measured = (way: Mode): string =>
        `${median(rounds, way, ({ perSecond }) => perSecond).toFixed(0)} requests/s, ` +
        `${median(rounds, way, ({ nodeCpuMillis }) => nodeCpuMillis).toFixed(2)} ms CPU of Node each`;
      figures.push({
        name: 'the query for one customer',
        target: null,
        measured: {
          embedded: measured('embedded'),
          ...(question.has('distributed') ? { distributed: measured('distributed') } : {}),
        },
        met: null,
      });
    }
  }
  return {
    figures,
    tables: [
      {
        title: 'Against each other on the same rows, round by round',
        head: ['asked for', 'what', 'requests/s', 'CPU of Node per request'],
        rows: ratios,
      },
      {
        title: `Absolute, with ${connections} connections, rounds of about ${roundSeconds} s`,
        head: [
          'asked for',
          'way',
          'requests',
          'p50',
          'CPU of Node per request',
          'CPU of PostgreSQL per request',
        ],
        rows: absolute,
      },
    ],
  };
}

/**
 * Asks for customers with homes, last contacts, work orders with technicians and complaints: counts the SQL
 * statements at several sizes, and compares the cost of both modes and of hand-written SQL for the same answer.
 * @param embedded with the households' contacts in it
 * @param distributed the same as processes; null where there is no broker
 * @throws Error if a graph's answer is not exactly what its databases hold
 */
export async function measureQuery(embedded: Platform, distributed: Platform | null): Promise<Chapter> {
  const bench = new QueryBench(embedded, distributed);
  try {
    await bench.prepare();
    const counted = await countStatements(bench);
    const compared = await compare(bench);
    return {
      title: 'Query',
      method:
        'A customer with homes, the last 20 contacts, their work orders with technicians, and complaints: one ' +
        'query over three services. Customers have 1 to 20 contacts each. Statements are counted at the ' +
        'PostgreSQL client for the request alone, in the embedded mode. Embedded, the gateway and the services are ' +
        'in the process of the bench; distributed, they are five processes that speak HTTP, and their CPU time is ' +
        'added up. Both modes run on one PostgreSQL server, each on its own databases with the same households, ' +
        'and take turns. The raw way is a bare HTTP server in the process of the bench with ' +
        'seven hand-written statements and no token, permission or scope; each answer of a graph must equal it. ' +
        'Requests come from a process of their own, whose CPU time is not counted.',
      figures: [counted.figure, ...compared.figures],
      tables: [counted.table, ...compared.tables],
    };
  } finally {
    await bench.close();
  }
}
