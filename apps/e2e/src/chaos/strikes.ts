import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { ServiceName } from '@anju/distributed';
import { until } from '@anju/testing';
import type { ChaosGround } from './ground';
import type { Random } from './random';

/** What a strike needs to know of the run. */
export interface StrikeOptions {
  readonly brokerDownMillis: number;
}

/** Breaks a part at a certain point. @returns what was hit, once it is back */
export type Strike = (ground: ChaosGround, random: Random, options: StrikeOptions) => Promise<string>;

/** As `libs/outbox/src/relay.ts` takes it. */
const relayLock = "hashtext('anju relay')";
const relayLockRows = `pg_locks where locktype = 'advisory' and objsubid = 1 and granted
  and database = (select oid from pg_database where datname = current_database())
  and (classid::bigint << 32) + objid::bigint = ${relayLock}::bigint`;
/** Under load something comes within this time to any point, also on a machine that does much else. */
const comesMillis = 120_000;
const pileSize = 20;

const replicated: readonly ServiceName[] = ['reception', 'complaints'];

/** Consumers and a table that only their effects write. */
const effects: readonly { readonly service: ServiceName; readonly table: string }[] = [
  { service: 'insights', table: 'fact_interaction' },
  { service: 'insights', table: 'fact_complaint' },
  { service: 'reception', table: 'interaction_complaint' },
];

/** The process behind a connection, as services name theirs: `anju-reception[4711]`. */
function processOf(applicationName: string): number {
  const pid = Number(/\[(\d+)\]$/.exec(applicationName)?.[1]);
  if (!(pid > 0)) throw new Error(`${applicationName} does not name its process`);
  return pid;
}

/** Waits until a process stands still at a lock of `holder`'s. @param who SQL for its connection @returns its number */
async function waitsFor(
  ground: ChaosGround,
  service: ServiceName,
  holder: Client,
  who: string,
): Promise<number> {
  const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
  const observer = await ground.connect(service);
  let found: { name: string } | undefined;
  try {
    await until(
      `a process of ${service} stands at the lock`,
      async () => {
        const result = await observer.query<{ name: string }>(
          `select application_name as name from pg_stat_activity where $1 = any(pg_blocking_pids(pid)) and ${who}`,
          [rows[0]!.pid],
        );
        found = result.rows.find(({ name }) => name.startsWith(`anju-${service}[`));
        return found !== undefined;
      },
      { patienceMillis: comesMillis, pollMillis: 5 },
    );
  } finally {
    await observer.end();
  }
  return processOf(found!.name);
}

/**
 * Kills a process that stands at a lock, lets the lock go, and waits until all are back.
 * @param sql takes the lock, and no transaction id: relays send nothing that was committed after one still open
 * @param who SQL for the connection that is waited for
 */
async function killAtLock(
  ground: ChaosGround,
  service: ServiceName,
  sql: string,
  who = 'true',
): Promise<number> {
  const holder = await ground.connect(service);
  let pid: number;
  try {
    await holder.query('begin');
    await holder.query(sql);
    pid = await waitsFor(ground, service, holder, who);
    ground.kill(pid);
    // What its connection had under way is not finished before the process is gone.
    await sleep(50);
  } finally {
    // Ends the transaction, too.
    await holder.end();
  }
  await ground.back([pid]);
  return pid;
}

async function lastSeq(client: Client, table: 'outbox' | 'inbox'): Promise<number> {
  const { rows } = await client.query<{ seq: string }>(
    `select coalesce(max(seq), 0)::text as seq from ${table}`,
  );
  return Number(rows[0]!.seq);
}

/** All replicas of a service while commits lie in its outbox that no relay has sent. */
const betweenCommitAndRelay: Strike = async (ground, random) => {
  const service = random.oneOf(replicated);
  const holder = await ground.connect(service);
  let pids: number[];
  let piled = 0;
  try {
    // The one in whose hands it is loses it; the others only try for it now and then.
    const mine = holder.query(`select pg_advisory_lock(${relayLock})`);
    const observer = await ground.connect(service);
    await observer
      .query(`select pg_terminate_backend(pid) from ${relayLockRows}`)
      .finally(() => observer.end());
    await mine;
    const before = await lastSeq(holder, 'outbox');
    await until(
      'commits pile up',
      async () => (piled = (await lastSeq(holder, 'outbox')) - before) >= pileSize,
      { patienceMillis: comesMillis },
    );
    pids = ground.pidsOf(service);
    ground.kill(...pids);
  } finally {
    await holder.end();
  }
  await ground.back(pids);
  return `${service} (${pids.length} processes) with ${piled} events or more not sent`;
};

/** A relay whose events lie with the broker and whose position does not say so. */
const betweenSendingAndNoting: Strike = async (ground, random) => {
  const service = random.oneOf(replicated);
  await killAtLock(
    ground,
    service,
    'lock table consumer_position in share row exclusive mode',
    // Consumers note their positions there, too.
    `pid in (select pid from ${relayLockRows})`,
  );
  return `${service}'s relay at its position`;
};

/** The replica whose relay holds the lock, in the midst of whatever it does. */
const relayWithTheLock: Strike = async (ground, random) => {
  const service = random.oneOf(replicated);
  let name: string | undefined;
  await until(
    `a relay of ${service} holds the lock`,
    async () => {
      const rows = await ground.query<{ name: string }>(
        service,
        `select application_name as name from pg_stat_activity where pid in (select pid from ${relayLockRows})`,
      );
      name = rows[0]?.name;
      return name !== undefined;
    },
    { patienceMillis: comesMillis },
  );
  const pid = processOf(name!);
  ground.kill(pid);
  await ground.back([pid]);
  return `${service}'s relay with the lock`;
};

/** All replicas of a consumer's service in the moment in which an effect was committed. */
const betweenEffectAndOffset: Strike = async (ground, random) => {
  const service = random.oneOf<ServiceName>(['insights', 'complaints', 'reception']);
  const observer = await ground.connect(service);
  let pids: number[];
  try {
    const before = await lastSeq(observer, 'inbox');
    await until('an event is taken in', async () => (await lastSeq(observer, 'inbox')) > before, {
      patienceMillis: comesMillis,
      pollMillis: 0,
    });
    pids = ground.pidsOf(service);
    ground.kill(...pids);
  } finally {
    await observer.end();
  }
  await ground.back(pids);
  return `${service} after an effect`;
};

/** A consumer within the transaction of its effect. */
const withinAnEffect: Strike = async (ground, random) => {
  const { service, table } = random.oneOf(effects);
  await killAtLock(ground, service, `lock table ${table} in share row exclusive mode`);
  return `${service} at ${table}`;
};

/**
 * Sales and the directory at every point of what goes between them: after a step was asked for, while the directory
 * takes it, and while the sale takes the answer.
 */
const withinASale: Strike = async (ground) => {
  const observer = await ground.connect('sales');
  let pids: number[];
  try {
    const before = await lastStep(observer);
    await until('a sale asks for its home', async () => (await lastStep(observer)) > before, {
      patienceMillis: comesMillis,
      pollMillis: 0,
    });
    pids = [...ground.pidsOf('sales'), ...ground.pidsOf('directory')];
    ground.kill(...pids);
  } finally {
    await observer.end();
  }
  await ground.back(pids);
  await killAtLock(ground, 'directory', 'lock table answered_sale_step in share row exclusive mode');
  await killAtLock(ground, 'sales', 'lock table inbox in share row exclusive mode');
  return 'sales and the directory within sales';
};

async function lastStep(client: Client): Promise<number> {
  const { rows } = await client.query<{ seq: string }>(
    `select coalesce(max(seq), 0)::text as seq from outbox where payload->>'type' = 'sale-unit-step-requested.v1'`,
  );
  return Number(rows[0]!.seq);
}

const broker: Strike = async (ground, _random, { brokerDownMillis }) => {
  await ground.killBroker();
  await sleep(brokerDownMillis);
  await ground.startBroker();
  await ground.back([]);
  return `the broker, down for ${brokerDownMillis / 1_000} s`;
};

const postgres: Strike = async (ground) => {
  await ground.killPostgres();
  await sleep(500);
  await ground.startPostgres();
  await ground.back([]);
  return 'PostgreSQL';
};

const gateway: Strike = async (ground) => {
  const pids = ground.pidsOf('gateway');
  ground.kill(...pids);
  await ground.back(pids);
  return 'the gateway';
};

async function firedDeadlines(ground: ChaosGround): Promise<number> {
  let fired = 0;
  for (const service of replicated) {
    const [row] = await ground.query<{ n: number }>(
      service,
      'select count(*)::int as n from deadline where fired_at is not null',
    );
    fired += row!.n;
  }
  return fired;
}

/** Everything at once, so that deadlines fall due meanwhile; and once more while these fire, with two replicas. */
const everything: Strike = async (ground) => {
  const before = await firedDeadlines(ground);
  await ground.restartWithoutDemoClock();
  await until('deadlines fire', async () => (await firedDeadlines(ground)) > before, {
    patienceMillis: comesMillis,
    pollMillis: 0,
  });
  const fired = (await firedDeadlines(ground)) - before;
  const pids = ground.platform.processes.flatMap(({ pid }) => pid ?? []);
  ground.kill(...pids);
  await ground.back(pids);
  return `every process, and again after ${fired} overdue deadlines had fired`;
};

/** Those that can come in any order. */
export const strikes: Readonly<Record<string, Strike>> = {
  'service between commit and relay': betweenCommitAndRelay,
  'relay between sending and noting': betweenSendingAndNoting,
  'relay holding the lock': relayWithTheLock,
  'consumer between effect and offset': betweenEffectAndOffset,
  'consumer within an effect': withinAnEffect,
  'sales and the directory within a sale': withinASale,
  broker,
  PostgreSQL: postgres,
  gateway,
};

/** Comes last: the clock goes by itself afterwards. */
export const lastStrikes: Readonly<Record<string, Strike>> = {
  'everything while deadlines fall due': everything,
};
