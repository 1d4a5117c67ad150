import { randomBytes } from 'node:crypto';
import { graphql, type ExecutionResult } from 'graphql';
import {
  Cipher,
  configureCipher,
  sealContact,
  type CustomerContact,
  type Principal,
  type Role,
} from '@anju/access';
import { directoryEvents, type EventContract, type EventData, type EventEnvelope } from '@anju/events';
import { ManualClock, defaultProjectCalendars, newId, parseLocalDateTime } from '@anju/kernel';
import { InProcessEventBus, type Logger } from '@anju/outbox';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import { communications, communicationsWith } from '../src';
import type { Carrier, CarrierAnswer, OutgoingCopy } from '../src/carrier';

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

/** The entity that a command answers with. */
function madeBy(command: string): string {
  if (command === 'recordMessageAddress') return 'AddressBook';
  if (command === 'recordConsent') return 'CustomerConsent';
  if (command.endsWith('Template')) return 'MessageTemplate';
  if (command.includes('Visit')) return 'CustomerVisit';
  return command === 'recordCustomerWord' ? 'CustomerWord' : 'Message';
}

/** A carrier that says what it is told to, and remembers what it was given. */
export class ScriptedCarrier implements Carrier {
  readonly taken: OutgoingCopy[] = [];
  /** The next answers; it takes what comes after them. */
  answers: (CarrierAnswer | Error | Promise<CarrierAnswer>)[] = [];

  async send(copy: OutgoingCopy): Promise<CarrierAnswer> {
    this.taken.push(copy);
    const answer = this.answers.shift() ?? { outcome: 'ACCEPTED', code: '250' };
    if (answer instanceof Error) throw answer;
    return answer;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
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
    public service: RunningService,
    readonly clock: ManualClock,
    readonly carrier: ScriptedCarrier,
    private bus: InProcessEventBus,
    private readonly start: () => Promise<{ service: RunningService; bus: InProcessEventBus }>,
  ) {}

  /** @param settings of the service; where they are given, its own carriers send, and no scripted one */
  static async open(
    databaseUrl: string,
    logger: Logger,
    at: string,
    settings?: Row,
  ): Promise<CommunicationsDesk> {
    configureCipher(cipher);
    const clock = new ManualClock(wall(at));
    const carrier = new ScriptedCarrier();
    const scripted = () => ({ SMS: carrier, WECHAT: carrier, EMAIL: carrier });
    const definition = settings ? communications : communicationsWith(scripted);
    const start = async () => {
      const bus = new InProcessEventBus(logger);
      const service = await serve(definition, {
        ...{ databaseUrl, poolSize: 12, clock, cipher, bus, logger },
        ...(settings && { settings }),
      });
      await bus.start();
      return { service, bus };
    };
    const { service, bus } = await start();
    const desk = new CommunicationsDesk(service, clock, carrier, bus, start);
    await desk.introduce();
    return desk;
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.service.close();
  }

  /** The next start after `close`. */
  async reopen(): Promise<void> {
    const { service, bus } = await this.start();
    this.service = service;
    this.bus = bus;
  }

  /** Another instance on the same database and with the same carrier. */
  async another(): Promise<{ close: () => Promise<void> }> {
    const { service, bus } = await this.start();
    return {
      close: async () => {
        await bus.close();
        await service.close();
      },
    };
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
    return `mutation($input: ${type}!) { ${name}(input: $input) {
      __typename ... on ${madeBy(name)} { ${fields} } ... on Refusal { code message } ${refusal} } }`;
  }

  /** What the directory says about new customers of a project. */
  async customers(count: number, projectId = this.ours, contact?: CustomerContact): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    const known = ids.map((customerId) =>
      this.envelope(directoryEvents.customerRegistered, customerId, {
        projectId: null,
        customerId,
        organisationId: projectId,
        kind: 'PERSON',
        projectIds: [projectId],
        ...(contact && { sealedContact: sealContact(cipher, contact) }),
      }),
    );
    await this.deliver(known);
    return ids;
  }

  /** A home of a building, with somebody who has a role in it from the first of the year. */
  async moveIn(customerId: string, home: string, buildingId: string, role = 'OWNER'): Promise<string> {
    const unitId = newId();
    await this.hear(directoryEvents.unitRegistered, unitId, {
      ...{ projectId: this.ours, unitId, buildingId, sectionId: null, number: home, home },
      ...{ status: 'HANDED_OVER', preSaleArea: null, registeredArea: null, warrantyEndsOn: null },
    });
    const roleId = newId();
    await this.hear(directoryEvents.customerRoleStarted, roleId, {
      ...{ projectId: this.ours, roleId, customerId, unitId, from: '2026-01-01', to: null, feePayer: null },
      role: role as 'OWNER',
    });
    return unitId;
  }

  async employ(staffId: string, employed = true): Promise<void> {
    await this.hear(directoryEvents.staffRegistered, staffId, {
      ...{ projectId: null, staffId, organisationId: this.ours, departmentCode: 'CUSTOMER_SERVICE' },
      ...{ position: 'CLERK', supervisorId: null, level: 'OPERATIONAL', projectIds: [this.ours], employed },
      employments: [{ from: '2020-01-01', to: null }],
    });
  }

  /** A template for text messages that asks for a date, and speaks to the recipient. */
  async template(change: Row = {}): Promise<string> {
    const { id } = await this.done(this.lin, 'createTemplate', {
      projectId: this.ours,
      name: '停水通知',
      channel: 'SMS',
      purpose: 'SERVICE_NOTICE',
      text: '{customerName}您好，{date}停水，敬请谅解。',
      ...change,
    });
    return id as string;
  }

  /** A message to these customers, waiting for approval. */
  async submitted(
    customerIds: readonly string[],
    { values = [{ field: 'date', value: '3月3日' }], ...change }: Row & { values?: Row[] } = {},
  ): Promise<Row> {
    const templateId = await this.template(change);
    const { id: messageId } = await this.done(this.lin, 'draftMessage', {
      ...{ projectId: this.ours, templateId, values },
    });
    await this.done(this.lin, 'setMessageAudience', { messageId, customerIds });
    return this.done(this.lin, 'submitMessage', { messageId }, 'id version revision');
  }

  /** A message that the project manager approved; at daytime it is being sent at once. */
  async approved(customerIds: readonly string[], change: Row = {}): Promise<string> {
    const { id: messageId, revision } = await this.submitted(customerIds, change);
    await this.done(this.manager, 'approveMessage', { messageId, revision });
    return messageId as string;
  }

  /** Where a customer gets text messages, and what he is called. */
  async reach(
    customerId: string,
    address = '13800138000',
    addressee: string | null = '王女士',
    channel = 'SMS',
  ) {
    const input = { projectId: this.ours, customerId, channel, address, addressee };
    await this.done(this.zhou, 'recordMessageAddress', input);
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
