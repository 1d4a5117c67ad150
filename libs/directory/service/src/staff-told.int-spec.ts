import { directoryEvents, type EventEnvelope } from '@anju/events';
import { Consumer } from '@anju/outbox';
import { References, referencesConsumer } from '@anju/references';
import { rule, silentLogger } from '@anju/testing';
import { StaffToldAgain1764800000000 } from './migrations/1764800000000-staff-told-again';
import {
  DirectoryUnderTest,
  administrator,
  registerTestProject,
  type TestProject,
} from '../test/directory-under-test';

describe('what other services are told of an employee', () => {
  let under: DirectoryUnderTest;
  let ours: TestProject;
  let references: References;

  beforeAll(async () => {
    under = await DirectoryUnderTest.start('staff told');
    ours = await registerTestProject(under, 'JX');
    references = new References(under.service.dataSource);
  });

  beforeEach(() => under.rows(`delete from known_reference; delete from inbox`));

  afterAll(() => under.close());

  const change = (field: string, input: object) => under.command(administrator, field, 'Staff', input);

  /** Employed until 2025-06-30, and again since 2026-01-01. */
  async function hireTwice(): Promise<string> {
    const { id } = await change('registerStaff', {
      ...{ organisationId: ours.organisationId, name: '李强', departmentCode: 'EQUIPMENT' },
      ...{ position: 'ELECTRICIAN', level: 'OPERATIONAL', projectIds: [ours.projectId] },
      employedFrom: '2024-01-01',
    });
    await change('endEmployment', { id, lastDay: '2025-06-30' });
    await change('reemployStaff', { id, employedFrom: '2026-01-01' });
    return id;
  }

  async function outbox(id: string): Promise<EventEnvelope[]> {
    const rows = await under.rows<{ payload: EventEnvelope }>(
      `select payload from outbox where aggregateid = $1 order by seq`,
      [id],
    );
    return rows.map(({ payload }) => payload);
  }

  async function tell(events: readonly EventEnvelope[]): Promise<void> {
    const { dataSource } = under.service;
    const consumer = new Consumer(referencesConsumer('test'), dataSource, silentLogger, () => undefined);
    await consumer.deliver(events, async () => undefined);
    expect(await under.rows(`select from parked_event`)).toEqual([]);
  }

  const known = (staffId: string) => ({
    ...{ staffId, departmentCode: 'EQUIPMENT', position: 'ELECTRICIAN', supervisorId: null },
    ...{ level: 'OPERATIONAL', projectIds: [ours.projectId], employed: true },
    employments: [
      { from: '2024-01-01', to: '2025-06-30' },
      { from: '2026-01-01', to: null },
    ],
  });

  rule('DIR-03', 'has work, level, supervisor and every employment', async () => {
    const id = await hireTwice();
    expect(await references.employee(id)).toBeNull();
    const events = await outbox(id);
    await tell(events.slice(0, 2));
    expect(await references.employee(id)).toEqual({
      ...known(id),
      employed: false,
      employments: [{ from: '2024-01-01', to: '2025-06-30' }],
    });
    await tell(events);
    expect(await references.employee(id)).toEqual(known(id));
  });

  it('has no employments in the events of before, and all of them once the update is done', async () => {
    const id = await hireTwice();
    const before = (await outbox(id)).map((event) => {
      const { employments: _, ...data } = event.data;
      return { ...event, data };
    });
    await tell(before);
    expect(await references.employee(id)).toEqual({ ...known(id), employments: [] });
    const runner = under.service.dataSource.createQueryRunner();
    await new StaffToldAgain1764800000000().up(runner).finally(() => runner.release());
    const [told, ...more] = (await outbox(id)).slice(before.length);
    expect(more).toEqual([]);
    expect(told!.type).toBe(directoryEvents.staffChanged.type);
    await tell([...before, told!]);
    expect(await references.employee(id)).toEqual(known(id));
  });
});
