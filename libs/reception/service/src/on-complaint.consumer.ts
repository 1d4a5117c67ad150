import type { EntityManager } from 'typeorm';
import { systemActor, type CommandRunner } from '@anju/commands';
import { complaintsEvents } from '@anju/events';
import { accept } from '@anju/kernel';
import { on, type ConsumerDefinition } from '@anju/outbox';
import { noteComplaintReply, type TellingChannel } from '@anju/reception-rules';
import type { InteractionAggregate } from './interaction.service';

/** The case is open for these contacts; a contact that joins later stands as the case does. */
async function openFor(
  tx: EntityManager,
  complaintId: string,
  interactionIds: readonly string[],
): Promise<void> {
  await tx.query(
    `insert into interaction_complaint (interaction_id, complaint_id, status, done_at)
     select i, $1, coalesce(c.status, 'OPEN'), c.done_at from unnest($2::uuid[]) as i
     left join (select status, done_at from interaction_complaint where complaint_id = $1 limit 1) c on true
     on conflict do nothing`,
    [complaintId, interactionIds],
  );
}

/** A case that is closed was resolved before; the moment of that counts for the reply (REC-04). */
async function done(
  tx: EntityManager,
  complaintId: string,
  interactionIds: readonly string[],
  at: string,
): Promise<void> {
  await openFor(tx, complaintId, interactionIds);
  await tx.query(
    `update interaction_complaint set status = 'DONE', done_at = coalesce(done_at, $2) where complaint_id = $1`,
    [complaintId, at],
  );
}

/** A case that ended in another one asks for nothing any more; its contacts wait for the other. */
async function joined(tx: EntityManager, complaintId: string, intoComplaintId: string): Promise<void> {
  const rows: { id: string }[] = await tx.query(
    'select interaction_id as id from interaction_complaint where complaint_id = $1',
    [complaintId],
  );
  await openFor(
    tx,
    intoComplaintId,
    rows.map(({ id }) => id),
  );
  await tx.query('delete from interaction_complaint where complaint_id = $1', [complaintId]);
}

/** What customers are answered in the case needs approval from now on (CMP-08); never taken back. */
async function holdAnswers(
  tx: EntityManager,
  {
    complaintId,
    answersNeedApproval,
  }: { readonly complaintId: string; readonly answersNeedApproval: boolean },
): Promise<void> {
  if (!answersNeedApproval) return;
  await tx.query('insert into approved_answers (complaint_id) values ($1) on conflict do nothing', [
    complaintId,
  ]);
}

/** @param at when an approved answer went out; null: the customer complained again, and is to be answered anew */
async function answered(tx: EntityManager, complaintId: string, at: string | null): Promise<void> {
  await tx.query('update approved_answers set answered_at = $2 where complaint_id = $1', [complaintId, at]);
}

interface Reply {
  readonly complaintId: string;
  readonly interactionIds: readonly string[];
  readonly channel: TellingChannel;
  readonly by: string;
  readonly at: string;
}

/** What the customer hears in his case is word of progress on his contact, too (REC-05). */
async function noteReply(
  commands: CommandRunner,
  interactions: InteractionAggregate,
  { complaintId, interactionIds, channel, by, at }: Reply,
  tx: EntityManager,
): Promise<void> {
  const known: { id: string }[] = await tx.query(
    'select id from interaction where id = any($1) order by id',
    [interactionIds],
  );
  const toldAt = new Date(at);
  for (const { id } of known) {
    // A refusal is no fault here: the contact was closed before.
    await commands.change(interactions, {
      tx,
      at: toldAt,
      actor: systemActor('complaints'),
      permission: 'reception.interaction.record',
      command: 'noteComplaintReply',
      id,
      decide: (state) => {
        const noted = state.tellings.some(
          (telling) => telling.complaintId === complaintId && telling.toldAt.getTime() === toldAt.getTime(),
        );
        return noted ? accept(state) : noteComplaintReply(state, { complaintId, channel, by }, toldAt);
      },
    });
  }
}

/** Keeps with the contacts what the complaints service says of the cases that they led to (REC-04, REC-17). */
export function onComplaint(commands: CommandRunner, interactions: InteractionAggregate): ConsumerDefinition {
  const events = complaintsEvents;
  return {
    name: 'reception.complaint-cases',
    handlers: [
      on(events.complaintReceived, async ({ data }, tx) => {
        await openFor(tx, data.complaintId, data.interactionIds);
        await holdAnswers(tx, data);
      }),
      on(events.complaintPassedOn, ({ data }, tx) => holdAnswers(tx, data)),
      on(events.complaintCustomerJoined, ({ data }, tx) =>
        openFor(tx, data.complaintId, data.interactionId === null ? [] : [data.interactionId]),
      ),
      on(events.complaintResponded, ({ data }, tx) => noteReply(commands, interactions, data, tx)),
      on(events.complaintReplySent, async ({ data }, tx) => {
        await answered(tx, data.complaintId, data.at);
        await noteReply(commands, interactions, data, tx);
      }),
      on(events.complaintProgressRecorded, async ({ data }, tx) => {
        const { toldBy: channel } = data;
        if (channel !== null) await noteReply(commands, interactions, { ...data, channel }, tx);
      }),
      on(events.complaintResolved, ({ data }, tx) =>
        done(tx, data.complaintId, data.interactionIds, data.at),
      ),
      on(events.complaintClosed, ({ data }, tx) => done(tx, data.complaintId, data.interactionIds, data.at)),
      on(events.complaintUrged, ({ data }, tx) =>
        openFor(tx, data.complaintId, data.interactionId === null ? [] : [data.interactionId]),
      ),
      on(events.complaintTookIn, async ({ data }, tx) => {
        await openFor(tx, data.complaintId, data.interactionIds);
        await holdAnswers(tx, data);
      }),
      on(events.complaintJoinedInto, ({ data }, tx) => joined(tx, data.complaintId, data.intoComplaintId)),
      on(events.complaintReopened, async ({ data }, tx) => {
        await tx.query(
          `update interaction_complaint set status = 'OPEN', done_at = null where complaint_id = $1`,
          [data.complaintId],
        );
        await holdAnswers(tx, data);
        await answered(tx, data.complaintId, null);
      }),
    ],
    reset: async (tx) => {
      await tx.query('delete from interaction_complaint');
      await tx.query('delete from approved_answers');
    },
  };
}
