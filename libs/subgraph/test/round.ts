import { z } from 'zod';
import { Column, Entity, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { AggregateDefinition } from '@anju/commands';
import { defineEvent } from '@anju/events';
import { accept, refuse, type Decision, type Refusal } from '@anju/kernel';
import { outgoing } from '@anju/outbox';
import { AggregateEntity } from '../src';

/**
 * An aggregate to which most happens by itself: it rings so many times, each ring arising from the one before; it is
 * noted once, or refuses to be for ever; and when it is over it may begin another one.
 */
export interface RoundState {
  readonly id: string;
  readonly projectId: string;
  readonly status: 'OPEN' | 'OVER';
  readonly ringsAt: Date;
  readonly everyMillis: number;
  readonly left: number;
  readonly noteAt: Date | null;
  readonly refusesNotes: boolean;
  readonly beginsId: string | null;
}

export type RoundFact =
  | { readonly type: 'RoundRung'; readonly roundId: string; readonly at: Date; readonly left: number }
  | { readonly type: 'RoundNoted'; readonly roundId: string; readonly at: Date; readonly left: number }
  | { readonly type: 'RoundOver'; readonly roundId: string; readonly at: Date; readonly left: number }
  | { readonly type: 'RoundBegun'; readonly roundId: string; readonly at: Date; readonly left: number };

const changed = defineEvent({
  type: 'round-changed.v1',
  context: 'rounds',
  description: 'rung, noted, over or begun',
  data: z.object({ what: z.string(), roundId: z.uuid(), at: z.string(), left: z.number() }),
});

@Entity('round')
export class Round extends AggregateEntity implements RoundState {
  @Column('uuid')
  projectId: string;

  @Column('text')
  status: RoundState['status'];

  @Column('timestamptz')
  ringsAt: Date;

  @Column('int')
  everyMillis: number;

  @Column('int', { name: 'rings_left' })
  left: number;

  @Column('timestamptz', { nullable: true })
  noteAt: Date | null;

  @Column('boolean')
  refusesNotes: boolean;

  @Column('uuid', { nullable: true })
  beginsId: string | null;
}

export class Rounds1 implements MigrationInterface {
  readonly name = 'Rounds1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table round (id uuid primary key, project_id uuid not null, status text not null,
      rings_at timestamptz not null, every_millis int not null, rings_left int not null, note_at timestamptz,
      refuses_notes boolean not null, begins_id uuid, version int not null,
      created_at timestamptz not null, updated_at timestamptz not null)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table round');
  }
}

type RoundDecision = Decision<RoundState, RoundFact, Refusal<'ROUND_IS_AS_IT_IS', { left: number }>>;

const asItIs = ({ left }: RoundState): RoundDecision => refuse('ROUND_IS_AS_IT_IS', { left });

function ring(round: RoundState, at: Date): RoundDecision {
  const left = round.left - 1;
  const fact = { roundId: round.id, at, left };
  if (left === 0) {
    return accept<RoundState, RoundFact>(
      { ...round, left, status: 'OVER' },
      { type: 'RoundRung', ...fact },
      { type: 'RoundOver', ...fact },
    );
  }
  const ringsAt = new Date(+at + round.everyMillis);
  return accept<RoundState, RoundFact>({ ...round, left, ringsAt }, { type: 'RoundRung', ...fact });
}

/** Begins anew where it is over. */
function begin(round: RoundState, at: Date): RoundDecision {
  if (round.status === 'OPEN') return asItIs(round);
  return accept<RoundState, RoundFact>(
    { ...round, status: 'OPEN', left: 1, ringsAt: new Date(+at + round.everyMillis), beginsId: null },
    { type: 'RoundBegun', roundId: round.id, at, left: 1 },
  );
}

function note(round: RoundState, at: Date): RoundDecision {
  if (round.refusesNotes) return asItIs(round);
  const { id: roundId, left } = round;
  return accept<RoundState, RoundFact>({ ...round, noteAt: null }, { type: 'RoundNoted', roundId, at, left });
}

export type RoundAggregate = AggregateDefinition<RoundState, RoundFact, null, Round>;

/** @param more what a test wants otherwise */
export function roundAggregate(more: Partial<RoundAggregate> = {}): RoundAggregate {
  const aggregate: RoundAggregate = {
    type: 'Round',
    context: 'rounds',
    entity: Round,
    environment: () => Promise.resolve(null),
    events: ({ type, roundId, at, left }) => [
      outgoing(changed, { what: type, roundId, at: at.toISOString(), left }),
    ],
    reactsTo: ({ type }) => type === 'RoundOver',
    react: async (_fact, { beginsId }, { tx, commands, actor, at }) => {
      if (beginsId === null) return;
      await commands.change(aggregate, {
        ...{ tx, actor, at, id: beginsId, command: 'beginRound' },
        permission: 'complaints.complaint.file',
        decide: (round, now) => begin(round, now),
      });
    },
    deadlines: ({ status, ringsAt, noteAt }) => [
      ...(status === 'OPEN' ? [{ kind: 'RINGS', dueAt: ringsAt }] : []),
      ...(noteAt ? [{ kind: 'NOTE', dueAt: noteAt }] : []),
    ],
    onDeadline: (round, kind, dueAt) => (kind === 'RINGS' ? ring(round, dueAt) : note(round, dueAt)),
    ...more,
  };
  return aggregate;
}
