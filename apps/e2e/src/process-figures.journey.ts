import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { dayOneBeginsAt } from '@anju/demonstration';
import type { RunningSuite } from '@anju/suite';
import { readFileAt, sendFile } from './file-client';
import { signIn } from './graph-client';
import { startPlatform, type Platform } from './platform';

const dashboardSchema = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
});
const rulesSchema = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

/** Made by Prometheus itself of every scrape. */
const prometheusOwn = new Set(['up']);

/** The names of metrics in a PromQL expression: words that are no function, no label and no text. */
function metricsIn(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(?:by|without)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/\b[a-z][a-z0-9_]*\b(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !['by', 'without', 'and', 'or', 'unless', 'bool', 'offset'].includes(name));
}

function dashboardExpressions(): string[] {
  const file = 'infra/observability/grafana/dashboards/anju.json';
  const { panels } = dashboardSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}

function alertExpressions(): string[] {
  const { groups } = rulesSchema.parse(parse(readFileSync('infra/observability/alerts.yml', 'utf8')));
  return groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
}

/** A metric as `/metrics` declares it. */
interface Declared {
  readonly type: string;
  readonly help: string;
}

function declaredIn(text: string): Map<string, Declared> {
  const helps = new Map(
    [...text.matchAll(/^# HELP (\S+) ?(.*)$/gm)].map(([, name, help]) => [name!, help!] as const),
  );
  return new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(
      ([, name, type]) => [name!, { type: type!, help: helps.get(name!) ?? '' }] as const,
    ),
  );
}

/** The names under which a metric can be asked for. */
function seriesOf(name: string, { type }: Declared): string[] {
  return type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name];
}

describe('the figures of the platform', () => {
  let platform: Platform;
  let text: string;
  let declared: Map<string, Declared>;

  beforeAll(async () => {
    platform = await startPlatform(dayOneBeginsAt, { playsSetting: true });
    await platform.running.settled();
    const desk = await signIn(platform, ['SERVICE_SUPERVISOR'], {
      staffId: platform.teller.staffId('linfang'),
    });
    const words = { name: 'a.txt', content: Buffer.from('说明') };
    await sendFile(desk, platform.setting.projectId, words);
    await readFileAt(desk, '/files/complaints/report.html?from=2026-03-01&to=2026-03-01');
    // By itself each looks a minute after its start.
    const { services } = platform.running as RunningSuite;
    await Promise.all(services.map(({ resealer }) => resealer.reseal()));
    text = await (await fetch(new URL('/metrics', platform.running.url))).text();
    declared = declaredIn(text);
  });

  afterAll(() => platform?.close());

  it('are told with a description and a unit each', () => {
    const withoutHelp = [...declared].filter(([, { help }]) => help.length < 10).map(([name]) => name);
    expect(withoutHelp).toEqual([]);
    const foreign = [...declared.keys()].filter((name) => !/^(anju|process|nodejs)_[a-z_]+$/.test(name));
    expect(foreign).toEqual([]);
    const uncounted = [...declared].filter(
      ([name, { type }]) => type === 'counter' && !name.endsWith('_total'),
    );
    expect(uncounted).toEqual([]);
  });

  it('have a value for everything that happens in one process', () => {
    const silent = [...declared]
      .filter(([name, metric]) =>
        seriesOf(name, metric).every((series) => !new RegExp(`^${series}[ {]`, 'm').test(text)),
      )
      .map(([name]) => name);
    // There are no brokers.
    expect(silent).toEqual(['anju_kafka_up']);
    for (const line of [
      /^anju_commands_total\{service="directory",command="registerBuilding",outcome="done"\} [1-9]/m,
      /^anju_event_delay_seconds_count\{consumer="reception\.references"\} [1-9]/m,
      /^anju_consumer_lag_events\{consumer="reception\.references",context="directory"\} 0$/m,
      /^anju_subgraph_operations_total\{service="directory",outcome="ok"\} [1-9]/m,
      /^anju_figures_readable\{service="complaints",source="deadlines"\} 1$/m,
      /^anju_sealed_by_older_keys\{service="directory",table="customer"\} 0$/m,
      /^anju_file_requests_total\{service="complaints",method="POST",outcome="ok"\} 1$/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it.each([
    ['dashboard', dashboardExpressions],
    ['alert rules', alertExpressions],
  ])('are all that the %s ask for', (_what, expressions) => {
    const known = new Set([...declared].flatMap(([name, metric]) => seriesOf(name, metric)));
    const asked = new Set(expressions().flatMap(metricsIn));
    expect(asked.size).toBeGreaterThan(10);
    expect([...asked].filter((name) => !known.has(name) && !prometheusOwn.has(name))).toEqual([]);
  });

  it('are all on the dashboard', () => {
    const asked = new Set(dashboardExpressions().flatMap(metricsIn));
    const missing = [...declared]
      .filter(([name, metric]) => !seriesOf(name, metric).some((series) => asked.has(series)))
      .map(([name]) => name);
    expect(missing).toEqual([]);
  });

  it('are listed in the documentation as they are', () => {
    const document = readFileSync('docs/observability.md', 'utf8');
    const rows = [
      ...document.matchAll(/^\| `((?:anju|process|nodejs)_[a-z_]+)` *\| (\w+) *\| (.*?) *\|$/gm),
    ].map(([, name, type, help]) => `${name} ${type} ${help}`);
    expect(rows.sort()).toEqual(
      [...declared].map(([name, { type, help }]) => `${name} ${type} ${help}`).sort(),
    );
  });
});
