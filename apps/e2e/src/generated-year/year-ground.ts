import { randomBytes } from 'node:crypto';
import { execute, parse, type DocumentNode, type ExecutionResult } from 'graphql';
import { Cipher, type Principal, type Role } from '@anju/access';
import { complaints } from '@anju/complaints-service';
import { directoryEvents, type EventEnvelope } from '@anju/events';
import { insights } from '@anju/insights';
import { ManualClock, newId } from '@anju/kernel';
import { InProcessEventBus, type Logger } from '@anju/outbox';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import { NaiveCalendar } from './naive-calendar';
import { customersOfProject, yearBeginsAt } from './year-plan';

/** Where the year is played. */
export interface YearPlace {
  readonly complaintsUrl: string;
  readonly insightsUrl: string;
  readonly projects: number;
  readonly logger: Logger;
}

/** Who gives commands: the desk, the head of its department, and the developer's customer-relations centre. */
export type YearRole = 'desk' | 'head' | 'relations';

/** Cases of many projects are handled side by side. */
export const hands = 8;

/** The complaints service, and the metrics that learn from its events, on a clock moved by hand. */
export class YearGround {
  private readonly documents = new Map<string, DocumentNode>();

  private constructor(
    readonly complaints: RunningService,
    readonly insights: RunningService,
    readonly bus: InProcessEventBus,
    readonly clock: ManualClock,
    /** By number of the project. */
    readonly projectIds: readonly string[],
    readonly customerIds: readonly (readonly string[])[],
    readonly handlerId: string,
    private readonly people: Readonly<Record<YearRole, Principal>>,
  ) {}

  static async open({ complaintsUrl, insightsUrl, projects, logger }: YearPlace): Promise<YearGround> {
    const key = randomBytes(32);
    const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
    const clock = new ManualClock(new Date(yearBeginsAt));
    const bus = new InProcessEventBus(logger);
    const together = { clock, cipher, bus, logger };
    const complaintsRunning = await serve(complaints, {
      ...{ databaseUrl: complaintsUrl, poolSize: hands + 2 },
      ...together,
    });
    const insightsRunning = await serve(insights, {
      ...{ databaseUrl: insightsUrl, poolSize: 4 },
      ...together,
    });
    const ids = (count: number): string[] => Array.from({ length: count }, () => newId());
    const projectIds = ids(projects);
    const customerIds = projectIds.map(() => ids(customersOfProject));
    const handlerId = newId();
    const person = (account: YearRole, ...roles: readonly Role[]): Principal => ({
      ...{ kind: 'STAFF', staffId: newId(), account },
      roles: roles.map((role) => ({ role, projectIds: 'ALL' })),
    });
    const people = {
      desk: person('desk', 'FRONT_DESK', 'SERVICE_SUPERVISOR'),
      head: person('head', 'OFFICE_DIRECTOR'),
      relations: person('relations', 'DEVELOPER_CUSTOMER_RELATIONS'),
    };
    const ground = new YearGround(
      complaintsRunning,
      insightsRunning,
      bus,
      clock,
      projectIds,
      customerIds,
      handlerId,
      people,
    );
    await ground.introduce();
    return ground;
  }

  /** A command as one of them gives it, through the service's graph. */
  async command(name: string, input: object, by: YearRole = 'desk'): Promise<Record<string, unknown>> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const source = `mutation($input: ${type}!) { ${name}(input: $input) {
      ... on Complaint { id linkedCases { relation complaintId } } ... on Refusal { code message } } }`;
    let document = this.documents.get(source);
    if (!document) this.documents.set(source, (document = parse(source)));
    const contextValue = requestContext({
      ...{ principal: this.people[by], requestId: 'year', locale: 'en', idempotencyKey: null },
    });
    const { schema } = this.complaints;
    const { data, errors } = (await execute({
      ...{ schema, document, contextValue, variableValues: { input } },
    })) as ExecutionResult<Record<string, Record<string, unknown>>>;
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`, { cause: errors[0]?.originalError });
    return data![name]!;
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.insights.close();
    await this.complaints.close();
  }

  /** The directory tells of the company. */
  private async introduce(): Promise<void> {
    const organisationId = newId();
    const told: EventEnvelope[] = [];
    const tell = (contract: { readonly type: string }, subject: string, data: unknown): void => {
      told.push({
        ...{ specversion: '1.0', id: newId(), source: 'anju.directory', type: contract.type, subject },
        ...{ time: this.clock.now().toISOString(), datacontenttype: 'application/json' },
        ...{ actor: this.people.desk.staffId, project: null, data },
      } as EventEnvelope);
    };
    this.projectIds.forEach((projectId, project) => {
      tell(directoryEvents.projectRegistered, projectId, {
        ...{ projectId, organisationId, code: `P${project + 1}`, timeZone: 'Asia/Shanghai' },
        ...{ calendars: new NaiveCalendar(project).definitions, calendarVersion: 0 },
      });
      for (const customerId of this.customerIds[project]!) {
        tell(directoryEvents.customerRegistered, customerId, {
          ...{ projectId: null, customerId, organisationId, kind: 'PERSON', projectIds: [projectId] },
        });
      }
    });
    for (const staffId of [...Object.values(this.people).map((one) => one.staffId), this.handlerId]) {
      tell(directoryEvents.staffRegistered, staffId, {
        ...{ projectId: null, staffId, organisationId, departmentCode: 'EQUIPMENT', position: 'CLERK' },
        ...{ supervisorId: null, level: 'OPERATIONAL', projectIds: [], employed: true },
        employments: [{ from: '2024-01-01', to: null }],
      });
    }
    const consumers = [...this.complaints.consumers, ...this.insights.consumers];
    for (let from = 0; from < told.length; from += 200) {
      for (const consumer of consumers) {
        await consumer.deliver(told.slice(from, from + 200), () => Promise.resolve());
      }
    }
  }
}
