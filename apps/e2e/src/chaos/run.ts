import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '@anju/distributed';
import { until } from '@anju/testing';
import { evidenceOf, type Evidence } from './evidence';
import { ChaosGround } from './ground';
import { Load } from './load';
import { Random } from './random';
import { lastStrikes, strikes } from './strikes';

export interface ChaosOptions {
  /** The order of the strikes, what each hits, and what the clients do follow from it. */
  readonly seed: number;
  readonly brokerDownMillis: number;
  /** Commands that are begun in a second, at most. */
  readonly perSecond: number;
  /** Commands before anything is broken; after 800 Node has compiled what it runs all the time. */
  readonly warmUp: number;
  /** How long the load runs then, so that its rate can be told. */
  readonly undisturbedMillis: number;
  /** How many commands are sent again in the end. */
  readonly replays: number;
  readonly say: (line: string) => void;
}

export interface ChaosResult extends Evidence {
  readonly seed: number;
  readonly seconds: number;
  /** Of the load before anything was broken. */
  readonly commandsPerSecond: number;
  readonly strikes: readonly string[];
  readonly kills: number;
  readonly commands: number;
  /** Commands that were sent more than once. */
  readonly retried: number;
  readonly unanswered: number;
  /** Errors that clients were given and that trying again would not mend. */
  readonly problems: readonly string[];
}

/** The clock stands so long before now: what the load brings about is overdue when it goes by itself. */
const daysBehind = 4;
/** So many commands later the platform is what it was before a strike. */
const flowing = 40;
const settleMillis = 180_000;

async function atRest(ground: ChaosGround): Promise<void> {
  await until(
    'nothing is due any more',
    async () => {
      const counts = await Promise.all(
        serviceNames.map((service) =>
          ground.query<{ n: number }>(
            service,
            `select count(*)::int as n from deadline where fired_at is null and due_at < now() - interval '1 second'`,
          ),
        ),
      );
      return counts.every(([row]) => row!.n === 0);
    },
    { patienceMillis: settleMillis, pollMillis: 100 },
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('events do not come to rest')), settleMillis);
  });
  await Promise.race([ground.platform.settled(), late]).finally(() => clearTimeout(timer));
}

/** One run on a platform of its own: load, every kind of strike in an order by the seed, and a look at what came of it. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, warmUp, undisturbedMillis, say } = options;
  const began = performance.now();
  const seconds = (): string => ((performance.now() - began) / 1_000).toFixed(1).padStart(6);
  const random = new Random(seed);
  const ground = await ChaosGround.open(new Date(Date.now() - daysBehind * 86_400_000));
  try {
    say(`${seconds()} s  seed ${seed}: the platform is up`);
    const load = new Load(ground, seed, options.perSecond);
    load.start();
    const hits: string[] = [];
    try {
      await until('the processes are warm', () => load.answered >= warmUp);
      const before = load.answered;
      await sleep(undisturbedMillis);
      const commandsPerSecond = (load.answered - before) / (undisturbedMillis / 1_000);
      say(`${seconds()} s  ${commandsPerSecond.toFixed(0)} commands/s undisturbed`);
      for (const [name, strike] of [
        ...random.shuffled(Object.entries(strikes)),
        ...Object.entries(lastStrikes),
      ]) {
        const hit = await strike(ground, random, options);
        hits.push(name);
        const answered = load.answered;
        await until('commands are answered again', () => load.answered >= answered + flowing);
        say(`${seconds()} s  ${name}: ${hit}; ${load.answered} commands answered`);
        await sleep(300 + random.below(700));
      }
      await load.stop();
      say(`${seconds()} s  the load has ended`);
      await atRest(ground);
      const evidence = await evidenceOf(ground, load, options.replays);
      say(`${seconds()} s  checked`);
      return {
        ...evidence,
        seed,
        seconds: (performance.now() - began) / 1_000,
        commandsPerSecond,
        strikes: hits,
        kills: ground.kills,
        commands: load.answered,
        retried: load.commands.filter(({ attempts }) => attempts > 1).length,
        unanswered: load.commands.length - load.answered,
        problems: [...load.problems, ...ground.givenUp],
      };
    } finally {
      await load.stop();
    }
  } finally {
    await ground.close();
  }
}
