import type { DataSource } from 'typeorm';
import { newId } from '@anju/kernel';
import { isLostRace, type Logger } from '@anju/outbox';
import type { Worker } from '@anju/subgraph';
import { HandedOver, type ImportCourse } from './import-course';

const leaseSeconds = 15;
const heartbeatMillis = 4_000;
/** Requests wake the runner; this covers what other processes left behind. */
const pollMillis = 5_000;
/** Without any progress in between. */
const mostAttempts = 5;

/**
 * Works imports off, one at a time. A lease in the database keeps other instances away; whoever finds it run
 * out goes on. The lease is in the database's time, which goes on also where the business's clock stands.
 */
export class ImportRunner implements Worker {
  private readonly holder = newId();
  private running: Promise<void> | null = null;
  private again = false;
  private closed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly course: ImportCourse,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.wake();
  }

  wake(): void {
    if (this.closed) return;
    this.again = true;
    this.running ??= this.drain().finally(() => {
      this.running = null;
      if (this.again) this.wake();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    this.again = false;
    clearTimeout(this.timer);
    await this.running;
  }

  private async drain(): Promise<void> {
    clearTimeout(this.timer);
    this.again = false;
    try {
      await this.deleteForgottenParts();
      for (let id = await this.claim(); id !== null; id = await this.claim()) await this.work(id);
    } catch (error) {
      this.logger.error({ error: nameOf(error) }, 'imports cannot be worked off');
    }
    if (!this.closed) this.timer = setTimeout(() => this.wake(), pollMillis).unref();
  }

  /** Of imports that ended without a runner, as when their time ran out. */
  private async deleteForgottenParts(): Promise<void> {
    await this.dataSource.query(
      `delete from import_part using import
       where import.id = import_part.import_id and import.status in ('DONE', 'REFUSED', 'FAILED', 'ABANDONED')`,
    );
  }

  private async claim(): Promise<string | null> {
    if (this.closed) return null;
    const [rows]: [{ id: string }[], number] = await this.dataSource.query(
      `update import
       set lease_holder = $1, leased_until = now() + make_interval(secs => $2), attempts = attempts + 1
       where id = (select id from import where status in ('QUEUED', 'CHECKING', 'APPLYING')
                     and (leased_until is null or leased_until < now())
                   order by created_at limit 1 for update skip locked)
       returning id`,
      [this.holder, leaseSeconds],
    );
    return rows[0]?.id ?? null;
  }

  private async work(id: string): Promise<void> {
    const heartbeat = setInterval(() => void this.leaseFor(id, leaseSeconds), heartbeatMillis);
    try {
      await this.course.follow(id, { holder: this.holder, ending: () => this.closed });
    } catch (error) {
      if (error instanceof HandedOver || isLostRace(error)) await this.leaseFor(id, 0);
      else await this.afterFailure(id, error);
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** A database that is away at this moment lets the lease run out, which is what it is for. */
  private async leaseFor(id: string, seconds: number): Promise<void> {
    await this.dataSource
      .query(
        `update import set leased_until = now() + make_interval(secs => $3) where id = $1 and lease_holder = $2`,
        [id, this.holder, seconds],
      )
      .catch((error: unknown) =>
        this.logger.warn({ importId: id, error: nameOf(error) }, 'import lease not renewed'),
      );
  }

  /** Tries again later, a little later each time; after several times without any progress it gives up. */
  private async afterFailure(id: string, error: unknown): Promise<void> {
    const [row]: { attempts: number }[] = await this.dataSource.query(
      `select attempts from import where id = $1`,
      [id],
    );
    const attempts = row?.attempts ?? 0;
    this.logger.error({ importId: id, attempts, error: nameOf(error) }, 'import interrupted');
    if (attempts >= mostAttempts) await this.course.fail(id, 'UNEXPECTED');
    else await this.leaseFor(id, attempts);
  }
}

/** Without the message: errors of the database quote the values that they failed on. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
