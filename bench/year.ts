import pino from 'pino';
import { YearCheck } from '../apps/e2e/src/generated-year/year-check';
import { YearGround } from '../apps/e2e/src/generated-year/year-ground';
import { planYear, type YearSize } from '../apps/e2e/src/generated-year/year-plan';
import { YearPlayer } from '../apps/e2e/src/generated-year/year-player';
import { postgresCpuMillis } from './processes';
import { profileTables, profiled } from './query-profile';
import type { Chapter } from './report';
import { companySettings, startServers } from './servers';

const mostSeconds = 300;
/** Of fewer complaints the time is only shown. */
const wholeYear = 20_000;

interface Spent {
  readonly seconds: number;
  /** Of Node, and of PostgreSQL; null where the machine does not tell. */
  readonly node: number;
  readonly postgres: number | null;
}

async function spentOn<Result>(work: () => Promise<Result>): Promise<{ result: Result; spent: Spent }> {
  const began = performance.now();
  const node = process.cpuUsage();
  const postgres = postgresCpuMillis(process.pid);
  const result = await work();
  const { user, system } = process.cpuUsage(node);
  const after = postgresCpuMillis(process.pid);
  return {
    result,
    spent: {
      seconds: (performance.now() - began) / 1_000,
      node: (user + system) / 1e6,
      postgres: postgres === null || after === null ? null : (after - postgres) / 1_000,
    },
  };
}

function shownSpent({ seconds, node, postgres }: Spent): string {
  return `${seconds.toFixed(0)} s; CPU: Node ${node.toFixed(0)} s, PostgreSQL ${postgres?.toFixed(0) ?? '?'} s`;
}

/**
 * Plays a generated year of complaints on a clock moved by hand, through the graph of the complaints service with its
 * due times and events, and holds all that came of it against a count by hand.
 * @throws Error if a figure, an instant or an answer is not as counted
 */
export async function measureYear(size: YearSize, say: (line: string) => void): Promise<Chapter> {
  const servers = await startServers(undefined, false, companySettings);
  try {
    const { postgres } = servers;
    const url = (service: string): Promise<string> =>
      postgres.ensureDatabase(`anju_year_${service}`, `anju_year_${service}`);
    const ground = await YearGround.open({
      ...{ complaintsUrl: await url('complaints'), insightsUrl: await url('insights') },
      ...{ projects: size.projects, logger: pino({ level: 'error' }) },
    });
    try {
      const plan = planYear(size);
      say(`${plan.cases.length} cases, ${plan.commands.length} commands of the year …`);
      const player = new YearPlayer(ground, plan);
      const { result, profile } = await profiled(() => spentOn(() => player.play(say)));
      const { result: played, spent } = result;
      say(`played: ${shownSpent(spent)}`);
      const heard = await spentOn(async () => {
        await ground.bus.start();
        await ground.bus.settled();
      });
      say(`metrics: ${shownSpent(heard.spent)}`);
      const check = new YearCheck(ground, plan, played);
      const findings = await check.run();
      if (findings.length > 0) throw new Error(`otherwise than counted by hand:\n${findings.join('\n')}`);
      const { clocks, fired, missed, warned, historyRows, metrics, figures } = check.counted;
      const perCommand = (millis: number): string => `${(millis / (played.commands + fired)).toFixed(2)} ms`;
      return {
        title: 'A year of complaints',
        method:
          `${plan.cases.length} cases of ${size.projects} projects with their own calendars, drawn from a seed and ` +
          'played on a clock moved by hand through the complaints service’s graph, with its due times, events, replies ' +
          'up their ladders, pauses, company’s forms, joins, splits, and other policies and calendars during the year, on a ' +
          'PostgreSQL that is sure of every commit. Then everything is held against a count by hand ' +
          'that knows only the rulebook: each answer, each clock to the second, each event once, each history to its ' +
          'state, each metric of complaints by its dimensions, each figure of the regular report.',
        figures: [
          {
            name: `a year of ${size.complaints} complaints, played`,
            target: `< ${mostSeconds} s`,
            measured: { embedded: shownSpent(spent) },
            met: size.complaints < wholeYear ? null : spent.seconds < mostSeconds,
          },
          {
            name: 'the year: findings of the count by hand',
            target: 'none',
            measured: {
              embedded: `none in ${clocks} clocks, ${historyRows} histories, ${metrics + figures} figures`,
            },
            met: true,
          },
        ],
        tables: [
          {
            title: 'The year',
            head: ['what', 'how many', 'CPU for each, Node', 'CPU for each, PostgreSQL'],
            rows: [
              ['commands by people', `${played.commands}, of which ${played.refused} refused`, '', ''],
              ['due times that fired', `${fired}: ${missed} misses, ${warned} warnings, ages`, '', ''],
              [
                'both together',
                `${played.commands + fired}`,
                perCommand(spent.node * 1_000),
                spent.postgres === null ? '?' : perCommand(spent.postgres * 1_000),
              ],
              ['metrics caught up with its events', shownSpent(heard.spent), '', ''],
            ],
          },
          ...profileTables(profile, played.commands + fired).map((table) => ({
            ...table,
            title: table.title.replace('requests', 'commands and due times'),
          })),
        ],
      };
    } finally {
      await ground.close();
    }
  } finally {
    await servers.close();
  }
}
