import type { DataSource, EntityManager } from 'typeorm';
import type { Cipher } from '@anju/access';
import { isCommandRefusal, systemActor, type CommandRunner } from '@anju/commands';
import {
  composeMessage,
  finishMessage,
  handOverAttempt,
  onDeliveryDeadline,
  planDelivery,
  recordAttemptOutcome,
  skipDelivery,
  skipReasonFor,
  type CommunicationsEnvironment,
  type CommunicationsPolicy,
  type DeliveryCounts,
  type DeliveryFact,
  type DeliveryState,
} from '@anju/communications-rules';
import { accept, isRefused, localDate, type Clock, type Decision, type Refusal } from '@anju/kernel';
import type { Logger } from '@anju/outbox';
import type { References } from '@anju/references';
import type { Worker } from '@anju/subgraph';
import { recipientsOfMessage } from './audience';
import type { Carriers } from './carrier';
import { Delivery, type DeliveryAggregate } from './delivery.entity';
import { communicationsPolicies } from './environment';
import { Message, type MessageAggregate } from './message.entity';
import { recipientsNow, type KnownRecipient } from './recipients';

/** Recipients whose copies are planned in one transaction. */
const planBatch = 200;
const sendBatch = 40;
/** Copies that are on their way at the same time. */
const atOnce = 4;
/** After being woken: the transaction that brings something to do has not ended yet. */
const looksMillis = [10, 50, 250] as const;
/** What happens here wakes it; this covers what other processes left behind. */
const pollMillis = 5_000;

const actor = systemActor('dispatcher');
const permission = 'communications.message.draft';

export interface DispatcherParts {
  readonly dataSource: DataSource;
  readonly commands: CommandRunner;
  readonly clock: Clock;
  readonly cipher: Cipher;
  readonly references: References;
  readonly messages: MessageAggregate;
  readonly deliveries: DeliveryAggregate;
  readonly carriers: Carriers;
  readonly logger: Logger;
}

/**
 * Sends what was approved (COM-05): a copy for each recipient is planned; then the carrier is asked, outside of any
 * transaction, with what was noted before and what came of it noted after; and a message of which every copy has an
 * outcome is finished. Several instances share the work: who notes first that he hands a copy over does.
 */
export class Dispatcher implements Worker {
  private running: Promise<void> | null = null;
  private looks: number[] = [];
  private closed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: DispatcherParts) {}

  start(): void {
    this.run();
  }

  /** Called inside the transaction that brings something to do. */
  wake(): void {
    this.looks = [...looksMillis];
    if (!this.running) this.rest();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.running;
    await Promise.all([...new Set(Object.values(this.parts.carriers))].map((carrier) => carrier.close()));
  }

  private run(): void {
    this.running = this.workOff()
      .catch((error: unknown) => this.parts.logger.error({ error: nameOf(error) }, 'messages cannot be sent'))
      .finally(() => {
        this.running = null;
        this.rest();
      });
  }

  private rest(): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.timer = setTimeout(() => this.run(), this.looks.shift() ?? pollMillis).unref();
  }

  private async workOff(): Promise<void> {
    let busy = true;
    while (busy && !this.closed) {
      const planned = await this.plan();
      const sent = await this.sendSome();
      const finished = await this.finish();
      busy = planned || sent || finished;
    }
  }

  /** Plans copies of a message that is being sent. @returns whether there was one to plan for */
  private plan(): Promise<boolean> {
    return this.parts.dataSource.transaction(async (tx) => {
      const message = await tx
        .createQueryBuilder(Message, 'm')
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .where(`m.status = 'SENDING' and not m.planned`)
        .orderBy('m.sendingSinceAt')
        .addOrderBy('m.id')
        .limit(1)
        .getOne();
      if (!message) return false;
      const left: { customerId: string }[] = await tx.query(
        `select r.customer_id as "customerId" from message m join message_recipient r on ${recipientsOfMessage}
         where m.id = $1 and not exists (
           select from delivery d where d.message_id = m.id and d.customer_id = r.customer_id)
         order by r.customer_id limit ${planBatch}`,
        [message.id],
      );
      const customerIds = left.map(({ customerId }) => customerId);
      if (customerIds.length === 0) {
        await tx.query('update message set planned = true where id = $1', [message.id]);
      } else {
        await this.planFor(message, customerIds, tx);
      }
      return true;
    });
  }

  private async planFor(message: Message, customerIds: readonly string[], tx: EntityManager): Promise<void> {
    const { id: messageId, projectId, channel, purpose } = message;
    const policy = await communicationsPolicies.of(projectId, tx);
    const recipients = await this.recipients(message, customerIds, tx);
    await this.parts.commands.createMany(this.parts.deliveries, {
      ...{ actor, command: 'planDelivery', permission, projectId, tx },
      decide: customerIds.map((customerId, index) => (id, at, environment) => {
        const recipient = recipients[index]!.by(channel);
        const skip = skipReasonFor(message, recipient, policy.companyName, policy);
        const planned = planDelivery(
          { id, projectId, messageId, customerId, channel, purpose, skip },
          at,
          environment,
        );
        if (isRefused(planned) || +(planned.state.nextAttemptAt ?? NaN) !== +at) return planned;
        const started = onDeliveryDeadline(planned.state, 'ATTEMPT', at, environment);
        if (isRefused(started)) return started;
        return accept<DeliveryState, DeliveryFact>(started.state, ...planned.facts, ...started.facts);
      }),
    });
  }

  /** @returns whether something changed by it */
  private async sendSome(): Promise<boolean> {
    const waiting = await this.parts.dataSource
      .createQueryBuilder(Delivery, 'd')
      .where('d.toBeSent')
      .orderBy('d.createdAt')
      .addOrderBy('d.id')
      .limit(sendBatch)
      .getMany();
    let changed = 0;
    for (const messageId of new Set(waiting.map((copy) => copy.messageId))) {
      const copies = waiting.filter((copy) => copy.messageId === messageId);
      changed += await this.sendOf(messageId, copies);
    }
    return changed > 0;
  }

  private async sendOf(messageId: string, copies: readonly Delivery[]): Promise<number> {
    const message = await this.parts.dataSource.manager.findOneByOrFail(Message, { id: messageId });
    const policy = await communicationsPolicies.of(message.projectId, this.parts.dataSource.manager);
    const customerIds = copies.map(({ customerId }) => customerId);
    const recipients = await this.parts.dataSource.transaction((tx) =>
      this.recipients(message, customerIds, tx),
    );
    const queue = copies.map((copy, index) => ({ copy, recipient: recipients[index]! }));
    let changed = 0;
    const takeTurns = async (): Promise<void> => {
      for (let next = queue.shift(); next && !this.closed; next = queue.shift()) {
        if (await this.sendOne(message, policy, next.copy, next.recipient)) changed += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, takeTurns));
    return changed;
  }

  /** @returns whether it went on; what failed is looked at again later */
  private async sendOne(
    message: Message,
    policy: CommunicationsPolicy,
    copy: Delivery,
    recipient: KnownRecipient,
  ): Promise<boolean> {
    try {
      return await this.handOver(message, policy, copy, recipient);
    } catch (error) {
      // Left as it is: handed over or not, its timeout tells them apart.
      this.parts.logger.error({ deliveryId: copy.id, error: nameOf(error) }, 'a copy could not be sent');
      return false;
    }
  }

  private async handOver(
    message: Message,
    policy: CommunicationsPolicy,
    copy: Delivery,
    recipient: KnownRecipient,
  ): Promise<boolean> {
    const { channel } = message;
    const now = recipient.by(channel);
    const reason = skipReasonFor(message, now, policy.companyName, policy);
    const composed = composeMessage(message, now.values, policy.companyName);
    const address = recipient.addressBy(channel);
    if (reason !== null || 'outcome' in composed || address === null) {
      return this.change(copy, 'skipDelivery', (state, at) =>
        skipDelivery(state, { reason: reason ?? 'VALUE_MISSING' }, at),
      );
    }
    const { attempt } = copy.attempts.at(-1)!;
    const isMine = await this.change(copy, 'handOverAttempt', (state, at) =>
      handOverAttempt(state, { attempt }, at),
    );
    if (!isMine) return false;
    const { outcome, code } = await this.parts.carriers[channel].send({
      ...{ deliveryId: copy.id, attempt, channel, address },
      ...composed,
    });
    await this.change(copy, 'recordAttemptOutcome', (state, at, environment) =>
      recordAttemptOutcome(state, { attempt, outcome, code }, at, environment),
    );
    return true;
  }

  /** @returns whether it was accepted; refused is what another instance, or the time, has done meanwhile */
  private async change(
    { id }: Delivery,
    command: string,
    decide: (
      state: DeliveryState,
      at: Date,
      environment: CommunicationsEnvironment,
    ) => Decision<DeliveryState, DeliveryFact, Refusal>,
  ): Promise<boolean> {
    const answer = await this.parts.commands.change(this.parts.deliveries, {
      actor,
      command,
      permission,
      id,
      decide,
    });
    return !isCommandRefusal(answer);
  }

  /** Ends messages of which every copy has an outcome. */
  private async finish(): Promise<boolean> {
    const done: { id: string }[] = await this.parts.dataSource.query(
      `select m.id from message m where m.status = 'SENDING' and m.planned
         and not exists (select from delivery d where d.message_id = m.id and d.finished_at is null)
       order by m.sending_since_at, m.id limit 20`,
    );
    let finished = 0;
    for (const { id } of done) {
      const answer = await this.parts.commands.change(this.parts.messages, {
        ...{ actor, command: 'finishMessage', permission, id },
        prepare: (tx) => countsOf(tx, id),
        decide: (state, at, _environment, counts) => finishMessage(state, counts, at),
      });
      if (!isCommandRefusal(answer)) finished += 1;
    }
    return finished > 0;
  }

  private async recipients(
    { projectId }: Message,
    customerIds: readonly string[],
    tx: EntityManager,
  ): Promise<readonly KnownRecipient[]> {
    const { timeZone } = await this.parts.references.project(projectId, tx);
    const today = localDate(this.parts.clock.now(), timeZone);
    return recipientsNow(tx, this.parts.cipher, { projectId, customerIds, today });
  }
}

async function countsOf(tx: EntityManager, messageId: string): Promise<DeliveryCounts> {
  const [counts]: DeliveryCounts[] = await tx.query(
    `select count(*) filter (where status = 'DELIVERED')::int as delivered,
            count(*) filter (where status = 'FAILED')::int as failed,
            count(*) filter (where status = 'SKIPPED')::int as skipped
     from delivery where message_id = $1`,
    [messageId],
  );
  return counts!;
}

/** Without the message: errors quote the values that they failed on. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
