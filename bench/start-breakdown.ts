import type { Profiler } from 'node:inspector';
import type { StartRecord, StartSpan } from './start-probe';
import type { Table } from './report';

type Frame = Profiler.ProfileNode['callFrame'];

interface Share {
  readonly name: string;
  readonly has: (frame: Frame) => boolean;
}

const named =
  (...names: string[]) =>
  ({ functionName }: Frame): boolean =>
    names.includes(functionName);
const from =
  (...folders: string[]) =>
  ({ url }: Frame): boolean =>
    folders.some((folder) => url.includes(folder));

/** What the main thread does; a sample counts for the first share that any frame of its stack belongs to. */
const shares: readonly Share[] = [
  { name: 'waiting (PostgreSQL starts and answers, timers)', has: named('(idle)') },
  { name: 'garbage collection', has: named('(garbage collector)') },
  {
    name: 'modules: compiling',
    has: named('wrapSafe', 'compileFunctionForCJSLoader', 'compileSourceTextModule'),
  },
  {
    name: 'modules: finding and reading files',
    has: named(
      'Module._resolveFilename',
      'Module._resolveLookupPaths',
      'loadSource',
      'readPackageScope',
      'stat',
    ),
  },
  // What the probe has put around the loading of each file.
  { name: 'modules: running them (decorators, tables, enums)', has: named('observedLoad') },
  { name: 'schemas: entities', has: named('withEntities') },
  { name: 'schemas: printing them', has: named('printSchemaWithDirectives') },
  { name: 'schemas: type-graphql and the rest', has: named('buildServiceSchema') },
  {
    name: 'gateway: reading the supergraph, query graph, API schema',
    has: from('/@apollo/', '/apps/gateway/'),
  },
  { name: 'database: TypeORM and pg', has: from('/typeorm/', '/pg/', '/pg-pool/', '/pg-protocol/') },
  { name: 'embedded PostgreSQL: files and processes', has: from('/libs/postgres/') },
  { name: 'services and platform', has: from('/libs/', '/apps/') },
];
const rest = 'Node: timers, sockets, native code';

/** Milliseconds of the main thread by share, until the profile was stopped. */
function mainThread({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const shareOf = new Map<number, string>();
  for (const { id } of nodes) {
    const stack: Frame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      stack.push(byId.get(at)!.callFrame);
    }
    shareOf.set(id, shares.find(({ has }) => stack.some(has))?.name ?? rest);
  }
  const millis = new Map<string, number>([...shares.map(({ name }) => name), rest].map((name) => [name, 0]));
  samples.forEach((id, index) => {
    // A delta is the time before its sample; what the sample shows lasts until the next.
    const lasted = timeDeltas[index + 1] ?? 0;
    const name = shareOf.get(id)!;
    millis.set(name, millis.get(name)! + lasted / 1_000);
  });
  return millis;
}

const parts: readonly (readonly [part: string, label: string])[] = [
  ['startEmbeddedPostgres', 'PostgreSQL started and reached'],
  ['ensureDatabase', 'databases and roles there'],
  ['startSuite', 'the suite: all that follows'],
  ['serve', 'services: database, schema, consumers'],
  ['DataSource.initialize', 'services: connecting'],
  ['DataSource.runMigrations', 'services: looking for migrations'],
  ['bringViewsUpToDate', 'services: metric views up to date'],
  ['buildServiceSchema', 'services: schemas'],
  ['InProcessEventBus.start', 'event bus'],
  ['startGateway', 'gateway'],
  ['startApollo', 'gateway: Apollo loaded and started'],
  ['ApolloServer.start', 'gateway: supergraph taken'],
];

const millisText = (value: number): string => value.toFixed(0);

function wallRow(spans: readonly StartSpan[], part: string, label: string): string[] | null {
  const found = spans.filter((span) => span.part === part && !Number.isNaN(span.to));
  if (found.length === 0) return null;
  const begins = Math.min(...found.map((span) => span.from));
  const ends = Math.max(...found.map((span) => span.to));
  const each = found.map((span) => `${span.of} ${millisText(span.to - span.from)}`.trim()).join(', ');
  return [
    label,
    millisText(begins),
    millisText(ends),
    millisText(ends - begins),
    found.length > 1 ? each : '',
  ];
}

/** Where a warm start's time goes: when its parts begin and end, what the main thread does, what loading costs. */
export function breakdownTables(record: StartRecord): Table[] {
  const { spans, packages, profile, readyMillis } = record;
  const boot = spans.find(({ part }) => part === 'Node itself');
  const firstPart = Math.min(
    ...spans.filter(({ part }) => part === 'startEmbeddedPostgres').map((span) => span.from),
    readyMillis,
  );
  const bootEnds = boot?.to ?? 0;
  const wall = [
    ['Node itself', '0', millisText(bootEnds), millisText(bootEnds), ''],
    [
      'build check, modules, settings',
      millisText(bootEnds),
      millisText(firstPart),
      millisText(firstPart - bootEnds),
      '',
    ],
    ...parts.flatMap(([part, label]) => [wallRow(spans, part, label) ?? []].filter((row) => row.length > 0)),
    ['ready', millisText(readyMillis), '', '', ''],
  ];
  const threads = [...mainThread(profile)].filter(([, millis]) => millis >= 1);
  const total = threads.reduce((sum, [, millis]) => sum + millis, 0);
  const loaded = Object.entries(packages).sort(([, a], [, b]) => b.wholeMillis - a.wholeMillis);
  const allFiles = loaded.reduce((sum, [, { files }]) => sum + files, 0);
  const allMillis = loaded.reduce((sum, [, { ownMillis }]) => sum + ownMillis, 0);
  return [
    {
      title: 'Parts of a warm start on the clock (ms since the process was made; services overlap)',
      head: ['part', 'begins', 'ends', 'lasts', 'of which'],
      rows: wall,
    },
    {
      title: 'What the main thread does during it (CPU profile, ms)',
      head: ['share', 'ms', 'of the start'],
      rows: threads
        .sort(([, a], [, b]) => b - a)
        .map(([name, millis]) => [name, millisText(millis), `${((millis / total) * 100).toFixed(0)} %`]),
    },
    {
      title: `Modules: ${allFiles} files, ${millisText(allMillis)} ms; the packages that take most (ms)`,
      head: ['package', 'files', 'its own files', 'with what it is the first to load'],
      rows: loaded
        .slice(0, 30)
        .map(([name, { files, ownMillis, wholeMillis }]) => [
          name,
          String(files),
          ownMillis.toFixed(1),
          wholeMillis.toFixed(1),
        ]),
    },
  ];
}
