import { randomBytes } from 'node:crypto';
import { graphql } from 'graphql';
import { Cipher, type Principal, type Role } from '@anju/access';
import { directoryEvents, type EventContract, type EventData, type EventEnvelope } from '@anju/events';
import { ManualClock, newId } from '@anju/kernel';
import { InProcessEventBus } from '@anju/outbox';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import { createTestDatabase, silentLogger } from '@anju/testing';
import { insights } from '../src/insights';

/** An event as a service publishes it. */
export function event<Contract extends EventContract>(
  contract: Contract,
  subject: string,
  data: EventData<Contract>,
): EventEnvelope {
  const { projectId, at } = data as { projectId?: string | null; at?: string };
  return {
    specversion: '1.0',
    id: newId(),
    source: `anju.${contract.context}`,
    type: contract.type,
    subject,
    time: at ?? '2026-03-02T01:00:00.000Z',
    datacontenttype: 'application/json',
    actor: newId(),
    project: projectId ?? null,
    data,
  };
}

/** The directory's word on a project. */
export function project(projectId: string, timeZone: string): EventEnvelope {
  const calendar = { timeZone, weekly: { '1': { from: '09:00', to: '18:00' } } };
  return event(directoryEvents.projectRegistered, projectId, {
    projectId,
    organisationId: newId(),
    code: 'JX',
    timeZone,
    calendars: { serviceDesk: calendar, office: calendar },
    calendarVersion: 0,
  });
}

/** Whoever reads, in some projects or in all. */
export function reader(role: Role, ...projectIds: string[]): Principal {
  return { kind: 'STAFF', staffId: newId(), account: 'reader', roles: [{ role, projectIds }] };
}

/** The insights service on a database of its own; it hears what a test tells it. */
export class InsightsStage {
  private constructor(
    readonly service: RunningService,
    readonly clock: ManualClock,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(at: Date): Promise<InsightsStage> {
    const database = await createTestDatabase();
    const key = randomBytes(32);
    const clock = new ManualClock(at);
    const service = await serve(insights, {
      databaseUrl: database.url,
      poolSize: 5,
      clock,
      cipher: new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key }),
      bus: new InProcessEventBus(silentLogger),
      logger: silentLogger,
    });
    return new InsightsStage(service, clock, () => database.drop());
  }

  async close(): Promise<void> {
    await this.service.close();
    await this.drop();
  }

  private consumer(name: 'facts' | 'references') {
    return this.service.consumers.find((consumer) => consumer.name === `insights.${name}`)!;
  }

  hear(events: readonly EventEnvelope[]): Promise<void> {
    return this.consumer('facts').deliver(events, async () => undefined);
  }

  hearOfDirectory(events: readonly EventEnvelope[]): Promise<void> {
    return this.consumer('references').deliver(events, async () => undefined);
  }

  forget(): Promise<void> {
    return this.consumer('facts').forget();
  }

  async ask<Data>(principal: Principal, source: string, variableValues: object = {}): Promise<Data> {
    const contextValue = requestContext({ principal, requestId: 'r', locale: 'en', idempotencyKey: null });
    const { data, errors } = await graphql({
      schema: this.service.schema,
      source,
      contextValue,
      variableValues: { ...variableValues },
    });
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Data;
  }

  /** Values of metrics as `numerator/denominator`, each with its dimensions in front. */
  async metrics(
    principal: Principal,
    input: { from: string; to: string; metrics?: readonly string[]; dimensions?: readonly string[] },
  ): Promise<Record<string, string>> {
    const { metrics } = await this.ask<{
      metrics: {
        metric: string;
        numerator: string;
        denominator: string | null;
        dimensions: { value: string }[];
      }[];
    }>(
      principal,
      `query($input: MetricsInput!) {
         metrics(input: $input) { metric numerator denominator dimensions { value } } }`,
      { input },
    );
    return Object.fromEntries(
      metrics.map(({ metric, numerator, denominator, dimensions }) => [
        [metric, ...dimensions.map(({ value }) => value)].join(' '),
        denominator === null ? numerator : `${numerator}/${denominator}`,
      ]),
    );
  }
}
