import { randomBytes } from 'node:crypto';
import { graphql, type ExecutionResult } from 'graphql';
import { Cipher, type Principal, type Role } from '@anju/access';
import { directoryEvents, type EventContract, type EventData, type EventEnvelope } from '@anju/events';
import { ManualClock, defaultProjectCalendars, newId, parseLocalDateTime } from '@anju/kernel';
import { InProcessEventBus, type Logger } from '@anju/outbox';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import { communications } from '../src';

/** An instant by the clock on the wall in Shanghai, `YYYY-MM-DD HH:mm`. */
export function wall(text: string): Date {
  return parseLocalDateTime(text, 'Asia/Shanghai');
}

/** The same as the graph writes it. */
export function iso(text: string): string {
  return wall(text).toISOString();
}

export type Row = Record<string, unknown>;

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });

export function staff(role: Role, ...projectIds: string[]): Principal {
  return { kind: 'STAFF', staffId: newId(), account: role.toLowerCase(), roles: [{ role, projectIds }] };
}

/** The communications service on a clock moved by hand, fed with the events of the others. */
export class CommunicationsDesk {
  /** Jinxiu Garden, and a project of somebody else. */
  readonly ours = newId();
  readonly theirs = newId();
  readonly zhou = staff('FRONT_DESK', this.ours);
  readonly lin = staff('SERVICE_SUPERVISOR', this.ours);
  readonly manager = staff('PROJECT_MANAGER', this.ours);
  readonly guard = staff('LOBBY_GUARD', this.ours);
  readonly stranger = staff('SERVICE_SUPERVISOR', this.theirs);

  private constructor(
    readonly service: RunningService,
    readonly clock: ManualClock,
    private readonly bus: InProcessEventBus,
  ) {}

  static async open(
    databaseUrl: string,
    logger: Logger,
    at: string,
    definition = communications,
  ): Promise<CommunicationsDesk> {
    const clock = new ManualClock(wall(at));
    const bus = new InProcessEventBus(logger);
    const service = await serve(definition, { databaseUrl, poolSize: 8, clock, cipher, bus, logger });
    await bus.start();
    const desk = new CommunicationsDesk(service, clock, bus);
    await desk.introduce();
    return desk;
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.service.close();
  }

  /** Lets time pass: what is due up to then fires at its own moment. */
  async until(at: string): Promise<void> {
    await this.service.scheduler.fireUpTo(wall(at));
    this.clock.moveTo(wall(at));
  }

  ask(who: Principal | null, source: string, variableValues: Row = {}, idempotencyKey: string | null = null) {
    const contextValue = requestContext({ principal: who, requestId: 'r', locale: 'en', idempotencyKey });
    return graphql({ schema: this.service.schema, source, contextValue, variableValues }) as Promise<
      ExecutionResult<Row>
    >;
  }

  /** A query that has to succeed. */
  async read<Data = Row>(who: Principal, source: string, variables: Row = {}): Promise<Data> {
    const { data, errors } = await this.ask(who, source, variables);
    if (errors) throw errors[0]!;
    return data as Data;
  }

  /** The code of the error that something is answered with; null for none. */
  async errorOf(who: Principal | null, source: string, variables: Row = {}): Promise<unknown> {
    const { errors } = await this.ask(who, source, variables);
    return errors?.[0]?.extensions['code'] ?? null;
  }

  /** A command: what it made or changed, or the refusal with its code, message and data; errors are thrown. */
  async command(who: Principal, name: string, input: Row, fields = 'id version', refusal = ''): Promise<Row> {
    const data = await this.read(who, this.commandSource(name, fields, refusal), { input });
    return data[name] as Row;
  }

  /** The code of the error that a command is answered with; null for none. */
  faultOf(who: Principal | null, name: string, input: Row): Promise<unknown> {
    return this.errorOf(who, this.commandSource(name, '__typename', ''), { input });
  }

  /** A command that has to be accepted. */
  async done(who: Principal, name: string, input: Row, fields?: string): Promise<Row> {
    const answer = await this.command(who, name, input, fields);
    if (answer['code']) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  }

  private commandSource(name: string, fields: string, refusal: string): string {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const { resultOf } = this;
    return `mutation($input: ${type}!) { ${name}(input: $input) {
      __typename ... on ${resultOf(name)} { ${fields} } ... on Refusal { code message } ${refusal} } }`;
  }

  private readonly resultOf = (name: string): string => {
    const subject = /(CustomerWord|Template|Message|Consent|MessageAddress|Visit)/.exec(name);
    const types: Row = { Template: 'MessageTemplate', Visit: 'CustomerVisit', Consent: 'CustomerConsent' };
    if (name.includes('MessageAddress')) return 'CustomerConsent';
    const found = subject?.[1] ?? '';
    return (types[found] as string | undefined) ?? found;
  };

  /** What the directory says about new customers of a project. */
  async customers(count: number, projectId = this.ours): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    const known = ids.map((customerId) =>
      this.envelope(directoryEvents.customerRegistered, customerId, {
        projectId: null,
        customerId,
        organisationId: projectId,
        kind: 'PERSON',
        projectIds: [projectId],
      }),
    );
    await this.deliver(known);
    return ids;
  }

  async merge(customerId: string, intoCustomerId: string): Promise<void> {
    await this.hear(directoryEvents.customerMerged, intoCustomerId, {
      projectId: null,
      customerId,
      intoCustomerId,
      projectIds: [this.ours],
      movedRoleIds: [],
    });
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
      actor: this.zhou.staffId,
      project: null,
      data,
    };
  }

  async deliver(events: readonly EventEnvelope[]): Promise<void> {
    for (const consumer of this.service.consumers) await consumer.deliver(events, async () => undefined);
  }

  rows<Found = Row>(sql: string, parameters: unknown[] = []): Promise<Found[]> {
    return this.service.dataSource.query(sql, parameters);
  }

  private async introduce(): Promise<void> {
    for (const [projectId, code] of [
      [this.ours, 'JX'],
      [this.theirs, 'YH'],
    ] as const) {
      await this.hear(directoryEvents.projectRegistered, projectId, {
        projectId,
        organisationId: projectId,
        code,
        timeZone: 'Asia/Shanghai',
        calendars: defaultProjectCalendars(),
      });
    }
  }
}
