import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import type { EventEnvelope } from '@anju/events';
import { newId } from '@anju/kernel';
import { ForeignMessage } from '@anju/outbox';
import { BoundedNames, Reading, ServiceFigures, writtenAtMillis, type FigureSource } from '.';

const lines = async (figures: ServiceFigures, name: string): Promise<string[]> =>
  (await figures.text()).split('\n').filter((line) => line.startsWith(name));

function sourceOf(overrides: Partial<FigureSource> = {}): FigureSource {
  return {
    name: 'complaints',
    consumers: ['complaints.cases'],
    deadlines: async () => ({ pending: 7, late: 2, oldestLateSeconds: 90 }),
    clockAheadSeconds: async () => -1.5,
    parkedKeys: async () => [{ consumer: 'complaints.cases', state: 'PARKED', keys: 1 }],
    sealedByOlderKeys: () => new Map([['customer', 12]]),
    pool: () => ({ used: 3, idle: 1, waiting: 2, most: 10 }),
    ...overrides,
  };
}

describe('the figures of services', () => {
  it('tell of due times, parked keys and connections as they are when somebody asks', async () => {
    const figures = new ServiceFigures();
    let pending = 7;
    figures.addService(
      sourceOf({ deadlines: async () => ({ pending: (pending += 1), late: 2, oldestLateSeconds: 90 }) }),
    );
    expect(await lines(figures, 'anju_deadlines_pending')).toEqual([
      'anju_deadlines_pending{service="complaints"} 8',
    ]);
    const text = await figures.text();
    for (const line of [
      'anju_deadlines_pending{service="complaints"} 9',
      'anju_deadlines_late{service="complaints"} 2',
      'anju_deadlines_oldest_late_seconds{service="complaints"} 90',
      'anju_parked_keys{service="complaints",consumer="complaints.cases",state="PARKED"} 1',
      'anju_parked_keys{service="complaints",consumer="complaints.cases",state="REFUSED"} 0',
      'anju_clock_ahead_seconds{service="complaints"} -1.5',
      'anju_sealed_by_older_keys{service="complaints",table="customer"} 12',
      'anju_database_connections{service="complaints",state="used"} 3',
      'anju_database_connection_waiters{service="complaints"} 2',
      'anju_figures_readable{service="complaints",source="deadlines"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('leave out what cannot be read, and say so, rather than show what was', async () => {
    const figures = new ServiceFigures();
    let works = true;
    const flow = async () => {
      if (!works) throw new Error('the broker is gone');
      return {
        outboxes: [{ context: 'complaints', depth: 4, lastSeq: '9' }],
        sinks: [{ name: 'insights.facts', context: 'complaints', lag: 5 }],
      };
    };
    figures.addFlow('complaints', flow);
    figures.addBrokers('complaints', flow);
    expect(await lines(figures, 'anju_outbox_depth_events')).toEqual([
      'anju_outbox_depth_events{context="complaints"} 4',
    ]);
    expect(await lines(figures, 'anju_consumer_lag_events')).toEqual([
      'anju_consumer_lag_events{consumer="insights.facts",context="complaints"} 5',
    ]);
    expect(await lines(figures, 'anju_kafka_up')).toEqual(['anju_kafka_up{process="complaints"} 1']);
    works = false;
    expect(await lines(figures, 'anju_outbox_depth_events')).toEqual([]);
    expect(await lines(figures, 'anju_kafka_up')).toEqual(['anju_kafka_up{process="complaints"} 0']);
    expect(await lines(figures, 'anju_figures_readable')).toEqual([
      'anju_figures_readable{service="complaints",source="flow"} 0',
    ]);
  });

  it('say nothing of brokers where there are none', async () => {
    expect(await lines(new ServiceFigures(), 'anju_kafka_up')).toEqual([]);
  });

  it('measure an event from its writing, which its id tells, to its effect', async () => {
    const before = Date.now();
    const writtenAt = writtenAtMillis(newId());
    expect(writtenAt).toBeGreaterThanOrEqual(before);
    expect(writtenAt).toBeLessThanOrEqual(Date.now());

    const figures = new ServiceFigures();
    const event = { id: newId(), source: 'anju.complaints' } as EventEnvelope;
    figures.eventsDelivered('insights.facts', [event, new ForeignMessage(randomUUID(), 'k', {}, 'no event')]);
    expect(await lines(figures, 'anju_events_delivered_total')).toEqual([
      'anju_events_delivered_total{consumer="insights.facts",context="complaints"} 1',
    ]);
    expect(await lines(figures, 'anju_event_delay_seconds_bucket{le="1"')).toEqual([
      'anju_event_delay_seconds_bucket{le="1",consumer="insights.facts"} 1',
    ]);
  });

  it("count an operation under the client's own name, whatever the gateway has added to it", async () => {
    const figures = new ServiceFigures(new Registry());
    figures.operationEnded('complaints', 'MyCases__complaints__0', 0.002, 'ok');
    figures.operationEnded('complaints', null, 0.002, 'fault');
    const counts = await lines(figures, 'anju_subgraph_operation_duration_seconds_count');
    expect(counts).toEqual([
      'anju_subgraph_operation_duration_seconds_count{service="complaints",operation="MyCases"} 1',
      'anju_subgraph_operation_duration_seconds_count{service="complaints",operation="unnamed"} 1',
    ]);
  });
});

describe('names that clients choose', () => {
  it('are counted together after so many', () => {
    const names = new BoundedNames(2);
    expect(['a', 'b', 'c', 'a', null].map((name) => names.labelOf(name))).toEqual([
      'a',
      'b',
      'other',
      'a',
      'unnamed',
    ]);
  });
});

describe('a reading', () => {
  it('waits no longer than it may, and asks once however many wait', async () => {
    let asked = 0;
    let answer: (value: number) => void = () => undefined;
    const reading = new Reading(() => {
      asked += 1;
      return new Promise<number>((resolve) => (answer = resolve));
    });
    expect(await reading.within(5)).toBeNull();
    const waiting = reading.within(5_000);
    answer(7);
    expect(await waiting).toBe(7);
    expect(asked).toBe(1);
  });
});
