import type { EntityManager } from 'typeorm';
import { requireIn, type Actor, type AggregateDefinition } from '@anju/commands';
import { receptionEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import {
  acceptShiftHandover,
  countDrawer,
  disputeShiftHandover,
  drawerOf,
  handOverShift,
  openShift,
  type Drawer,
  type ShiftFact,
  type ShiftState,
} from '@anju/reception-rules';
import type { References } from '@anju/references';
import { changeRequest, type Platform } from '@anju/subgraph';
import { amountOf } from './desk-amount';
import { checkInteractions } from './desk-checks';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import { Receipt } from './receipt.entity';
import { Shift } from './shift.entity';
import type * as Inputs from './shift.schema';

export type ShiftAggregate = AggregateDefinition<ShiftState, ShiftFact, ReceptionEnvironment, Shift>;

export function shiftAggregate(references: References): ShiftAggregate {
  return {
    type: 'Shift',
    context: 'reception',
    entity: Shift,
    environment: receptionEnvironment(references),
    events: eventsOfFacts<ShiftFact>()({
      // What counts of a shift is how it was handed over.
      ShiftOpened: null,
      ShiftCounted: null,
      ShiftHandedOver: receptionEvents.shiftHandedOver,
      ShiftHandoverAccepted: receptionEvents.shiftHandoverAccepted,
      ShiftHandoverDisputed: receptionEvents.shiftHandoverDisputed,
    }),
  };
}

function lockWhereOpen(
  tx: EntityManager,
  projectId: string,
  which: { readonly id: string } | { readonly staffId: string },
): Promise<Shift | null> {
  return tx
    .createQueryBuilder(Shift, 's')
    .setLock('pessimistic_write')
    .where({ projectId, status: 'OPEN', ...which })
    .getOne();
}

/**
 * Somebody's open shift in a project, held until the transaction ends: no money goes into or out of a
 * drawer while it is counted or handed over.
 */
export function lockOwnShift(tx: EntityManager, projectId: string, staffId: string): Promise<Shift | null> {
  return lockWhereOpen(tx, projectId, { staffId });
}

/** A shift of a project where it is open, held as by `lockOwnShift`. */
export function lockOpenShift(tx: EntityManager, projectId: string, id: string): Promise<Shift | null> {
  return lockWhereOpen(tx, projectId, { id });
}

/**
 * What the system says is in the drawers of shifts, by shift: cash and receipts from the receipts, goods as
 * the last accepted handover before the shift counted them.
 */
export async function expectedDrawers(
  manager: EntityManager,
  shiftIds: readonly string[],
): Promise<ReadonlyMap<string, Drawer>> {
  const receipts = await manager
    .createQueryBuilder(Receipt, 'r')
    .where('r.shiftId = any(:shiftIds) or r.cancelShiftId = any(:shiftIds)', { shiftIds })
    .getMany();
  const takenOver: { id: string; goods: Drawer['goods'] | null }[] = await manager.query(
    `select s.id, before.goods from shift s left join lateral (
       select b.count->'counted'->'goods' as goods from shift b
       where b.project_id = s.project_id and b.status = 'ACCEPTED' and (b.opened_at, b.id) < (s.opened_at, s.id)
       order by b.opened_at desc, b.id desc limit 1
     ) before on true where s.id = any($1)`,
    [shiftIds],
  );
  return new Map(takenOver.map(({ id, goods }) => [id, { ...drawerOf(receipts, id), goods: goods ?? [] }]));
}

async function expectedDrawer(tx: EntityManager, { id }: ShiftState): Promise<Drawer> {
  return (await expectedDrawers(tx, [id])).get(id)!;
}

const handle = 'reception.shift.handle';

/** Shifts at the desk and their handovers (交接记录, REC-23). */
export class ShiftService {
  constructor(
    private readonly platform: Pick<Platform, 'commands'>,
    private readonly references: References,
    private readonly aggregate: ShiftAggregate,
  ) {}

  open(input: Inputs.OpenShiftInput, actor: Actor) {
    const { projectId } = input;
    requireIn(actor, handle, projectId);
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'openShift',
      permission: handle,
      projectId,
      reason: input.reason,
      idempotencyKey: input.idempotencyKey,
      input,
      check: () => this.references.check([{ kind: 'project', id: projectId, field: 'input.projectId' }]),
      prepare: async (tx) => {
        await tx.query(`select pg_advisory_xact_lock(hashtextextended('reception.shifts:' || $1, 0))`, [
          projectId,
        ]);
        const own = await lockOwnShift(tx, projectId, actor.id);
        const last = await tx
          .createQueryBuilder(Shift, 's')
          .where({ projectId })
          .orderBy('s.openedAt', 'DESC')
          .addOrderBy('s.id', 'DESC')
          .limit(1)
          .getOne();
        return { own, last };
      },
      decide: (id, at, _environment, { own, last }) => {
        const before = own ?? last;
        const previous = before && { shiftId: before.id, status: before.status };
        // No reason opens a second shift beside one's own.
        const reason = own ? null : (input.reason ?? null);
        return openShift({ id, projectId, staffId: actor.id, previous, reason }, at);
      },
    });
  }

  count(input: Inputs.CountShiftInput, actor: Actor) {
    const cash = amountOf(input.cash, 'input.cash');
    const goods = (input.goods ?? []).map(({ code, quantity }) => ({ code, quantity }));
    const counted = { cash, receipts: input.receipts, goods };
    return this.platform.commands.change(this.aggregate, {
      ...this.request('countShift', input, actor),
      prepare: expectedDrawer,
      decide: (shift, at, _environment, expected) =>
        countDrawer(shift, { counted, by: actor.id }, expected, at),
    });
  }

  handOver(input: Inputs.HandOverShiftInput, actor: Actor) {
    const { explanation = null, specialNotes } = input;
    const openMatters = (input.openMatters ?? []).map(({ interactionId = null, note = null }) => ({
      interactionId,
      note,
    }));
    const contacts = openMatters.flatMap(({ interactionId: id }, index) =>
      id === null ? [] : [{ id, field: `input.openMatters.${index}.interactionId` }],
    );
    return this.platform.commands.change(this.aggregate, {
      ...this.request('handOverShift', input, actor),
      prepare: async (tx, shift) => {
        await checkInteractions(tx, shift.projectId, contacts);
        return expectedDrawer(tx, shift);
      },
      decide: (shift, at, _environment, expected) =>
        handOverShift(
          shift,
          { by: actor.id, explanation, specialNotes: specialNotes ?? [], openMatters },
          expected,
          at,
        ),
    });
  }

  acceptHandover(input: Inputs.AcceptShiftHandoverInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...this.request('acceptShiftHandover', input, actor),
      decide: (shift, at) => acceptShiftHandover(shift, { by: actor.id }, at),
    });
  }

  disputeHandover(input: Inputs.DisputeShiftHandoverInput, actor: Actor) {
    const { reason } = input;
    return this.platform.commands.change(this.aggregate, {
      ...this.request('disputeShiftHandover', input, actor),
      reason,
      decide: (shift, at) => disputeShiftHandover(shift, { by: actor.id, reason }, at),
    });
  }

  private request(command: string, input: Inputs.ShiftChangeInput, actor: Actor) {
    return changeRequest(actor, command, handle, input.shiftId, input);
  }
}
