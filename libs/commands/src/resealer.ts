import type { DataSource, EntityManager } from 'typeorm';
import { faultReport, type Cipher } from '@anju/access';
import type { Logger } from '@anju/outbox';
import type { SealedTable } from './sealed-tables';

/** A new data key comes with a start; what comes in then goes first. */
const firstAfterMillis = 60_000;
/** A process that has not started again yet writes with the older key. */
const nextAfterMillis = 60 * 60 * 1_000;
/** Nothing was found: then it is looked for the sake of events that were sealed before, and come late. */
const idleMillis = 24 * nextAfterMillis;
/** A few milliseconds of work, so that nobody waits for it. */
const batchRows = 25;
/** While another process is about a batch. */
const waitMillis = 20;
/** The others are counted only. */
const faultsTold = 10;

/** A row as it is stored, by the columns of its table. */
type Stored = Readonly<Record<string, unknown>>;

/** What a round has done, in values. */
export interface Resealed {
  readonly sealed: number;
  /** That cannot be read by any key of the ring, or not at all. */
  readonly failed: number;
  /** That an older key has sealed still: these, and what others were about just then. */
  readonly left: number;
}

/**
 * Seals anew by the current data key what an older one has sealed in a service's columns, some rows at a time and
 * beside everything else. A value is replaced only if it is the one that was read; a row that somebody holds is left
 * for the next round; versions stay as they are, since nothing of what is sealed changes. Any number of processes
 * may do it: one at a time has a batch, and whoever begins anew passes over what is done.
 */
export class Resealer {
  private readonly left = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private closing = false;

  constructor(
    private readonly dataSource: DataSource,
    readonly tables: readonly SealedTable[],
    private readonly cipher: Cipher,
    private readonly logger: Logger,
    private readonly firstAfter = firstAfterMillis,
  ) {}

  start(): void {
    this.nextRoundAfter(this.firstAfter);
  }

  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Values of older keys by table, as this process has seen last; nothing before it has looked. */
  sealedByOlderKeys(): ReadonlyMap<string, number> {
    return this.left;
  }

  /** One round over all tables. */
  async reseal(): Promise<Resealed> {
    const done = { sealed: 0, failed: 0 };
    for (const table of this.tables) {
      if (this.closing) break;
      try {
        if ((await this.count(table)) === 0) continue;
        const { sealed, failed } = await this.resealTable(table);
        done.sealed += sealed;
        done.failed += failed;
        await this.count(table);
      } catch (error) {
        this.logger.error(
          { table: table.table, fault: faultReport(error) },
          'columns could not be sealed anew',
        );
      }
    }
    const left = [...this.left.values()].reduce((sum, values) => sum + values, 0);
    if (done.sealed + done.failed + left > 0) {
      this.logger.info({ ...done, left }, 'columns were sealed with the current data key');
    }
    return { ...done, left };
  }

  private nextRoundAfter(millis: number): void {
    if (this.closing) return;
    this.timer = setTimeout(() => {
      this.running = this.reseal().then(({ sealed, failed, left }) =>
        this.nextRoundAfter(sealed > 0 || left > failed ? nextAfterMillis : idleMillis),
      );
    }, millis).unref();
  }

  private async count(table: SealedTable): Promise<number> {
    const [row] = await this.dataSource.query<{ values: string }[]>(
      `select ${table.texts.map(({ column }) => `count(*) filter (where ${this.isOlder(column)})`).join(' + ')}
         as values from "${table.table}"`,
    );
    const values = Number(row!.values);
    this.left.set(table.table, values);
    return values;
  }

  private async resealTable(table: SealedTable): Promise<{ sealed: number; failed: number }> {
    const done = { sealed: 0, failed: 0 };
    let last: Stored | null = null;
    while (!this.closing) {
      const began = performance.now();
      const batch = await this.dataSource.transaction((tx) => this.resealBatch(tx, table, last));
      if (batch === 'ANOTHER_IS_AT_IT') {
        await pause(waitMillis);
        continue;
      }
      if (batch.last === null) break;
      ({ last } = batch);
      done.sealed += batch.sealed;
      for (const fault of batch.faults) {
        done.failed += 1;
        if (done.failed <= faultsTold) this.logger.error(fault, 'a value cannot be sealed anew');
      }
      this.left.set(table.table, Math.max(0, this.left.get(table.table)! - batch.sealed));
      // At most half of the time is for this.
      await pause(performance.now() - began);
    }
    return done;
  }

  private async resealBatch(tx: EntityManager, table: SealedTable, after: Stored | null) {
    const [lock] = await tx.query<{ free: boolean }[]>(
      `select pg_try_advisory_xact_lock(hashtextextended('anju.reseal', 0)) as free`,
    );
    if (!lock!.free) return 'ANOTHER_IS_AT_IT';
    const rows = await this.olderAfter(tx, table, after);
    const faults: object[] = [];
    const changes = rows.map((was) => {
      const next: Record<string, unknown> = { ...was };
      let values = 0;
      for (const { column, place } of table.texts) {
        const stored = was[column];
        if (typeof stored !== 'string' || stored.startsWith(this.cipher.currentPrefix)) continue;
        try {
          next[column] = this.cipher.encrypt(this.cipher.decrypt(stored, place), place);
          values += 1;
        } catch (error) {
          faults.push({ table: table.table, column, ...idOf(table, was), fault: faultReport(error) });
        }
      }
      return { was, next, values };
    });
    const sealed = await replaceAsRead(tx, table, changes);
    return { last: rows.at(-1) ?? null, sealed, faults };
  }

  private olderAfter(
    tx: EntityManager,
    { table, key, texts }: SealedTable,
    after: Stored | null,
  ): Promise<Stored[]> {
    const keys = key.map((name) => `"${name}"`).join(', ');
    const beyond = after ? `and (${keys}) > (${key.map((_name, index) => `$${index + 1}`).join(', ')})` : '';
    return tx.query(
      `select ${keys}, ${texts.map(({ column }) => `"${column}"`).join(', ')} from "${table}"
       where (${texts.map(({ column }) => this.isOlder(column)).join(' or ')}) ${beyond}
       order by ${keys} limit ${batchRows}`,
      after ? key.map((name) => after[name]) : [],
    );
  }

  /** Of a large value, its beginning is read only. */
  private isOlder(column: string): string {
    const { currentPrefix } = this.cipher;
    return `substr("${column}", 1, ${currentPrefix.length}) <> '${currentPrefix}'`;
  }
}

/** @returns how many values were replaced: of rows that nobody holds, and whose values are what was read */
async function replaceAsRead(
  tx: EntityManager,
  { table, key, texts }: SealedTable,
  changes: readonly { readonly was: Stored; readonly next: Stored; readonly values: number }[],
): Promise<number> {
  const changed = changes.filter(({ values }) => values > 0);
  if (changed.length === 0) return 0;
  const keys = key.map((name) => `"${name}"`).join(', ');
  const columns = texts.map(({ column }) => `"${column}"`);
  const [replaced] = await tx.query<[Stored[], number]>(
    `with was as (select * from json_populate_recordset(null::"${table}", $1)),
          next as (select * from json_populate_recordset(null::"${table}", $2)),
          free as (select ${keys} from "${table}" where (${keys}) in (select ${keys} from was)
                   order by ${keys} for update skip locked)
     update "${table}" t set ${columns.map((column) => `${column} = next.${column}`).join(', ')}
     from free join was using (${keys}) join next using (${keys})
     where ${key.map((name) => `t."${name}" = free."${name}"`).join(' and ')}
       and ${columns.map((column) => `t.${column} is not distinct from was.${column}`).join(' and ')}
     returning ${key.map((name) => `t."${name}"`).join(', ')}`,
    [changed.map(({ was }) => was), changed.map(({ next }) => next)].map((rows) => JSON.stringify(rows)),
  );
  const keyOf = (row: Stored): string => JSON.stringify(key.map((name) => row[name]));
  const valuesOf = new Map(changed.map(({ was, values }) => [keyOf(was), values]));
  return replaced.reduce((sum, row) => sum + valuesOf.get(keyOf(row))!, 0);
}

/** Nothing of a key that clients have chosen. */
function idOf({ key }: SealedTable, row: Stored): object {
  return key.length === 1 ? { id: row[key[0]!] } : {};
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
