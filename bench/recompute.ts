import { randomBytes } from 'node:crypto';
import { graphql } from 'graphql';
import { Cipher, roles, type Principal } from '@anju/access';
import { complaints } from '@anju/complaints-service';
import { SystemClock, defaultProjectCalendars, newId } from '@anju/kernel';
import { InProcessEventBus, type Logger } from '@anju/outbox';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import type { Chapter } from './report';
import { postgresCpuMillis } from './processes';
import { companySettings, startServers } from './servers';
import { latencies, percentile } from './statistics';

const projects = 20;
const deskSeconds = 8;
const mostSeconds = 60;
const pollMillis = 100;

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: console.error,
};

/** Somebody with every role, everywhere. */
const somebody: Principal = {
  ...{ kind: 'STAFF', staffId: newId(), account: 'bench' },
  roles: roles.map((role) => ({ role, projectIds: 'ALL' as const })),
};

interface Recomputed {
  readonly seconds: number;
  /** CPU of Node and of PostgreSQL, in milliseconds; null where the machine does not tell. */
  readonly node: number;
  readonly postgres: number | null;
  /** What each of the desk's commands meanwhile took, in milliseconds. */
  readonly took: readonly number[];
}

/** The complaints service with many open cases, on a PostgreSQL of its own. */
class Desk {
  private ids: readonly string[] = [];

  constructor(private readonly service: RunningService) {}

  rows<Row = { n: number }>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.service.dataSource.query(sql, parameters);
  }

  async command(name: string, entity: string, input: object): Promise<string> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const { data, errors } = await graphql({
      schema: this.service.schema,
      source: `mutation($input: ${type}!) { ${name}(input: $input) { ... on ${entity} { id } ... on Refusal { message } } }`,
      contextValue: requestContext({
        ...{ principal: somebody, requestId: 'bench', locale: 'en', idempotencyKey: null },
      }),
      variableValues: { input },
    });
    const answer = data?.[name] as { id?: string; message?: string } | undefined;
    if (!answer?.id) throw new Error(`${name}: ${answer?.message ?? errors?.[0]?.message}`);
    return answer.id;
  }

  /** One case by the rules; the others are like it, in other projects and with ids of their own. */
  async fill(cases: number): Promise<void> {
    const calendars = defaultProjectCalendars();
    const known = { code: 'JX', timeZone: 'Asia/Shanghai', calendars, calendarVersion: 0 };
    const projectIds = Array.from({ length: projects }, () => newId());
    await this.rows(
      `insert into known_reference (kind, id, project_ids, data) select 'project', id, array[id], $2 from unnest($1::uuid[]) id`,
      [projectIds, known],
    );
    const like = await this.command('fileComplaint', 'Complaint', {
      ...{
        projectId: projectIds[0],
        causeClass: 'CLASS_1',
        topic: 'LIFT',
        content: '电梯又停了',
        channel: 'PHONE',
      },
      facts: ['LAWSUIT_LIKELY'],
    });
    await this.command('acknowledgeComplaint', 'Complaint', {
      ...{ id: like, channel: 'PHONE', thanksGiven: true, responsibleDepartment: 'EQUIPMENT' },
      handlerId: await this.handler(projectIds),
    });
    await this.rows(
      `with made as (
         select uuidv7() as id, n, ($3::uuid[])[1 + n % ${projects}] as project_id from generate_series(2, $2::int) n
       ), cases as (
         insert into complaint
         select (jsonb_populate_record(c, jsonb_build_object('id', m.id, 'number', 'X-' || m.n, 'project_id', m.project_id))).*
         from complaint c, made m where c.id = $1
       ), listed as (
         insert into complaint_due (complaint_id, kind, due_at, project_id)
         select m.id, d.kind, d.due_at, m.project_id
         from complaint_due d, made m where d.complaint_id = $1
       ), awaited as (
         insert into complaint_pending
         select (jsonb_populate_record(p, jsonb_build_object('id', m.id, 'project_id', m.project_id))).*
         from complaint_pending p, made m where p.id = $1
       )
       insert into deadline (id, aggregate_type, aggregate_id, kind, due_at)
       select uuidv7(), d.aggregate_type, m.id, d.kind, d.due_at
       from deadline d, made m where d.aggregate_id = $1 and d.fired_at is null`,
      [like, cases, projectIds],
    );
    await this.rows('vacuum analyze complaint');
    await this.rows('vacuum analyze deadline');
    await this.rows('vacuum analyze complaint_due');
    await this.rows('vacuum analyze complaint_pending');
    this.ids = (await this.rows<{ id: string }>('select id from complaint order by random() limit 5000')).map(
      ({ id }) => id,
    );
  }

  private async handler(projectIds: readonly string[]): Promise<string> {
    const id = newId();
    const work = { departmentCode: 'EQUIPMENT', position: 'CLERK', supervisorId: null, level: 'OPERATIONAL' };
    await this.rows(
      `insert into known_reference (kind, id, project_ids, data) values ('staff', $1, $2, $3)`,
      [id, projectIds, { ...work, employed: true, employments: [] }],
    );
    return id;
  }

  /** Commands one after the other, each on another case, until told to stop. @returns what each took, in ms */
  async work(isOver: () => boolean): Promise<number[]> {
    const took: number[] = [];
    for (let n = 0; !isOver(); n += 1) {
      const began = performance.now();
      const id = this.ids[n % this.ids.length];
      await this.command('recordComplaintProgress', 'Complaint', { id, text: '配件已到' });
      took.push(performance.now() - began);
    }
    return took;
  }

  async workFor(seconds: number): Promise<number[]> {
    const end = performance.now() + seconds * 1_000;
    return this.work(() => performance.now() > end);
  }

  /** Puts other numbers in force, and works at the desk until all is computed anew. */
  async recompute(workingDays: number): Promise<Recomputed> {
    const values = { responseWorkingDays: workingDays, demandFormWorkingDays: workingDays };
    const id = await this.command('draftComplaintPolicy', 'ComplaintPolicyVersion', {
      values,
      reason: '试行',
    });
    const began = performance.now();
    const cpu = process.cpuUsage();
    const postgres = postgresCpuMillis(process.pid);
    await this.command('putComplaintPolicyInForce', 'ComplaintPolicyVersion', { id });
    let isOver = false;
    const working = this.work(() => isOver);
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, pollMillis));
      const [left] = await this.rows(
        'select count(*)::int as n from recomputation_part where finished_at is null',
      );
      if (left!.n === 0) break;
    }
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const after = postgresCpuMillis(process.pid);
    isOver = true;
    return {
      seconds,
      node: (user + system) / 1_000,
      postgres: postgres === null || after === null ? null : after - postgres,
      took: await working,
    };
  }

  /** What PostgreSQL alone takes to write so many rows of cases, of their history and of their due times. */
  async write(): Promise<number> {
    const began = performance.now();
    await this.rows(
      `update complaint set clocks = clocks || '[]', version = version + 1, next_due_at = next_due_at + interval '1 s'`,
    );
    await this.rows(
      `insert into history (aggregate_type, aggregate_id, version, command, actor, at, from_status, to_status, facts, project_ids)
       select 'Complaint', id, version, 'bench', 'bench', now(), status, status, clocks, array[project_id] from complaint`,
    );
    await this.rows(
      `update deadline set due_at = due_at + interval '1 s' where fired_at is null and kind in ('RESPONSE', 'DEMAND_FORM')`,
    );
    return (performance.now() - began) / 1_000;
  }
}

/**
 * Other numbers of the rules come in force while so many cases are open: until each has its new due times, and what
 * the desk feels of it meanwhile.
 */
export async function measureRecompute(cases: number, tell: (line: string) => void): Promise<Chapter> {
  const servers = await startServers(undefined, false, companySettings);
  const key = randomBytes(32);
  const bus = new InProcessEventBus(silent);
  let service: RunningService | undefined;
  try {
    service = await serve(complaints, {
      databaseUrl: await servers.postgres.ensureDatabase('anju_recompute', 'anju_recompute'),
      cipher: new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key }),
      ...{ poolSize: 10, clock: new SystemClock(), bus, logger: silent },
    });
    await bus.start();
    service.start();
    const desk = new Desk(service);
    tell(`${cases} open cases …`);
    await desk.fill(cases);
    const [clocks] = await desk.rows(
      `select count(*)::int as n from deadline where fired_at is null and kind in ('RESPONSE', 'DEMAND_FORM')`,
    );
    tell('The desk alone …');
    await desk.workFor(2);
    const alone = await desk.workFor(deskSeconds);
    tell('Other numbers come in force …');
    const { seconds, node, postgres, took } = await desk.recompute(2);
    const [changed] = await desk.rows(
      `select count(*)::int as n from complaint where clocks @> '[{"kind": "RESPONSE", "policyVersion": 1}]'`,
    );
    if (changed!.n !== cases) throw new Error(`${changed!.n} of ${cases} cases were computed anew`);
    tell('The same rows written by PostgreSQL alone …');
    const raw = await desk.write();
    const p95 = (values: readonly number[]): number => percentile(values, 0.95);
    return {
      title: 'Due times computed anew',
      method:
        `${cases} open cases in ${projects} projects, with ${clocks!.n} running duties, when a version of the policy ` +
        'comes in force for the organisation. The time runs until the last case has its new due times, with history, ' +
        'events and due times stored. One client at the desk gives commands on these cases, one after the other, ' +
        'before and meanwhile, in the process that computes. PostgreSQL alone: rows of cases, history and due ' +
        'times written by three statements.',
      figures: [
        {
          ...{ name: `${cases} open cases computed anew`, target: `≤ ${mostSeconds} s` },
          ...{ measured: { embedded: `${seconds.toFixed(1)} s` }, met: seconds <= mostSeconds },
        },
      ],
      tables: [
        {
          ...{ title: 'What it takes, and what the desk feels', head: ['what', 'measured'] },
          rows: [
            ['cases a second', (cases / seconds).toFixed(0)],
            ['CPU of Node a case, the desk’s commands included', `${(node / cases).toFixed(2)} ms`],
            [
              'CPU of PostgreSQL a case, the desk’s commands included',
              postgres === null ? '?' : `${(postgres / cases).toFixed(2)} ms`,
            ],
            ['÷ PostgreSQL alone', `${(seconds / raw).toFixed(1)} × (${raw.toFixed(1)} s)`],
            ['commands before', latencies(alone)],
            ['commands meanwhile', latencies(took)],
            ['p95 meanwhile ÷ before', `${(p95(took) / p95(alone)).toFixed(1)} ×`],
            ['commands a second meanwhile', (took.length / seconds).toFixed(0)],
          ],
        },
      ],
    };
  } finally {
    await bus.close();
    await service?.close();
    await servers.close();
  }
}
