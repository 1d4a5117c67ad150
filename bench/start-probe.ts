/**
 * Loaded before the suite (`node --require`): writes down when each part of a start begins and ends, how long
 * each package takes to load, and a CPU profile up to the moment when the suite says that it runs.
 */
import { writeFileSync } from 'node:fs';
import { Session, type Profiler } from 'node:inspector';
import Module from 'node:module';

/** A part of a start; milliseconds since the process was made. */
export interface StartSpan {
  readonly part: string;
  /** Which of several, such as the service. */
  readonly of: string;
  readonly from: number;
  to: number;
}

/** What loading a package's files takes, in milliseconds. */
export interface PackageCost {
  files: number;
  /** In the files themselves. */
  ownMillis: number;
  /** With all that they were the first to load. */
  wholeMillis: number;
}

/** What `--require start-probe.js` leaves in the file `ANJU_BENCH_PROBE`. */
export interface StartRecord {
  readonly readyMillis: number;
  readonly spans: readonly StartSpan[];
  /** By name. */
  readonly packages: Readonly<Record<string, PackageCost>>;
  readonly profile: Profiler.Profile;
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;
type Exports = Record<string, unknown>;

/** Exported functions to be timed, by the end of their compiled file's name. */
const timedFunctions: Readonly<Record<string, readonly string[]>> = {
  '/apps/suite/src/suite.js': ['startSuite'],
  '/apps/gateway/src/gateway.js': ['startGateway'],
  '/apps/gateway/src/apollo.js': ['startApollo'],
  '/libs/postgres/src/embedded-postgres.js': ['startEmbeddedPostgres'],
  '/libs/subgraph/src/serve.js': ['serve'],
  '/libs/subgraph/src/schema.js': ['buildServiceSchema'],
  '/libs/insights/src/metric-views.js': ['bringViewsUpToDate'],
};

/** Methods to be timed: file, class, names. */
const timedMethods: readonly (readonly [file: string, type: string, methods: readonly string[]])[] = [
  ['/typeorm/data-source/DataSource.js', 'DataSource', ['initialize', 'runMigrations']],
  ['/libs/outbox/src/in-process-event-bus.js', 'InProcessEventBus', ['start']],
  ['/@apollo/server/dist/cjs/ApolloServer.js', 'ApolloServer', ['start']],
];

const spawnedAt = Number(process.env['ANJU_BENCH_SPAWNED_AT']);
const now = (): number => performance.timeOrigin + performance.now() - spawnedAt;

const spans: StartSpan[] = [{ part: 'Node itself', of: '', from: 0, to: now() }];
const packages: Record<string, PackageCost> = {};

function timed(part: string, work: Callable): Callable {
  return function (this: unknown, ...args) {
    const subject = (args[0] ?? this) as { name?: unknown; options?: { applicationName?: unknown } };
    const of = [subject.name, (this as typeof subject | undefined)?.options?.applicationName].find(
      (one) => typeof one === 'string',
    );
    const span: StartSpan = { part, of: String(of ?? ''), from: now(), to: NaN };
    spans.push(span);
    const ended = (): void => void (span.to = now());
    const result = work.apply(this, args);
    if (!(result instanceof Promise)) {
      ended();
      return result;
    }
    return result.then(
      (value: unknown) => {
        ended();
        return part === 'startEmbeddedPostgres' ? withTimedDatabases(value as Exports) : value;
      },
      (error: unknown) => {
        ended();
        throw error;
      },
    );
  };
}

function withTimedDatabases(postgres: Exports): Exports {
  return { ...postgres, ensureDatabase: timed('ensureDatabase', postgres['ensureDatabase'] as Callable) };
}

/** Compiled exports are getters that cannot be replaced: the importers get another object. */
function withTimedFunctions(exports: Exports, names: readonly string[]): Exports {
  const descriptors = Object.getOwnPropertyDescriptors(exports);
  for (const name of names) {
    const work = exports[name];
    if (typeof work !== 'function') continue;
    descriptors[name] = { value: timed(name, work as Callable), enumerable: true };
  }
  return Object.defineProperties({}, descriptors);
}

function afterLoading(module: { exports: Exports }, filename: string): void {
  const file = filename.replaceAll('\\', '/');
  for (const [ending, names] of Object.entries(timedFunctions)) {
    if (file.endsWith(ending)) module.exports = withTimedFunctions(module.exports, names);
  }
  for (const [ending, type, names] of timedMethods) {
    if (!file.endsWith(ending)) continue;
    const { prototype } = module.exports[type] as { prototype: Record<string, Callable> };
    for (const name of names) prototype[name] = timed(`${type}.${name}`, prototype[name]!);
  }
}

/** `libs/subgraph`, `apps/suite`, or the npm package that a file belongs to. */
function packageOf(filename: string): string {
  const file = filename.replaceAll('\\', '/');
  const npm = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file);
  const own = /\/((?:apps|libs)\/[^/]+)/.exec(file);
  return npm?.[1] ?? own?.[1] ?? 'others';
}

/** The files that are being loaded, each by the one before it. */
const loading: { readonly name: string; innerMillis: number }[] = [];

function watchModules(): void {
  const prototype = Module.prototype as unknown as {
    load: (this: { exports: Exports }, filename: string) => void;
  };
  const { load } = prototype;
  // Profiles show it under this name, whatever this version of Node calls its own functions.
  prototype.load = function observedLoad(filename) {
    const name = packageOf(filename);
    const cost = (packages[name] ??= { files: 0, ownMillis: 0, wholeMillis: 0 });
    const isOutermost = loading.every((one) => one.name !== name);
    const file = { name, innerMillis: 0 };
    const began = performance.now();
    loading.push(file);
    try {
      load.call(this, filename);
    } finally {
      loading.pop();
      const whole = performance.now() - began;
      const outer = loading.at(-1);
      if (outer) outer.innerMillis += whole;
      cost.files += 1;
      cost.ownMillis += whole - file.innerMillis;
      if (isOutermost) cost.wholeMillis += whole;
    }
    afterLoading(this, filename);
  };
}

function finish(session: Session, file: string): void {
  const readyMillis = now();
  session.post('Profiler.stop', (error, { profile }) => {
    if (error) throw error;
    const record: StartRecord = {
      readyMillis,
      spans,
      packages,
      profile,
    };
    writeFileSync(file, JSON.stringify(record));
  });
}

function watchStart(file: string): void {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 500 });
  session.post('Profiler.start');
  watchModules();
  const write = process.stdout.write.bind(process.stdout) as Callable;
  const watched: Callable = (...args) => {
    if (String(args[0]).includes('Anju is running')) {
      process.stdout.write = write as typeof process.stdout.write;
      finish(session, file);
    }
    return write(...args);
  };
  process.stdout.write = watched as typeof process.stdout.write;
}

const file = process.env['ANJU_BENCH_PROBE'];
if (file) watchStart(file);
