import { z } from 'zod';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { AggregateDefinition } from '@anju/commands';
import { defineEvent } from '@anju/events';
import { accept, refuse, type Decision, type Refusal } from '@anju/kernel';
import { outgoing } from '@anju/outbox';
import { AggregateEntity } from '../src';

/** The smallest aggregate that uses every part of the platform: it is opened, raised, and expires by itself. */
export interface TicketState {
  readonly id: string;
  readonly projectId: string;
  readonly status: 'OPEN' | 'EXPIRED';
  readonly level: number;
  readonly expiresAt: Date;
}

export type TicketFact =
  | { readonly type: 'TicketOpened'; readonly ticketId: string; readonly projectId: string }
  | {
      readonly type: 'TicketRaised';
      readonly ticketId: string;
      readonly projectId: string;
      readonly level: number;
    }
  | {
      readonly type: 'TicketExpired';
      readonly ticketId: string;
      readonly projectId: string;
      readonly at: Date;
    };

const ticketData = z.object({
  ticketId: z.uuid(),
  projectId: z.uuid(),
  level: z.number().optional(),
  at: z.string().optional(),
});
export const ticketEvents = {
  opened: defineEvent({
    type: 'ticket-opened.v1',
    context: 'tickets',
    description: 'opened',
    data: ticketData,
  }),
  raised: defineEvent({
    type: 'ticket-raised.v1',
    context: 'tickets',
    description: 'raised',
    data: ticketData,
  }),
  expired: defineEvent({
    type: 'ticket-expired.v1',
    context: 'tickets',
    description: 'expired',
    data: ticketData,
  }),
};

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'A ticket.' })
@Entity('ticket')
export class Ticket extends AggregateEntity implements TicketState {
  @Field(() => ID)
  @Column('uuid')
  projectId: string;

  @Field(() => String)
  @Column('text')
  status: TicketState['status'];

  @Field(() => Int)
  @Column('int')
  level: number;

  @Field(() => Date)
  @Column('timestamptz')
  expiresAt: Date;
}

export class Tickets1 implements MigrationInterface {
  readonly name = 'Tickets1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table ticket (id uuid primary key, project_id uuid not null, status text not null,
      level int not null, expires_at timestamptz not null, version int not null,
      created_at timestamptz not null, updated_at timestamptz not null)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ticket');
  }
}

export const ticketLifeMillis = 60_000;

export function openTicket(
  id: string,
  projectId: string,
  at: Date,
): Decision<TicketState, TicketFact, never> {
  const expiresAt = new Date(at.getTime() + ticketLifeMillis);
  return accept<TicketState, TicketFact>(
    { id, projectId, status: 'OPEN', level: 0, expiresAt },
    { type: 'TicketOpened', ticketId: id, projectId },
  );
}

export function raiseTicket(
  ticket: TicketState,
): Decision<TicketState, TicketFact, Refusal<'TICKET_EXPIRED', { expiredAt: Date }>> {
  if (ticket.status === 'EXPIRED') return refuse('TICKET_EXPIRED', { expiredAt: ticket.expiresAt });
  const { id, projectId, level } = ticket;
  return accept<TicketState, TicketFact>(
    { ...ticket, level: level + 1 },
    { type: 'TicketRaised', ticketId: id, projectId, level: level + 1 },
  );
}

export const ticketAggregate: AggregateDefinition<TicketState, TicketFact, null, Ticket> = {
  type: 'Ticket',
  context: 'tickets',
  entity: Ticket,
  environment: () => Promise.resolve(null),
  events: (fact) => {
    const { ticketId, projectId } = fact;
    switch (fact.type) {
      case 'TicketOpened':
        return [outgoing(ticketEvents.opened, { ticketId, projectId })];
      case 'TicketRaised':
        return [outgoing(ticketEvents.raised, { ticketId, projectId, level: fact.level })];
      case 'TicketExpired':
        return [outgoing(ticketEvents.expired, { ticketId, projectId, at: fact.at.toISOString() })];
    }
  },
  deadlines: (ticket) => (ticket.status === 'OPEN' ? [{ kind: 'EXPIRES', dueAt: ticket.expiresAt }] : []),
  onDeadline: (ticket, _kind, dueAt) =>
    accept<TicketState, TicketFact>(
      { ...ticket, status: 'EXPIRED' },
      { type: 'TicketExpired', ticketId: ticket.id, projectId: ticket.projectId, at: dueAt },
    ),
};
