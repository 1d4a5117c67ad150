import type { DataSource, EntityManager } from 'typeorm';
import { receptionEvents, type EventEnvelope } from '@anju/events';
import { Consumer, on } from './consumer';
import type { SaveProgress } from './event-bus';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A consumer of one event type on a database that has seen every event already. */
class Stage {
  readonly statements: string[] = [];
  readonly transaction = { query: this.query.bind(this) } as unknown as EntityManager;
  readonly manager = {} as EntityManager;
  readonly committed = jest.fn();
  readonly saved: [where: 'transaction' | 'statement', count: number][] = [];

  async deliver(staysHere: boolean, ...types: string[]): Promise<void> {
    const dataSource = {
      manager: this.manager,
      transaction: (work: (tx: EntityManager) => Promise<void>) => work(this.transaction),
    } as unknown as DataSource;
    const definition = {
      name: 'test.facts',
      handlers: [on(receptionEvents.interactionClosed, async () => undefined)],
      staysHere,
    };
    const consumer = new Consumer(definition, dataSource, silent, this.committed);
    const save: SaveProgress = async (tx, count) => {
      this.statements.push('save progress');
      this.saved.push([tx === this.manager ? 'statement' : 'transaction', count]);
    };
    const events = types.map((type) => ({ id: type, subject: 'a', type }) as unknown as EventEnvelope);
    await consumer.deliver(events, save);
  }

  private async query(sql: string): Promise<unknown[]> {
    this.statements.push(sql.trim());
    return [];
  }
}

describe('a consumer', () => {
  const { type } = receptionEvents.interactionClosed;

  it('only notes its position, in one statement, where nothing concerns it', async () => {
    const stage = new Stage();
    await stage.deliver(true, 'work-order-accepted.v1', 'interaction-handed-over.v1');
    expect(stage.saved).toEqual([['statement', 2]]);
    expect(stage.statements).toEqual(['save progress']);
    expect(stage.committed).not.toHaveBeenCalled();
  });

  it('takes in a batch of which one event concerns it in a transaction', async () => {
    const stage = new Stage();
    await stage.deliver(false, 'work-order-accepted.v1', type);
    expect(stage.saved).toEqual([['transaction', 2]]);
    expect(stage.statements.join()).not.toContain('synchronous_commit');
    expect(stage.committed).toHaveBeenCalledTimes(1);
  });

  it('does not pass over a version that it does not know', async () => {
    const stage = new Stage();
    await stage.deliver(false, 'interaction-closed.v9');
    expect(stage.saved).toEqual([['transaction', 1]]);
  });

  it('waits for the disk unless its effects stay here; its position comes first', async () => {
    const stage = new Stage();
    await stage.deliver(true, type);
    expect(stage.statements.slice(0, 2)).toEqual(['save progress', 'set local synchronous_commit to off']);
  });
});
