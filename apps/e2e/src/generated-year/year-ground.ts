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
import { people, type Person } from './case-step';
import { customersOfProject } from './year-words';
import { yearBeginsAt, type WorldChange } from './year-world';

/** Where the year is played. */
export interface YearPlace {
  readonly complaintsUrl: string;
  readonly insightsUrl: string;
  readonly projects: number;
  readonly logger: Logger;
}

/** Cases of many projects are handled side by side. */
export const hands = 16;

/** What each of those who act is; whoever leads two at once may not say his word twice. */
const rolesOf: Readonly<Record<Person | 'ADMINISTRATOR', readonly Role[]>> = {
  DESK: ['FRONT_DESK', 'SERVICE_SUPERVISOR'],
  SUPERVISOR: ['SERVICE_SUPERVISOR'],
  HANDLER: ['SERVICE_SPECIALIST'],
  OTHER_HANDLER: ['SERVICE_SPECIALIST'],
  DIRECTOR: ['OFFICE_DIRECTOR'],
  MANAGER: ['PROJECT_MANAGER', 'DIVISION_LEADER'],
  DIVISION_LEADER: ['DIVISION_LEADER'],
  GENERAL_MANAGER: ['GENERAL_MANAGER'],
  QUALITY_CENTRE: ['QUALITY_CENTRE'],
  CUSTOMER_RELATIONS: ['DEVELOPER_CUSTOMER_RELATIONS'],
  ADMINISTRATOR: ['ADMINISTRATOR'],
};

const looksMillis = 10;

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
    private readonly principals: Readonly<Record<Person | 'ADMINISTRATOR', Principal>>,
    private readonly organisationId: string,
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
    const principals = Object.fromEntries(
      Object.entries(rolesOf).map(([person, roles]): [string, Principal] => [
        person,
        {
          ...{ kind: 'STAFF', staffId: newId(), account: person.toLowerCase() },
          roles: roles.map((role) => ({ role, projectIds: 'ALL' })),
        },
      ]),
    ) as Record<Person | 'ADMINISTRATOR', Principal>;
    const ground = new YearGround(
      complaintsRunning,
      insightsRunning,
      bus,
      clock,
      projectIds,
      customerIds,
      principals,
      newId(),
    );
    await ground.introduce();
    return ground;
  }

  staffId(person: Person): string {
    return this.principals[person].staffId;
  }

  /** A command on a case, as somebody gives it through the service's graph. */
  command(by: Person, name: string, input: object): Promise<Record<string, unknown>> {
    return this.mutate(by, name, input, '... on Complaint { id linkedCases { relation complaintId } }');
  }

  /** From now on something else holds, and what is open goes by it before anything else happens. */
  async change(change: WorldChange): Promise<void> {
    const projectId = change.project === null ? null : this.projectIds[change.project]!;
    if (change.what === 'POLICY') await this.changePolicy(projectId, change.values);
    else {
      const { calendars, timeZone } = projectData(change.way);
      const { organisationId } = this;
      const known = { projectId, organisationId, code: `P${change.project + 1}`, timeZone };
      await this.tell([
        this.event(directoryEvents.projectChanged, projectId!, {
          ...{ ...known, calendars, calendarVersion: change.version },
        }),
      ]);
    }
    await this.computedAnew();
  }

  /** What the service answers a question of somebody who reads reports. */
  async ask<Data>(source: string, variables: object): Promise<Data> {
    return (await this.execute('QUALITY_CENTRE', source, variables)) as Data;
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.insights.close();
    await this.complaints.close();
  }

  private async mutate(
    by: Person | 'ADMINISTRATOR',
    name: string,
    input: object,
    fields: string,
  ): Promise<Record<string, unknown>> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const source = `mutation($input: ${type}!) { ${name}(input: $input) {
      ${fields} ... on Refusal { code message } } }`;
    const data = await this.execute(by, source, { input });
    return data[name] as Record<string, unknown>;
  }

  private async execute(
    by: Person | 'ADMINISTRATOR',
    source: string,
    variableValues: object,
  ): Promise<Record<string, unknown>> {
    let document = this.documents.get(source);
    if (!document) this.documents.set(source, (document = parse(source)));
    const contextValue = requestContext({
      ...{ principal: this.principals[by], requestId: 'year', locale: 'en', idempotencyKey: null },
    });
    const { schema } = this.complaints;
    const { data, errors } = (await execute({
      ...{ schema, document, contextValue, variableValues: variableValues as Record<string, unknown> },
    })) as ExecutionResult<Record<string, unknown>>;
    if (!errors) return data!;
    throw new Error(`${source}: ${JSON.stringify(errors)}`, { cause: errors[0]?.originalError });
  }

  private async changePolicy(projectId: string | null, values: object): Promise<void> {
    const version = '... on ComplaintPolicyVersion { id }';
    const drafted = { projectId, values, reason: '按年度目标调整' };
    const { id } = await this.mutate('ADMINISTRATOR', 'draftComplaintPolicy', drafted, version);
    const inForce = await this.mutate('ADMINISTRATOR', 'putComplaintPolicyInForce', { id }, version);
    if (inForce['id'] !== id) throw new Error(`not in force: ${JSON.stringify(inForce)}`);
  }

  /** Until nothing is left to be computed anew. */
  private async computedAnew(): Promise<void> {
    for (;;) {
      const [row]: { left: number }[] = await this.complaints.dataSource.query(
        'select count(*)::int as left from recomputation_part where finished_at is null',
      );
      if (row!.left === 0) return;
      await new Promise((resolve) => setTimeout(resolve, looksMillis));
    }
  }

  /** The directory tells of the company. */
  private async introduce(): Promise<void> {
    const { organisationId } = this;
    const told: EventEnvelope[] = [];
    this.projectIds.forEach((projectId, project) => {
      told.push(
        this.event(directoryEvents.projectRegistered, projectId, {
          ...{ projectId, organisationId, code: `P${project + 1}`, ...projectData(project) },
          calendarVersion: 0,
        }),
      );
      for (const customerId of this.customerIds[project]!) {
        told.push(
          this.event(directoryEvents.customerRegistered, customerId, {
            ...{ projectId: null, customerId, organisationId, kind: 'PERSON', projectIds: [projectId] },
          }),
        );
      }
    });
    for (const person of people) {
      const staffId = this.staffId(person);
      const departmentCode = person === 'HANDLER' ? 'EQUIPMENT' : 'CUSTOMER_SERVICE';
      told.push(
        this.event(directoryEvents.staffRegistered, staffId, {
          ...{ projectId: null, staffId, organisationId, departmentCode, position: 'CLERK' },
          ...{ supervisorId: null, level: 'OPERATIONAL', projectIds: [], employed: true },
          employments: [{ from: '2024-01-01', to: null }],
        }),
      );
    }
    await this.tell(told);
  }

  private event(contract: { readonly type: string }, subject: string, data: unknown): EventEnvelope {
    return {
      ...{ specversion: '1.0', id: newId(), source: 'anju.directory', type: contract.type, subject },
      ...{ time: this.clock.now().toISOString(), datacontenttype: 'application/json' },
      ...{ actor: this.principals.ADMINISTRATOR.staffId, project: null, data },
    } as EventEnvelope;
  }

  private async tell(told: readonly EventEnvelope[]): Promise<void> {
    const consumers = [...this.complaints.consumers, ...this.insights.consumers];
    for (let from = 0; from < told.length; from += 200) {
      for (const consumer of consumers) {
        await consumer.deliver(told.slice(from, from + 200), () => Promise.resolve());
      }
    }
  }
}

function projectData(way: number) {
  return { timeZone: 'Asia/Shanghai', calendars: new NaiveCalendar(way).definitions };
}
