import { DataSource } from 'typeorm';
import { appendToOutbox } from '@anju/outbox';
import { contactEvents } from './contact-events';
import { Pace } from './pace';
import type { Platform } from './platform';

/** By which a replica of a service tells the one that sends that there is something. */
const channel = 'anju_outbox';
const connections = 4;
/** Contacts of which one statement writes all events. */
const contactsAtOnce = 100;

/** Writes what reception would publish into its outbox, as a replica of it that somebody else sends for. */
export class EventWriter {
  private telling: Promise<unknown> | null = null;
  private contacts = 0;

  private constructor(
    private readonly dataSource: DataSource,
    private readonly projectId: string,
  ) {}

  static async open(platform: Platform): Promise<EventWriter> {
    const dataSource = new DataSource({
      type: 'postgres',
      url: platform.databaseUrl('reception'),
      poolSize: connections,
    });
    await dataSource.initialize();
    return new EventWriter(dataSource, platform.setting.projectId);
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }

  /**
   * Commits events one by one, each in a transaction of its own, those of a contact in order.
   * @param perSecond how many in a second, evenly
   */
  async atRate(perSecond: number, contacts: number): Promise<void> {
    const pace = new Pace(perSecond);
    let left = contacts;
    // More than wait at once, so that a slow commit does not slow down those after it.
    const writers = Array.from({ length: connections }, async () => {
      while (left > 0) {
        left -= 1;
        for (const write of this.next()) {
          await pace.turn();
          await this.dataSource.transaction((tx) => appendToOutbox(tx, [write]));
          this.tell();
        }
      }
    });
    await Promise.all(writers);
  }

  /** Commits the events of so many contacts in one transaction: a backlog from one moment to the next. */
  async atOnce(contacts: number): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      for (let written = 0; written < contacts; written += contactsAtOnce) {
        const writes = Array.from({ length: Math.min(contactsAtOnce, contacts - written) }, () =>
          this.next(),
        );
        await appendToOutbox(tx, writes.flat());
      }
    });
    this.tell();
  }

  private next(): ReturnType<typeof contactEvents> {
    this.contacts += 1;
    return contactEvents({ projectId: this.projectId, index: this.contacts });
  }

  /** As the relay of a replica does: one at a time, however many commits there are meanwhile. */
  private tell(): void {
    this.telling ??= this.dataSource.query(`notify ${channel}`).finally(() => (this.telling = null));
  }
}
