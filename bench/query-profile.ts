import { Session, type Profiler } from 'node:inspector';
import { promisify } from 'node:util';
import type { Table } from './report';

type Frame = Profiler.ProfileNode['callFrame'];

const samplingMicros = 500;
const listedComponents = 20;
const listedFunctions = 20;

/** Where a frame is at home: a package, one of our libraries, Node; null for what is the language's own. */
export function componentOf({ functionName, url }: Frame): string | null {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'Node: outside of JavaScript';
  if (functionName === '(idle)') return 'waiting';
  const [, scopedPackage] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (scopedPackage !== undefined) return scopedPackage;
  const [, own] = /\/dist\/((?:apps|libs)\/[^/]+(?:\/service)?)\//.exec(url) ?? [];
  if (own !== undefined) return own;
  if (url.includes('/dist/bench/')) return 'the bench';
  return url.startsWith('node:') ? 'Node' : null;
}

interface Spent {
  /** Milliseconds by component, and by function within it. */
  readonly components: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, number>;
}

/** What is the language's own, such as `JSON.parse`, counts for whoever called it. */
export function spentIn({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Spent {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const home = new Map<number, { component: string; name: string }>();
  for (const { id, callFrame } of nodes) {
    let component: string | null = null;
    for (let at: number | undefined = id; at !== undefined && component === null; at = parents.get(at)) {
      component = componentOf(byId.get(at)!.callFrame);
    }
    component ??= 'Node';
    const file = callFrame.url.replace(/^.*\//, '').replace(/\.js$/, '');
    const place = file === '' ? '' : `, ${file}`;
    home.set(id, { component, name: `${callFrame.functionName || '(anonymous)'} (${component}${place})` });
  }
  const components = new Map<string, number>();
  const functions = new Map<string, number>();
  samples.forEach((id, index) => {
    // A delta is the time before its sample; what the sample shows lasts until the next.
    const lasted = (timeDeltas[index + 1] ?? 0) / 1_000;
    const { component, name } = home.get(id)!;
    if (component === 'waiting') return;
    components.set(component, (components.get(component) ?? 0) + lasted);
    functions.set(name, (functions.get(name) ?? 0) + lasted);
  });
  return { components, functions };
}

/** Takes a CPU profile of this process's main thread while something is done. */
export async function profiled<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; profile: Profiler.Profile }> {
  const session = new Session();
  session.connect();
  const post = promisify(session.post.bind(session)) as (
    method: string,
    parameters?: object,
  ) => Promise<unknown>;
  try {
    await post('Profiler.enable');
    await post('Profiler.setSamplingInterval', { interval: samplingMicros });
    await post('Profiler.start');
    const result = await work();
    const { profile } = (await post('Profiler.stop')) as { profile: Profiler.Profile };
    return { result, profile };
  } finally {
    session.disconnect();
  }
}

function rowsOf(spent: ReadonlyMap<string, number>, requests: number, most: number): string[][] {
  const total = [...spent.values()].reduce((sum, millis) => sum + millis, 0);
  return [...spent]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, millis]) => [
      name,
      `${(millis / requests).toFixed(3)} ms`,
      `${((millis / total) * 100).toFixed(1)} %`,
    ]);
}

/** Where the main thread's time goes, by component and by function. @param requests answered meanwhile */
export function profileTables(profile: Profiler.Profile, requests: number): Table[] {
  const { components, functions } = spentIn(profile);
  const head = ['in', 'per request', 'share'];
  const of = `${requests} requests, embedded`;
  return [
    {
      title: `Where the main thread's time goes, by component (CPU profile, ${of})`,
      head,
      rows: rowsOf(components, requests, listedComponents),
    },
    {
      title: 'The functions that take most of it themselves',
      head,
      rows: rowsOf(functions, requests, listedFunctions),
    },
  ];
}
