import { deepStrictEqual } from 'node:assert/strict';
import { benchName } from './households';
import { householdQuery, rowsIn, type HouseholdAnswer, type Shape } from './household-query';
import { LoadProcess, type Load } from './load';
import { databaseOf, type Platform } from './platform';
import { postgresCpuMillis } from './processes';
import { RawHouseholds } from './raw-households';
import type { Chapter, Figure, Table } from './report';
import { StatementCounter, countedHeader, type StatementCount } from './statements';
import { percentile, repeated, shown, spread, type Spread } from './statistics';

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
const roundSeconds = 2.5;
/** A round has so many at least, whatever they take. */
const fewestRequests = 12;

type Asked = Omit<Load, 'requests'>;

/** The same question to the graph and to hand-written SQL. */
interface Question {
  readonly graph: Asked;
  readonly raw: Asked;
}

/** What one round of requests took. */
interface Round {
  readonly perSecond: number;
  readonly p50Millis: number;
  readonly nodeCpuMillis: number;
  /** Null where the machine does not tell. */
  readonly postgresCpuMillis: number | null;
}

const titleOf = ({ customers, interactions }: Shape): string =>
  `${customers} ${customers === 1 ? 'customer' : 'customers'} × up to ${interactions}`;

class QueryBench {
  private readonly raw: RawHouseholds;
  private readonly load = new LoadProcess();
  private rawUrl = '';
  private headers: Readonly<Record<string, string>> = {};

  constructor(private readonly platform: Platform) {
    this.raw = new RawHouseholds(platform);
  }

  async prepare(): Promise<void> {
    this.rawUrl = await this.raw.listen();
    const { suite, teller, setting } = this.platform;
    const token = await suite.issuer.issue({
      account: reader,
      staffId: teller.staffId(reader),
      roles: [{ role: 'SERVICE_SUPERVISOR', projectIds: [setting.projectId] }],
    });
    this.headers = { authorization: `Bearer ${token}` };
  }

  async close(): Promise<void> {
    this.load.close();
    await this.raw.close();
  }

  /**
   * Asks the graph once.
   * @throws Error if it answers with errors, or anything else than the databases hold
   */
  async ask(shape: Shape): Promise<{ answer: HouseholdAnswer; text: string }> {
    const response = await fetch(this.platform.suite.url, {
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

  /** Asks the graph for every shape, and counts the statements of each request by database. */
  async counted(
    shapes: readonly Shape[],
  ): Promise<{ shape: Shape; statements: StatementCount; answer: HouseholdAnswer }[]> {
    const counter = new StatementCounter();
    try {
      const results = [];
      for (const shape of shapes) {
        const { answer } = await this.ask(shape);
        results.push({ shape, statements: counter.of(titleOf(shape)), answer });
      }
      return results;
    } finally {
      counter.close();
    }
  }

  async question(shape: Shape): Promise<Question> {
    const { text, answer } = await this.ask(shape);
    return {
      graph: {
        connections,
        url: this.platform.suite.url,
        headers: this.headers,
        body: this.bodyOf(shape),
        answer: text,
      },
      raw: {
        connections,
        url: this.rawUrl,
        headers: {},
        body: JSON.stringify(shape),
        answer: JSON.stringify({ data: answer }),
      },
    };
  }

  async round(asked: Asked, requests: number): Promise<Round> {
    const postgresBefore = postgresCpuMillis(process.pid);
    const before = process.cpuUsage();
    const { millis, latencyMillis, wrong } = await this.load.run({ ...asked, requests });
    const { user, system } = process.cpuUsage(before);
    const postgresAfter = postgresCpuMillis(process.pid);
    if (wrong > 0) throw new Error(`${wrong} of ${requests} answers were not as expected`);
    return {
      perSecond: (requests / millis) * 1_000,
      p50Millis: percentile(latencyMillis, 0.5),
      nodeCpuMillis: (user + system) / 1_000 / requests,
      postgresCpuMillis:
        postgresBefore === null || postgresAfter === null
          ? null
          : (postgresAfter - postgresBefore) / requests,
    };
  }

  /** Sends some without measuring. @returns how many make a round */
  async warmUp(asked: Asked): Promise<number> {
    await this.round(asked, fewestRequests);
    const { perSecond } = await this.round(asked, fewestRequests);
    return Math.max(fewestRequests, Math.ceil(perSecond * roundSeconds));
  }

  private bodyOf(shape: Shape): string {
    return JSON.stringify({ query: householdQuery, variables: { name: benchName, ...shape } });
  }
}

async function countStatements(bench: QueryBench): Promise<{ figure: Figure; table: Table }> {
  const rows: string[][] = [];
  const totals = new Set<string>();
  let kinds: string[] = [];
  for (const { shape, statements, answer } of await bench.counted(countedShapes)) {
    const counts = asking.map((service) => statements.get(databaseOf(service)) ?? 0);
    const asked = [...statements.keys()].sort().join();
    if (asked !== asking.map(databaseOf).sort().join()) throw new Error(`statements went to: ${asked}`);
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
      measured: isConstant ? `${rows[0]!.at(-1)} in each of ${rows.length} sizes` : 'grows, see the table',
      met: isConstant,
    },
    table: {
      title: 'SQL statements for one request, by service, against the rows that it answers',
      head: ['asked for', ...kinds, ...asking.map((service) => `SQL ${service}`), 'SQL in all'],
      rows,
    },
  };
}

const ratioOf = (
  rounds: readonly (readonly [graph: Round, raw: Round])[],
  of: (round: Round) => number,
): Spread => spread(rounds.map(([graph, raw]) => of(graph) / of(raw)));

async function compare(bench: QueryBench): Promise<Table[]> {
  const absolute: string[][] = [];
  const ratios: string[][] = [];
  for (const shape of loadedShapes) {
    const question = await bench.question(shape);
    const ofGraph = await bench.warmUp(question.graph);
    const ofRaw = await bench.warmUp(question.raw);
    // One after the other within a pair, so that what disturbs the machine disturbs both.
    const pairs = await repeated(4, 13, async () => {
      return [await bench.round(question.graph, ofGraph), await bench.round(question.raw, ofRaw)] as const;
    });
    for (const [index, way] of ['graph', 'raw SQL'].entries()) {
      const rounds = pairs.map((pair) => pair[index]!);
      const tell = (of: (round: Round) => number, digits: number, unit: string): string =>
        shown(spread(rounds.map(of)), digits, unit);
      const postgresTold = rounds.every((round) => round.postgresCpuMillis !== null);
      absolute.push([
        titleOf(shape),
        way,
        tell((round) => round.perSecond, 0, '/s'),
        tell((round) => round.p50Millis, 1, 'ms'),
        tell((round) => round.nodeCpuMillis, 2, 'ms'),
        postgresTold ? tell((round) => round.postgresCpuMillis!, 2, 'ms') : 'not told by this machine',
      ]);
    }
    ratios.push([
      titleOf(shape),
      shown(
        ratioOf(pairs, ({ perSecond }) => perSecond),
        3,
        '×',
      ),
      shown(
        ratioOf(pairs, ({ nodeCpuMillis }) => nodeCpuMillis),
        1,
        '×',
      ),
    ]);
  }
  return [
    {
      title: 'The graph against raw SQL on the same data, pair by pair',
      head: ['asked for', 'requests/s, graph ÷ raw', 'CPU of Node per request, graph ÷ raw'],
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
  ];
}

/**
 * Asks for customers with homes, last contacts, work orders with technicians and complaints: counts the SQL
 * statements at several sizes, and compares the cost with hand-written SQL for the same answer.
 * @param platform with the households' contacts in it
 * @throws Error if the graph's answer is not exactly what the databases hold
 */
export async function measureQuery(platform: Platform): Promise<Chapter> {
  const bench = new QueryBench(platform);
  try {
    await bench.prepare();
    const counted = await countStatements(bench);
    const compared = await compare(bench);
    return {
      title: 'Query',
      method:
        'A customer with homes, the last 20 contacts, their work orders with technicians, and complaints: one ' +
        'query over three services. Customers have 1 to 20 contacts each. Statements are counted at the ' +
        'PostgreSQL client for the request alone. The raw way is a bare HTTP server in the same process with ' +
        'seven hand-written statements and no token, permission or scope; its answer must equal that of the ' +
        'graph. Requests come from a process of their own, whose CPU time is not counted.',
      figures: [counted.figure],
      tables: [counted.table, ...compared],
    };
  } finally {
    await bench.close();
  }
}
