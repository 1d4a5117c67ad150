import { randomBytes } from 'node:crypto';
import { graphql, type ExecutionResult } from 'graphql';
import { Cipher, type Principal, type Role } from '@anju/access';
import { directoryEvents, type EventContract, type EventData, type EventEnvelope } from '@anju/events';
import { ManualClock, defaultProjectCalendars, newId, parseLocalDateTime } from '@anju/kernel';
import { InProcessEventBus, type Logger } from '@anju/outbox';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import { appraisal } from '../src';

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

const typeOfCommand: Record<string, string> = {
  createScheme: 'AppraisalScheme',
  addSchemeVersion: 'AppraisalScheme',
  retireScheme: 'AppraisalScheme',
  closeAppraisalYear: 'AppraisalYear',
  correctAppraisalYear: 'AppraisalYear',
  stateEvidenceView: 'Evidence',
  scoreEvidence: 'Evidence',
  dismissEvidence: 'Evidence',
};

function commandSource(name: string, fields: string, refusal: string): string {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation($input: ${input}!) { ${name}(input: $input) {
    __typename ... on ${typeOfCommand[name] ?? 'Appraisal'} { ${fields} }
    ... on Refusal { code message } ${refusal} } }`;
}

export function staff(role: Role, projectIds: readonly string[] | 'ALL', staffId = newId()): Principal {
  const roles = [...new Set<Role>([role, 'EMPLOYEE'])].map((each) => ({ role: each, projectIds }));
  return { kind: 'STAFF', staffId, account: role.toLowerCase(), roles };
}

/** The appraisal service on a clock moved by hand, fed with the events of the others. */
export class AppraisalDesk {
  /** Jinxiu Garden, and a project of somebody else. */
  readonly ours = newId();
  readonly theirs = newId();
  readonly company = newId();
  readonly otherCompany = newId();
  readonly zhou = staff('FRONT_DESK', [this.ours]);
  readonly lin = staff('SERVICE_SUPERVISOR', [this.ours]);
  readonly li = staff('EQUIPMENT_DEPARTMENT', [this.ours]);
  readonly qian = staff('APPRAISER', [this.ours]);
  readonly secondAppraiser = staff('APPRAISER', [this.ours]);
  readonly quality = staff('QUALITY_CENTRE', [this.ours]);
  readonly auditor = staff('AUDITOR', [this.ours]);
  readonly bi: Principal = {
    ...staff('BI_READER', [this.ours]),
    roles: [{ role: 'BI_READER', projectIds: [this.ours] }],
  };
  readonly strangersAppraiser = staff('APPRAISER', [this.theirs]);
  readonly strangersQuality = staff('QUALITY_CENTRE', [this.theirs]);

  private constructor(
    readonly service: RunningService,
    readonly clock: ManualClock,
    private readonly bus: InProcessEventBus,
  ) {}

  static async open(databaseUrl: string, logger: Logger, at: string): Promise<AppraisalDesk> {
    const clock = new ManualClock(wall(at));
    const bus = new InProcessEventBus(logger);
    const service = await serve(appraisal, { databaseUrl, poolSize: 8, clock, cipher, bus, logger });
    await bus.start();
    const desk = new AppraisalDesk(service, clock, bus);
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

  ask(who: Principal | null, source: string, variableValues: Row = {}, locale: 'en' | 'zh-CN' = 'en') {
    const contextValue = requestContext({ principal: who, requestId: 'r', locale, idempotencyKey: null });
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

  /** A command: what it changed, or the refusal with its code, message and data; errors are thrown. */
  async command(who: Principal, name: string, input: Row, fields = 'id version', refusal = ''): Promise<Row> {
    const data = await this.read(who, commandSource(name, fields, refusal), { input });
    return data[name] as Row;
  }

  /** A command that has to be accepted. */
  async done(who: Principal, name: string, input: Row, fields?: string): Promise<Row> {
    const answer = await this.command(who, name, input, fields);
    if (answer['code']) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The code of the fault that a command or query answers. */
  async fault(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => undefined,
      (thrown: { extensions?: { code?: string } }) => thrown,
    );
    return error?.extensions?.code ?? 'none';
  }

  /** Standard schemes of both levels, in force since the beginning of 2025. */
  async schemes(): Promise<void> {
    for (const level of ['OPERATIONAL', 'MANAGEMENT']) {
      const input = { organisationId: this.company, level, effectiveFrom: '2025-01-01' };
      await this.done(this.quality, 'createScheme', input);
    }
  }

  /** Gives an event of another service to this one's consumers. @throws if one of them parks it */
  async hear<Contract extends EventContract>(
    contract: Contract,
    subject: string,
    data: EventData<Contract>,
    id = newId(),
  ): Promise<void> {
    const event: EventEnvelope = {
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
    for (const consumer of this.service.consumers) await consumer.deliver([event], async () => undefined);
    const [parked] = await this.rows('select reason from parked_event where resolved_at is null');
    if (parked) throw new Error(`parked: ${JSON.stringify(parked)}`);
  }

  rows(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.service.dataSource.query(sql, parameters);
  }

  async employ(
    staffId: string,
    change: Partial<EventData<typeof directoryEvents.staffRegistered>> = {},
  ): Promise<void> {
    await this.hear(directoryEvents.staffRegistered, staffId, {
      projectId: null,
      staffId,
      organisationId: this.company,
      departmentCode: 'CUSTOMER_SERVICE',
      position: 'FRONT_DESK',
      supervisorId: null,
      level: 'OPERATIONAL',
      projectIds: [this.ours],
      employed: true,
      employments: [{ from: '2025-07-01', to: null }],
      ...change,
    });
  }

  private async introduce(): Promise<void> {
    for (const [projectId, organisationId, code] of [
      [this.ours, this.company, 'JX'],
      [this.theirs, this.otherCompany, 'YH'],
    ] as const) {
      await this.hear(directoryEvents.projectRegistered, projectId, {
        projectId,
        organisationId,
        code,
        timeZone: 'Asia/Shanghai',
        calendars: defaultProjectCalendars(),
      });
    }
    for (const { staffId } of [this.zhou, this.li, this.qian, this.secondAppraiser]) {
      await this.employ(staffId);
    }
    for (const { staffId } of [this.lin, this.quality, this.auditor]) {
      await this.employ(staffId, { level: 'MANAGEMENT', position: 'SERVICE_SUPERVISOR' });
    }
    for (const { staffId } of [this.strangersAppraiser, this.strangersQuality]) {
      await this.employ(staffId, { organisationId: this.otherCompany, projectIds: [this.theirs] });
    }
  }
}
