import { randomBytes } from 'node:crypto';
import { graphql } from 'graphql';
import { Cipher, type Principal, type Role } from '@anju/access';
import {
  complaintsEvents,
  receptionEvents,
  type EventContract,
  type EventData,
  type EventEnvelope,
} from '@anju/events';
import { ManualClock, newId } from '@anju/kernel';
import { InProcessEventBus } from '@anju/outbox';
import { requestContext, serve, type RunningService } from '@anju/subgraph';
import { createTestDatabase, rule, silentLogger } from '@anju/testing';
import { insights } from './insights';

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const [projectId, otherProjectId, staffId] = [newId(), newId(), newId()];

function event<Contract extends EventContract>(
  contract: Contract,
  subject: string,
  data: EventData<Contract>,
): EventEnvelope {
  return {
    specversion: '1.0',
    id: newId(),
    source: `anju.${contract.context}`,
    type: contract.type,
    subject,
    time: '2026-03-02T01:00:00.000Z',
    datacontenttype: 'application/json',
    actor: staffId,
    project: projectId,
    data,
  };
}

interface ContactOptions {
  class: EventData<typeof receptionEvents.interactionClassified>['class'];
  proposed?: EventData<typeof receptionEvents.interactionClassified>['class'];
  receivedAt: string;
  toldAt?: string;
  project?: string;
}

/** The events of one contact, as reception publishes them. */
function contact({
  class: confirmed,
  proposed = confirmed,
  receivedAt,
  toldAt,
  project = projectId,
}: ContactOptions): EventEnvelope[] {
  const id = newId();
  const common = {
    interactionId: id,
    projectId: project,
    ownerId: staffId,
    unitId: null,
    buildingId: null,
    topic: null,
    receivedAt,
    receivedBy: staffId,
  };
  const events = [
    event(receptionEvents.interactionRecorded, id, {
      ...common,
      at: receivedAt,
      number: 'JX-20260302-001',
      channel: 'PHONE',
      customerIds: [],
      proposedClass: proposed,
    }),
    event(receptionEvents.interactionClassified, id, {
      ...common,
      at: receivedAt,
      by: staffId,
      class: confirmed,
      previousClass: null,
      proposedClass: proposed,
      asProposed: proposed === confirmed,
      causeClass: null,
      facts: [],
      namedStaffIds: [],
      customerIds: [],
      channel: 'PHONE',
    }),
  ];
  if (toldAt) {
    events.push(
      event(receptionEvents.customerTold, id, {
        interactionId: id,
        projectId: project,
        ownerId: staffId,
        at: toldAt,
        by: staffId,
        kind: 'RESULT',
        channel: 'PHONE',
        firstReply: true,
        receivedAt,
        customerIds: [],
        complaintId: null,
      }),
    );
  }
  return events;
}

function clock(
  outcome: 'met' | 'missed',
  kind: 'RESPONSE' | 'REPLY' | 'CALLBACK' | 'RETURN_VISIT',
): EventEnvelope {
  const id = newId();
  return event(
    outcome === 'met' ? complaintsEvents.complaintClockMet : complaintsEvents.complaintClockMissed,
    id,
    {
      complaintId: id,
      projectId,
      at: '2026-03-03T01:30:00.000Z',
      clock: kind,
      sequence: 1,
      forSeverity: null,
      startedAt: '2026-03-02T02:05:00.000Z',
      dueAt: '2026-03-03T02:05:00.000Z',
      causeClass: 'CLASS_1',
      severity: 'MAJOR',
      responsibleDepartment: null,
      handlerId: null,
    },
  );
}

describe('metrics', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let service: RunningService;
  let bus: InProcessEventBus;

  beforeEach(async () => {
    database = await createTestDatabase();
    bus = new InProcessEventBus(silentLogger);
    service = await serve(insights, {
      databaseUrl: database.url,
      poolSize: 5,
      clock: new ManualClock(new Date('2026-04-01T01:00:00Z')),
      cipher,
      bus,
      logger: silentLogger,
    });
  });

  afterEach(async () => {
    await service.close();
    await database.drop();
  });

  const facts = () => service.consumers.find((consumer) => consumer.name === 'insights.facts')!;
  const deliver = (events: EventEnvelope[]) => facts().deliver(events, async () => undefined);

  function reader(role: Role, ...projectIds: string[]): Principal {
    return { kind: 'STAFF', staffId, account: 'reader', roles: [{ role, projectIds }] };
  }

  async function ask(input: string, principal = reader('BI_READER', projectId)) {
    const contextValue = requestContext({ principal, requestId: 'r', locale: 'en', idempotencyKey: null });
    const source = `{ metrics(input: { from: "2026-03-01", to: "2026-03-31", ${input} }) { metric period projectId value numerator denominator dimensions { name value } } }`;
    const { data, errors } = await graphql({ schema: service.schema, source, contextValue });
    return {
      values: (data?.['metrics'] ?? []) as {
        metric: string;
        value: string | null;
        numerator: string;
        dimensions: { value: string }[];
        period: string;
      }[],
      errors,
    };
  }

  const march = [
    ...contact({
      class: 'OWN_REPAIR',
      receivedAt: '2026-03-02T01:02:00.000Z',
      toldAt: '2026-03-02T02:02:00.000Z',
    }),
    ...contact({ class: 'RECTIFICATION', receivedAt: '2026-03-02T01:15:00.000Z' }),
    ...contact({
      class: 'VENDOR',
      proposed: 'OWN_REPAIR',
      receivedAt: '2026-03-31T15:59:00.000Z',
      toldAt: '2026-03-31T18:59:00.000Z',
    }),
    // 00:30 on 1 April in Shanghai: not March any more.
    ...contact({ class: 'VENDOR', receivedAt: '2026-03-31T16:30:00.000Z' }),
    ...contact({ class: 'ENQUIRY', receivedAt: '2026-03-05T01:00:00.000Z' }),
    clock('met', 'RESPONSE'),
    clock('met', 'RESPONSE'),
    clock('missed', 'RESPONSE'),
    clock('met', 'REPLY'),
    clock('missed', 'REPLY'),
    clock('met', 'CALLBACK'),
  ];

  rule(['REC-02', 'CMP-05', 'CMP-06', 'CMP-07'], 'counts a month by the days of the project', async () => {
    await deliver(march);
    const { values, errors } = await ask(
      'metrics: [service_items, classified_as_proposed, first_reply_hours, responses_within_one_working_day, replies_within_four_hours, callbacks_within_two_days, measures_by_closing_time, return_visits_within_three_days]',
    );
    expect(errors).toBeUndefined();
    expect(Object.fromEntries(values.map(({ metric, value }) => [metric, value]))).toEqual({
      service_items: '3',
      classified_as_proposed: '75.00',
      first_reply_hours: '2.00',
      responses_within_one_working_day: '66.67',
      replies_within_four_hours: '50.00',
      callbacks_within_two_days: '100.00',
      measures_by_closing_time: null,
      return_visits_within_three_days: null,
    });
  });

  it('shows a share of nothing without a value, and of no cases; a count has no cases', async () => {
    const { values } = await ask('metrics: [return_visits_within_three_days, contacts_received]');
    expect(values).toMatchObject([
      { value: null, numerator: '0', denominator: '0' },
      { value: '0', numerator: '0', denominator: null },
    ]);
  });

  it('breaks a metric down by day and dimension', async () => {
    await deliver(march);
    const { values } = await ask('metrics: [contacts_received], period: DAY, dimensions: ["class"]');
    expect(
      values.map(({ period, numerator, dimensions }) => `${period} ${dimensions[0]!.value} ${numerator}`),
    ).toEqual([
      '2026-03-02 OWN_REPAIR 1',
      '2026-03-02 RECTIFICATION 1',
      '2026-03-05 ENQUIRY 1',
      '2026-03-31 VENDOR 1',
    ]);
  });

  rule('INS-02', 'events that come twice are counted once', async () => {
    await deliver(march);
    await deliver(march);
    expect((await ask('metrics: [service_items]')).values[0]!.value).toBe('3');
  });

  rule('INS-03', 'rebuilt from the log, every metric is the same', async () => {
    await deliver(march);
    const before = await ask('byProject: true, period: DAY, dimensions: ["class", "channel", "hour"]');
    await facts().forget();
    expect((await ask('metrics: [service_items]')).values[0]!.value).toBe('0');
    await deliver(march);
    expect(await ask('byProject: true, period: DAY, dimensions: ["class", "channel", "hour"]')).toEqual(
      before,
    );
  });

  rule(
    'INS-04',
    'the metrics database holds no column for a name, a phone, an identity number or a text',
    async () => {
      const columns: { column_name: string }[] = await service.dataSource.query(
        `select distinct column_name from information_schema.columns where table_schema = 'public' and table_name like 'fact\\_%'`,
      );
      const names = columns
        .map((row) => row.column_name)
        .filter((name) => /name|phone|identity|content|text|customer|staff|consultant/.test(name));
      expect(names).toEqual([]);
    },
  );

  it("shows nothing of projects outside the reader's scope", async () => {
    await deliver([
      ...march,
      ...contact({ class: 'VENDOR', receivedAt: '2026-03-02T01:00:00.000Z', project: otherProjectId }),
    ]);
    expect((await ask('metrics: [service_items]')).values[0]!.value).toBe('3');
    const asked = await ask(`metrics: [service_items], projectIds: ["${otherProjectId}"]`);
    expect(asked.values[0]!.value).toBe('0');
    expect(
      (await ask('metrics: [service_items]', reader('FRONT_DESK', projectId))).errors![0]!.extensions['code'],
    ).toBe('FORBIDDEN');
  });

  it('refuses periods and dimensions that make no sense', async () => {
    for (const input of [
      'dimensions: ["1; drop table fact_complaint"]',
      'to: "2026-02-01"',
      'to: "2090-01-01"',
    ]) {
      const source = `{ metrics(input: { from: "2026-03-01", ${input.startsWith('to') ? input : `to: "2026-03-31", ${input}`} }) { value } }`;
      const contextValue = requestContext({
        principal: reader('BI_READER', projectId),
        requestId: 'r',
        locale: 'en',
        idempotencyKey: null,
      });
      const { errors } = await graphql({ schema: service.schema, source, contextValue });
      expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
    }
  });

  it('has a view for each metric, named in the catalogue', async () => {
    const views: { viewname: string }[] = await service.dataSource.query(
      `select viewname from pg_views where viewname like 'metric\\_%'`,
    );
    const contextValue = requestContext({
      principal: reader('BI_READER', projectId),
      requestId: 'r',
      locale: 'zh-CN',
      idempotencyKey: null,
    });
    const { data } = await graphql({
      schema: service.schema,
      source: '{ metricCatalogue { id name } }',
      contextValue,
    });
    const ids = (data!['metricCatalogue'] as { id: string }[]).map((metric) => `metric_${metric.id}`);
    expect(views.map((row) => row.viewname).sort()).toEqual(ids.sort());
  });
});
