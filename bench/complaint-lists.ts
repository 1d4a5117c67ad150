import { Client } from 'pg';
import { Chance } from './bulk/chance';
import { loadCompany, type CompanySize, type LoadedProject } from './bulk/company-complaints';
import { LoadProcess, type Question } from './load';
import { placeOf, startEmbedded, type Place, type Platform } from './platform';
import { postgresCpuMillis } from './processes';
import type { Chapter, Figure, Table } from './report';
import { companySettings, startServers, type Servers } from './servers';
import { percentile } from './statistics';

const clients = 20;
const targetMillis = 50;
const warmUpMillis = 3_000;
const roundMillis = 8_000;
const sampled = 100;

const shown = `nodes { id number status severity causeClass receivedAt topic nextDueAt overdueSinceAt
  groupSize responsibleDepartment } pageInfo { hasNextPage endCursor }`;
const dueSource = `query($filter: ComplaintsDueFilter) { complaintsDue(withinHours: 24, filter: $filter, first: 20) {
  nodes { kind dueAt complaint { id number severity status } } pageInfo { hasNextPage endCursor } } }`;
const listSource = (orderBy: string): string => `query($filter: ComplaintFilter) {
  complaints(filter: $filter, orderBy: ${orderBy}, first: 20) { ${shown} } }`;

interface List {
  readonly name: string;
  readonly source: string;
  /** Whose list it is: of one project, or of the company. */
  readonly filter: (project: LoadedProject, chance: Chance) => object;
}

const latest = listSource('RECEIVED_LAST_FIRST');
const ofProject = ({ id: projectId }: LoadedProject): { projectId: string } => ({ projectId });

/** What people at a desk, in a project and at the head office look at. */
const lists: readonly List[] = [
  { name: 'due within a day, of a project', source: dueSource, filter: ofProject },
  {
    name: 'due within a day, of a handler',
    source: dueSource,
    filter: ({ handlers }, chance) => ({ handlerId: chance.oneOf(handlers) }),
  },
  { name: 'due within a day, of the company', source: dueSource, filter: () => ({}) },
  {
    name: 'open cases of a project',
    source: latest,
    filter: (one) => ({ ...ofProject(one), openOnly: true }),
  },
  {
    name: 'open, hot or major, of a project, by what is due first',
    source: listSource('DUE_FIRST'),
    filter: (one) => ({ ...ofProject(one), openOnly: true, severity: ['HOT', 'MAJOR'] }),
  },
  {
    name: 'overdue, of a project, the longest first',
    source: listSource('LONGEST_OVERDUE_FIRST'),
    filter: (one) => ({ ...ofProject(one), overdue: true }),
  },
  {
    name: 'open cases of a handler',
    source: latest,
    filter: ({ handlers }, chance) => ({ handlerId: chance.oneOf(handlers), openOnly: true }),
  },
  {
    name: 'with a missed response, of a project',
    source: latest,
    filter: (one) => ({ ...ofProject(one), missedClocks: ['RESPONSE'] }),
  },
  {
    name: 'class 2 about parking, over a week old and open, of a project',
    source: latest,
    filter: (one) => ({
      ...ofProject(one),
      ...{ causeClass: ['CLASS_2'], topics: ['PARKING'], minAgeDays: 7, openOnly: true },
    }),
  },
  {
    name: 'major and overdue, of the company, the longest first',
    source: listSource('LONGEST_OVERDUE_FIRST'),
    filter: () => ({ severity: ['MAJOR'], overdue: true }),
  },
  {
    name: 'open of a department, of the company, the severest first',
    source: listSource('SEVEREST_FIRST'),
    filter: (_one, chance) => ({
      ...{ departmentCode: chance.oneOf(['EQUIPMENT', 'SECURITY', 'CLEANING']), openOnly: true },
    }),
  },
  { name: 'due today, of the company', source: listSource('DUE_FIRST'), filter: () => ({ dueToday: true }) },
  {
    name: 'with a word that many have, of a project',
    source: latest,
    filter: (one) => ({ ...ofProject(one), search: '电梯' }),
  },
  { name: 'with a word that many have, of the company', source: latest, filter: () => ({ search: '漏水' }) },
  {
    name: 'with three common words that few have together, of the company',
    source: latest,
    filter: (_one, chance) => ({ search: `顶楼 渗水 第${chance.below(40) + 1}次` }),
  },
];

/** Notes the statements that are sent to PostgreSQL while something is done. */
async function statementsOf(work: () => Promise<unknown>): Promise<{ text: string; values: unknown[] }[]> {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its client below
  const { query } = Client.prototype;
  const sent: { text: string; values: unknown[] }[] = [];
  const noting = function (this: Client, ...args: unknown[]): unknown {
    const [first, second] = args as [string | { text?: string; values?: unknown[] }, unknown];
    const text = typeof first === 'string' ? first : (first.text ?? '');
    const values = typeof first === 'string' ? second : (first.values ?? second);
    sent.push({ text, values: Array.isArray(values) ? values : [] });
    return Reflect.apply(query, this, args);
  };
  Client.prototype.query = noting as typeof query;
  try {
    await work();
  } finally {
    Client.prototype.query = query;
  }
  return sent;
}

class ListAsker {
  private constructor(
    readonly platform: Platform,
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  static async open(platform: Platform): Promise<ListAsker> {
    const account = 'linfang';
    const token = await platform.running.issuer.issue({
      ...{ account, staffId: platform.teller.staffId(account) },
      roles: [{ role: 'QUALITY_CENTRE', projectIds: 'ALL' }],
    });
    return new ListAsker(platform, { authorization: `Bearer ${token}` });
  }

  /** @throws Error if the graph answers with errors */
  async ask(body: string): Promise<number> {
    const response = await fetch(this.platform.running.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body,
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, { nodes: unknown[] }>;
      errors?: unknown;
    };
    if (!data || errors) throw new Error(`the graph does not answer ${body}: ${JSON.stringify(errors)}`);
    return Object.values(data)[0]!.nodes.length;
  }

  /** How PostgreSQL comes to the rows of a list. */
  async plans(body: string): Promise<string[]> {
    const sent = await statementsOf(() => this.ask(body));
    const client = new Client({ connectionString: this.platform.databaseUrl('complaints') });
    await client.connect();
    try {
      const plans: string[] = [];
      for (const { text, values } of sent) {
        if (!/^\s*select/i.test(text) || !text.includes('complaint')) continue;
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `explain (analyze, buffers) ${text}`,
          values,
        );
        plans.push([text, ...rows.map((row) => row['QUERY PLAN'])].join('\n'));
      }
      return plans;
    } finally {
      await client.end();
    }
  }
}

/** CPU time so far: of this process, in which the gateway and the services are, and of PostgreSQL; NaN where unknown. */
function cpuMillis(): { readonly node: number; readonly postgres: number } {
  const { user, system } = process.cpuUsage();
  return { node: (user + system) / 1_000, postgres: postgresCpuMillis(process.pid) ?? NaN };
}

async function measureLists(
  asker: ListAsker,
  projects: readonly LoadedProject[],
  chance: Chance,
  say: (line: string) => void,
): Promise<{ figures: Figure[]; table: Table }> {
  const rows: string[][] = [];
  const slow: string[] = [];
  const everything: number[] = [];
  for (const { name, source, filter } of lists) {
    const bodies = Array.from({ length: sampled }, () =>
      JSON.stringify({ query: source, variables: { filter: filter(chance.oneOf(projects), chance) } }),
    );
    let found = 0;
    for (const body of bodies) found += await asker.ask(body);
    const questions: Question[] = bodies.map((body) => ({ body, answer: null }));
    const { url } = asker.platform.running;
    const load = await LoadProcess.start({ url, headers: asker.headers, questions, connections: clients });
    try {
      await load.run(warmUpMillis);
      const before = cpuMillis();
      const { latencyMillis, millis } = await load.run(roundMillis);
      const after = cpuMillis();
      const each = (used: number): string => (used / latencyMillis.length).toFixed(2);
      const cpu = [each(after.node - before.node), each(after.postgres - before.postgres)];
      const [p50, p95] = [percentile(latencyMillis, 0.5), percentile(latencyMillis, 0.95)];
      everything.push(...latencyMillis);
      const perSecond = (latencyMillis.length / millis) * 1_000;
      const [nodes, half, most] = [found / sampled, p50, p95].map((figure) => figure.toFixed(1));
      rows.push([name, nodes!, half!, most!, perSecond.toFixed(0), ...cpu]);
      say(`${name}: p50 ${half} ms, p95 ${most} ms, ${perSecond.toFixed(0)}/s, CPU ${cpu.join(' + ')} ms`);
      if (p95 <= targetMillis) continue;
      slow.push(name);
      for (const plan of await asker.plans(bodies[0]!)) say(`${name}:\n${plan}`);
    } finally {
      load.close();
    }
  }
  const p95 = percentile(everything, 0.95);
  return {
    figures: [
      {
        name: `lists of complaints: p95 at ${clients} clients`,
        target: `≤ ${targetMillis} ms`,
        measured: {
          embedded: `${p95.toFixed(1)} ms${slow.length > 0 ? `; slower: ${slow.join('; ')}` : ', each list'}`,
        },
        met: slow.length === 0,
      },
    ],
    table: {
      title: `Lists through the graph, ${clients} clients at once, in milliseconds`,
      head: [
        ...['list', 'rows on a page', 'p50', 'p95', 'answers a second'],
        ...['CPU of Node an answer', 'CPU of PostgreSQL an answer'],
      ],
      rows,
    },
  };
}

/** Asks for the due list and filtered lists among very many complaints, as many people at once. */
export async function measureComplaintLists(
  size: CompanySize,
  say: (line: string) => void,
): Promise<Chapter> {
  const chance = new Chance(size.seed);
  let place: Place | undefined;
  let projects: readonly LoadedProject[] = [];
  let rows = 0;
  const began = performance.now();
  const load = async (loading: Pick<Servers, 'folder' | 'postgres'>): Promise<void> => {
    place = placeOf(loading, 'company');
    const platform = await startEmbedded(loading, place);
    await platform.running.settled().finally(() => platform.close());
    const { setting, teller } = platform;
    place = { ...place, setting };
    const ground = {
      ...{ projectId: setting.projectId, handlerId: teller.staffId('linfang') },
      ...{ databaseUrl: platform.databaseUrl('complaints'), now: new Date() },
    };
    ({ projects, rows } = await loadCompany(size, ground, chance));
  };
  const servers = await startServers(load, false, companySettings);
  try {
    const seconds = (performance.now() - began) / 1_000;
    say(`${size.complaints} complaints (${rows} rows) after ${seconds.toFixed(0)} s`);
    const platform = await startEmbedded(servers, place);
    try {
      const { figures, table } = await measureLists(await ListAsker.open(platform), projects, chance, say);
      return {
        title: 'Lists of complaints',
        method:
          `${size.complaints} complaints of ${size.projects} projects and three years, made by the rules and loaded ` +
          `by COPY (${rows} rows). ${clients} clients in a process of their own ask the gateway, each list with ` +
          `${sampled} different filters in turn, one after the other without a pause.`,
        figures,
        tables: [table],
      };
    } finally {
      await platform.close();
    }
  } finally {
    await servers.close();
  }
}
