import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Cipher } from '@anju/access';
import { CommandRefusal, CommandRunner, systemActor, type Actor } from '@anju/commands';
import { DeadlineScheduler } from '@anju/deadlines';
import { ManualClock, newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import { openDatabase } from '../src';
import { Ticket, Tickets1, openTicket, raiseTicket, ticketAggregate } from './ticket';

export const start = new Date('2026-03-02T01:00:00Z');
export const projectId = newId();
const key = randomBytes(32);
export const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
export const clerk: Actor = systemActor('clerk');

/** Tickets on a database of their own, without a service around them. */
export class TicketGround {
  readonly clock = new ManualClock(start);
  readonly commands: CommandRunner;
  readonly scheduler: DeadlineScheduler;

  private constructor(
    private readonly database: TestDatabase,
    readonly dataSource: DataSource,
  ) {
    const { clock } = this;
    this.commands = new CommandRunner(dataSource, clock, cipher, { committed: () => undefined });
    this.commands.dueTimes.register(ticketAggregate);
    this.scheduler = new DeadlineScheduler(dataSource, clock, this.commands.dueTimes, silentLogger);
  }

  static async prepare(): Promise<TicketGround> {
    const database = await createTestDatabase();
    const tickets = { name: 'tickets', entities: [Ticket], migrations: [Tickets1] };
    return new TicketGround(database, await openDatabase(tickets, database.url, 10));
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.database.drop();
  }

  open(
    idempotencyKey?: string,
    input: unknown = {},
    check?: () => Promise<void>,
    actor = clerk,
  ): Promise<Ticket | CommandRefusal> {
    return this.commands.create(ticketAggregate, {
      actor,
      command: 'openTicket',
      permission: 'complaints.complaint.file',
      projectId,
      idempotencyKey,
      input,
      check,
      decide: (id, at) => openTicket(id, projectId, at),
    });
  }

  async opened(): Promise<Ticket> {
    const ticket = await this.open();
    if (ticket instanceof CommandRefusal) throw new Error(ticket.code);
    return ticket;
  }

  raise(
    id: string,
    more: { actor?: Actor; expectedVersion?: number; idempotencyKey?: string } = {},
  ): Promise<Ticket | CommandRefusal> {
    return this.commands.change(ticketAggregate, {
      actor: clerk,
      command: 'raiseTicket',
      permission: 'complaints.complaint.file',
      id,
      ...more,
      decide: raiseTicket,
    });
  }

  rows(sql: string): Promise<Record<string, unknown>[]> {
    return this.dataSource.query(sql);
  }
}
