import { configureCipher, sealContact, type CustomerContact, type Principal } from '@anju/access';
import { directoryEvents } from '@anju/events';
import { ManualClock, newId } from '@anju/kernel';
import type { Logger } from '@anju/outbox';
import {
  ServiceDesk,
  commandSource,
  staff,
  startDesk,
  testCipher,
  wall,
  type DeskGround,
  type Row,
} from '@anju/testing-service';
import { communications, communicationsWith } from '../src';
import type { Carrier, CarrierAnswer, OutgoingCopy } from '../src/carrier';

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
export class CommunicationsDesk extends ServiceDesk {
  readonly zhou = staff('FRONT_DESK', this.ours);
  readonly lin = staff('SERVICE_SUPERVISOR', this.ours);
  readonly manager = staff('PROJECT_MANAGER', this.ours);
  readonly guard = staff('LOBBY_GUARD', this.ours);
  readonly stranger = staff('SERVICE_SUPERVISOR', this.theirs);

  private constructor(
    ground: DeskGround,
    clock: ManualClock,
    readonly carrier: ScriptedCarrier,
    private readonly start: () => Promise<DeskGround>,
  ) {
    super(ground, clock);
  }

  protected override get actorElsewhere(): string {
    return this.zhou.staffId;
  }

  /** @param settings of the service; where they are given, its own carriers send, and no scripted one */
  static async open(
    databaseUrl: string,
    logger: Logger,
    at: string,
    settings?: Row,
  ): Promise<CommunicationsDesk> {
    configureCipher(testCipher);
    const clock = new ManualClock(wall(at));
    const carrier = new ScriptedCarrier();
    const scripted = () => ({ SMS: carrier, WECHAT: carrier, EMAIL: carrier });
    const definition = settings ? communications : communicationsWith(scripted);
    const start = () => startDesk(definition, { databaseUrl, logger, clock, poolSize: 12, settings });
    const desk = new CommunicationsDesk(await start(), clock, carrier, start);
    await desk.introduceProjects();
    return desk;
  }

  /** The next start after `close`. */
  async reopen(): Promise<void> {
    this.ground = await this.start();
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

  /** The code of the error that something is answered with; null for none. */
  async errorOf(who: Principal | null, source: string, variables: Row = {}): Promise<unknown> {
    const { errors } = await this.ask(who, source, variables);
    return errors?.[0]?.extensions['code'] ?? null;
  }

  /** A command: what it made or changed, or the refusal with its code, message and data; errors are thrown. */
  async command(who: Principal, name: string, input: Row, fields = 'id version', refusal = ''): Promise<Row> {
    const data = await this.read(who, this.sourceOf(name, fields, refusal), { input });
    return data[name] as Row;
  }

  /** The code of the error that a command is answered with; null for none. */
  faultOf(who: Principal | null, name: string, input: Row): Promise<unknown> {
    return this.errorOf(who, this.sourceOf(name, '__typename', ''), { input });
  }

  /** A command that has to be accepted. */
  async done(who: Principal, name: string, input: Row, fields?: string): Promise<Row> {
    const answer = await this.command(who, name, input, fields);
    if (answer['code']) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  }

  private sourceOf(name: string, fields: string, refusal: string): string {
    return commandSource(name, `... on ${madeBy(name)} { ${fields} } ${refusal}`);
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
        ...(contact && { sealedContact: sealContact(testCipher, contact) }),
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
}
