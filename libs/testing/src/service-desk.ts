import { randomBytes } from 'node:crypto';
import { graphql, type ExecutionResult } from 'graphql';
import { Cipher, type Principal, type Role } from '@anju/access';
import { directoryEvents, type EventContract, type EventData, type EventEnvelope } from '@anju/events';
import { type ManualClock, defaultProjectCalendars, newId, parseLocalDateTime } from '@anju/kernel';
import { InProcessEventBus, type Logger } from '@anju/outbox';
import { requestContext, serve, type RunningService, type ServiceDefinition } from '@anju/subgraph';

/** An instant by the clock on the wall in Shanghai, `YYYY-MM-DD HH:mm`. */
export function wall(text: string): Date {
  return parseLocalDateTime(text, 'Asia/Shanghai');
}

/** The same as the graph writes it. */
export function iso(text: string): string {
  return wall(text).toISOString();
}

export type Row = Record<string, unknown>;

/** An event in an outbox. */
export interface Published {
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly actor: string;
  readonly data: Row;
}

const key = randomBytes(32);
/** Of this run of tests. */
export const testCipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });

/** Somebody who holds a role for these projects. */
export function staff(role: Role, ...projectIds: string[]): Principal {
  return { kind: 'STAFF', staffId: newId(), account: role.toLowerCase(), roles: [{ role, projectIds }] };
}

/** The text of a command. @param selection of what it makes or changes, such as `... on Complaint { id }` */
export function commandSource(name: string, selection: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation($input: ${type}!) { ${name}(input: $input) {
    __typename ${selection} ... on Refusal { code message } } }`;
}

/** A service that runs for tests. */
export interface DeskGround {
  readonly service: RunningService;
  readonly bus: InProcessEventBus;
}

export interface DeskOptions {
  readonly databaseUrl: string;
  readonly logger: Logger;
  readonly clock: ManualClock;
  readonly poolSize?: number;
  /** Of the service's own; without them it has its defaults. */
  readonly settings?: Row;
}

/** Runs one service, alone on a bus. */
export async function startDesk(
  definition: ServiceDefinition,
  { databaseUrl, logger, clock, poolSize = 8, settings }: DeskOptions,
): Promise<DeskGround> {
  const bus = new InProcessEventBus(logger);
  const service = await serve(definition, {
    ...{ databaseUrl, poolSize, clock, cipher: testCipher, bus, logger },
    ...(settings && { settings }),
  });
  await bus.start();
  return { service, bus };
}

/** A service on a clock moved by hand, asked through its graph and fed with the events of the others. */
export abstract class ServiceDesk {
  /** Jinxiu Garden, and a project of somebody else. */
  readonly ours = newId();
  readonly theirs = newId();

  protected constructor(
    protected ground: DeskGround,
    readonly clock: ManualClock,
  ) {}

  /** Who brought about what the other services tell. */
  protected abstract get actorElsewhere(): string;

  get service(): RunningService {
    return this.ground.service;
  }

  async close(): Promise<void> {
    await this.ground.bus.close();
    await this.ground.service.close();
  }

  /** Lets time pass: what is due up to then fires at its own moment. */
  async until(at: string): Promise<void> {
    await this.service.scheduler.fireUpTo(wall(at));
    this.clock.moveTo(wall(at));
  }

  /** @param request how it is asked: in which language, and with which key as by the `Idempotency-Key` header */
  ask(
    who: Principal | null,
    source: string,
    variableValues: Row = {},
    request: { readonly locale?: 'en' | 'zh-CN'; readonly idempotencyKey?: string | null } = {},
  ): Promise<ExecutionResult<Row>> {
    const contextValue = requestContext({
      ...{ principal: who, requestId: 'r', locale: 'en', idempotencyKey: null },
      ...request,
    });
    return graphql({ schema: this.service.schema, source, contextValue, variableValues });
  }

  /** A query that has to succeed. */
  async read<Data = Row>(who: Principal, source: string, variables: Row = {}): Promise<Data> {
    const { data, errors } = await this.ask(who, source, variables);
    if (errors) throw errors[0]!;
    return data as Data;
  }

  /** Gives an event of another service to this one's consumers. @throws if one of them parks it */
  async hear<Contract extends EventContract>(
    contract: Contract,
    subject: string,
    data: EventData<Contract>,
    id = newId(),
  ): Promise<void> {
    await this.deliver([this.envelope(contract, subject, data, id)]);
    const [parked] = await this.rows('select reason from parked_event where resolved_at is null');
    if (parked) throw new Error(`parked: ${JSON.stringify(parked)}`);
  }

  envelope<Contract extends EventContract>(
    contract: Contract,
    subject: string,
    data: EventData<Contract>,
    id = newId(),
  ): EventEnvelope {
    return {
      specversion: '1.0',
      id,
      source: `anju.${contract.context}`,
      type: contract.type,
      subject,
      time: this.clock.now().toISOString(),
      datacontenttype: 'application/json',
      actor: this.actorElsewhere,
      project: null,
      data,
    };
  }

  async deliver(events: readonly EventEnvelope[]): Promise<void> {
    for (const consumer of this.service.consumers) await consumer.deliver(events, async () => undefined);
  }

  /** What was published about something, in its order. */
  async published(id: string): Promise<Published[]> {
    const rows = await this.rows<{ payload: Published }>(
      'select payload from outbox where aggregateid = $1 order by seq',
      [id],
    );
    return rows.map(({ payload }) => payload);
  }

  rows<Found = Row>(sql: string, parameters: unknown[] = []): Promise<Found[]> {
    return this.service.dataSource.query(sql, parameters);
  }

  /** The directory tells of both projects. @param organisations whose they are; each of its own without them */
  protected async introduceProjects(organisations = { ours: this.ours, theirs: this.theirs }): Promise<void> {
    for (const [projectId, organisationId, code] of [
      [this.ours, organisations.ours, 'JX'],
      [this.theirs, organisations.theirs, 'YH'],
    ] as const) {
      await this.hear(directoryEvents.projectRegistered, projectId, {
        ...{ projectId, organisationId, code, timeZone: 'Asia/Shanghai' },
        calendars: defaultProjectCalendars(),
        calendarVersion: 0,
      });
    }
  }

  /** The directory tells that two records of a customer have become one. */
  async merge(customerId: string, intoCustomerId: string, eventId = newId()): Promise<void> {
    const merged = { projectId: null, customerId, intoCustomerId, projectIds: [this.ours], movedRoleIds: [] };
    await this.hear(directoryEvents.customerMerged, intoCustomerId, merged, eventId);
  }
}
