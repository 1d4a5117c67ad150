import { createHash, randomBytes } from 'node:crypto';
import { graphql, type ExecutionResult } from 'graphql';
import type { DataSource } from 'typeorm';
import { Cipher, configureCipher, type Principal, type Role } from '@anju/access';
import type { EventContract, EventData } from '@anju/events';
import { ManualClock, defaultProjectCalendars, newId, parseLocalDateTime } from '@anju/kernel';
import { InProcessEventBus, type Logger } from '@anju/outbox';
import type { KnownData, KnownKind } from '@anju/references';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import { reception } from '../index';

/** An answer of the graph, as loose as a client sees it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

/** The instant at which a clock in Shanghai shows `YYYY-MM-DD HH:mm`. */
export function at(local: string): Date {
  return parseLocalDateTime(local, 'Asia/Shanghai');
}

/** An id that is the same for the same words. */
export function idOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const jinxiu = idOf('锦绣花园');
export const elsewhere = idOf('another project');
export const equipment = 'EQUIPMENT';

function person(name: string, role: Role, ...projectIds: string[]): Principal {
  return { kind: 'STAFF', staffId: idOf(name), account: role.toLowerCase(), roles: [{ role, projectIds }] };
}

export const staff = {
  zhouMin: person('周敏', 'FRONT_DESK', jinxiu),
  chenJing: person('another agent', 'FRONT_DESK', jinxiu),
  linFang: person('林芳', 'SERVICE_SUPERVISOR', jinxiu),
  zhaoJianguo: person('赵建国', 'OFFICE_DIRECTOR', jinxiu),
  liQiang: person('李强', 'EQUIPMENT_DEPARTMENT', jinxiu),
  sunGong: person('孙工', 'DEVELOPER_PROJECT_DEPARTMENT', jinxiu),
  lobbyGuard: person('门岗', 'LOBBY_GUARD', jinxiu),
  stranger: person('a stranger', 'OFFICE_DIRECTOR', elsewhere),
};

export const home = {
  wangXiulan: idOf('3-2-1201'),
  chenWei: idOf('5-1-0302'),
  liuYang: idOf('2-1-0801'),
};
export const customer = { wangXiulan: idOf('王秀兰'), chenWei: idOf('陈伟'), liuYang: idOf('刘洋') };
export const telecom = idOf('电信');
export const telecomWithoutPromise = idOf('a firm that promises nothing');

const silent = (): void => undefined;
const logger: Logger = { debug: silent, info: silent, warn: silent, error: silent };
const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });

/** The reception service on a database of its own, with what the directory would have told it. */
export class TestDesk {
  private constructor(
    readonly service: RunningService,
    readonly clock: ManualClock,
    private readonly bus: InProcessEventBus,
  ) {}

  static async open(databaseUrl: string, now: Date): Promise<TestDesk> {
    configureCipher(cipher);
    const clock = new ManualClock(now);
    const bus = new InProcessEventBus(logger);
    const service = await serve(reception, { databaseUrl, poolSize: 8, clock, cipher, bus, logger });
    await bus.start();
    const desk = new TestDesk(service, clock, bus);
    await desk.learn();
    return desk;
  }

  get dataSource(): DataSource {
    return this.service.dataSource;
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.service.close();
  }

  /** Moves the clock; what falls due between is carried out. */
  async moveTo(to: Date): Promise<void> {
    this.clock.moveTo(to);
    await this.service.scheduler.fireUpTo(to);
  }

  execute(principal: Principal | null, source: string, variables: object = {}): Promise<ExecutionResult> {
    const variableValues = JSON.parse(JSON.stringify(variables)) as Record<string, unknown>;
    const contextValue = requestContext({ principal, requestId: 'r', locale: 'zh-CN', idempotencyKey: null });
    const args = { schema: this.service.schema, source, contextValue, variableValues };
    return graphql(args);
  }

  /** The data of an answer that has to be without errors. */
  async ask(principal: Principal, source: string, variables: object = {}): Promise<Answer> {
    const { data, errors } = await this.execute(principal, source, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** The code of the error of an answer that has to have one. */
  async faultOf(principal: Principal | null, source: string, variables: object = {}): Promise<unknown> {
    const { errors } = await this.execute(principal, source, variables);
    if (!errors) throw new Error('answered without an error');
    return errors[0]!.extensions['code'];
  }

  /** A command's answer, be it the thing or a refusal. @param selection of the thing's fields besides its id */
  async command(principal: Principal, name: string, input: object, selection = ''): Promise<Answer> {
    const data = (await this.ask(principal, this.mutation(name, selection), { input })) as Record<
      string,
      Answer
    >;
    return data[name];
  }

  /** The same where it has to be carried out. */
  async done(principal: Principal, name: string, input: object, selection = ''): Promise<Answer> {
    const answer: object = await this.command(principal, name, input, selection);
    if ('code' in answer) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The code of a command's refusal. */
  async refusalOf(principal: Principal, name: string, input: object): Promise<unknown> {
    const answer: { readonly code?: unknown } = await this.command(principal, name, input);
    return answer.code;
  }

  /** The fault of a command that may not even be decided. */
  commandFault(principal: Principal | null, name: string, input: object): Promise<unknown> {
    return this.faultOf(principal, this.mutation(name, ''), { input });
  }

  /** The types of the events written so far, in order, or the data of those of one type. */
  async events(type?: string): Promise<Answer[]> {
    const rows: { type: string; payload: { data: unknown } }[] = await this.dataSource.query(
      `select type, payload from outbox where $1::text is null or type = $1 order by seq`,
      [type ?? null],
    );
    return rows.map((row) => (type ? row.payload.data : row.type));
  }

  /** Gives an event of another service to this service's consumers, as the bus does. */
  async deliver<Contract extends EventContract>(
    contract: Contract,
    data: EventData<Contract>,
    subject: string,
  ): Promise<void> {
    const envelope = {
      specversion: '1.0' as const,
      id: newId(),
      source: `anju.${contract.context}`,
      type: contract.type,
      subject,
      time: this.clock.now().toISOString(),
      datacontenttype: 'application/json' as const,
      actor: 'system:test',
      project: null,
      data,
    };
    const nothingToSave = async (): Promise<void> => undefined;
    for (const consumer of this.service.consumers) await consumer.deliver([envelope], nothingToSave);
  }

  async know<Kind extends KnownKind>(
    kind: Kind,
    id: string,
    projectIds: readonly string[],
    data: KnownData[Kind],
  ): Promise<void> {
    await this.dataSource.query(
      `insert into known_reference (kind, id, project_ids, data) values ($1, $2, $3, $4)`,
      [kind, id, projectIds, JSON.stringify(data)],
    );
  }

  /** Somebody of 锦绣花园 whom the directory has just told of, as a rule in no position that counts. */
  async employ(name: string, position = 'CLERK'): Promise<string> {
    const data = { departmentCode: equipment, position, supervisorId: null, level: 'OPERATIONAL' };
    await this.know('staff', idOf(name), [jinxiu], { ...data, employed: true });
    return idOf(name);
  }

  /** The directory tells that somebody has left. */
  async dismiss(staffId: string): Promise<void> {
    await this.dataSource.query(
      `update known_reference set data = data || '{"employed": false}' where kind = 'staff' and id = $1`,
      [staffId],
    );
  }

  /** Counts the statements that the service sends to the database meanwhile. */
  async countingStatements(work: () => Promise<unknown>): Promise<number> {
    const { dataSource } = this;
    const before = dataSource.logger;
    let count = 0;
    dataSource.logger = {
      ...before,
      logQuery: () => (count += 1),
      logQueryError: silent,
      log: silent,
    };
    try {
      await work();
    } finally {
      dataSource.logger = before;
    }
    return count;
  }

  private mutation(name: string, selection: string): string {
    const field = this.service.schema.getMutationType()!.getFields()[name]!;
    const input = field.args.find((arg) => arg.name === 'input')!.type.toString();
    const union = this.service.schema.getType(field.type.toString().replace('!', ''))!;
    const [entity] = this.service.schema.getPossibleTypes(union as never);
    return `mutation($input: ${input}) { ${name}(input: $input) {
      __typename ... on Refusal { code message } ... on ${entity!.name} { id ${selection} } } }`;
  }

  private async learn(): Promise<void> {
    const calendars = defaultProjectCalendars();
    const timeZone = 'Asia/Shanghai';
    await this.know('project', jinxiu, [jinxiu], { code: 'JX', timeZone, calendars });
    await this.know('project', elsewhere, [elsewhere], { code: 'EW', timeZone, calendars });
    const homes = [
      { id: home.wangXiulan, building: '3', name: '3-2-1201', warrantyEndsOn: '2025-06-30' },
      { id: home.chenWei, building: '5', name: '5-1-0302', warrantyEndsOn: '2027-01-15' },
      { id: home.liuYang, building: '2', name: '2-1-0801', warrantyEndsOn: '2025-06-30' },
    ];
    for (const { id, building, name, warrantyEndsOn } of homes) {
      const buildingId = idOf(`building ${building}`);
      await this.know('building', buildingId, [jinxiu], { number: building });
      await this.know('unit', id, [jinxiu], {
        buildingId,
        home: name,
        status: 'HANDED_OVER',
        warrantyEndsOn,
      });
    }
    for (const id of Object.values(customer)) {
      await this.know('customer', id, [jinxiu], { kind: 'PERSON', mergedIntoId: null });
    }
    for (const { staffId, roles } of Object.values(staff)) {
      const projectIds = roles[0]!.projectIds as readonly string[];
      const position = roles[0]!.role;
      const data = { departmentCode: equipment, position, supervisorId: null, level: 'OPERATIONAL' };
      await this.know('staff', staffId, projectIds, { ...data, employed: true });
    }
    await this.know('partner', telecom, [], { kind: 'BROADBAND', arrivalHours: 5.5, active: true });
    await this.know('partner', telecomWithoutPromise, [], {
      kind: 'BROADBAND',
      arrivalHours: null,
      active: true,
    });
  }
}
