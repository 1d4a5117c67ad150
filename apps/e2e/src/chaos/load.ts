import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@anju/kernel';
import type { ChaosGround } from './ground';
import { Random } from './random';

const clientCount = 16;
/** A client waits so long for an answer before it asks again. */
const answerMillis = 10_000;
const retryMillis = 150;
/** Longer than all that a run breaks is broken. */
const patienceMillis = 120_000;
/** Of a fault, or of somebody else's being first: the same command can be sent again. */
const passing = new Set(['UNAVAILABLE', 'REQUEST_TIMEOUT', 'INTERNAL_SERVER_ERROR', 'CONFLICT']);

/** A command as its client saw it. */
export interface Command {
  readonly field: string;
  /** Of the client. */
  readonly staffId: string;
  readonly token: string;
  readonly entity: 'Interaction' | 'Complaint' | 'Sale';
  readonly input: Readonly<Record<string, unknown>> & { readonly idempotencyKey: string };
  /** How often it was sent. */
  attempts: number;
  /** Undefined while it has none. */
  answer?: Answered;
}

interface Answered {
  /** The entity's type, or the refusal's. */
  readonly __typename: string;
  readonly id?: string;
}

type Outcome = { readonly answer: Answered } | { readonly passes: boolean; readonly problem: string };

interface GraphAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Customers' business at the desk and in the sales office: some people at it at once, each with one command after the other. */
export class Load {
  readonly commands: Command[] = [];
  /** What no client should be told. */
  readonly problems: string[] = [];
  private going = true;
  private nextAt = 0;
  private clients: Promise<unknown> = Promise.resolve();
  private readonly contacts: string[] = [];
  /** Sales that may be given up. */
  readonly sales: string[] = [];
  /** A case at which many people work. */
  private readonly shared: string[] = [];

  constructor(
    private readonly ground: ChaosGround,
    private readonly seed: number,
    /** Commands that all clients together begin in a second, at most. */
    private readonly perSecond: number,
  ) {}

  start(): void {
    this.clients = Promise.all(
      Array.from({ length: clientCount }, (_, index) => this.client(new Random(this.seed * 1_000 + index))),
    );
  }

  /** Lets every client see its last command answered. */
  async stop(): Promise<void> {
    this.going = false;
    await this.clients;
  }

  get answered(): number {
    return this.commands.filter(({ answer }) => answer !== undefined).length;
  }

  /** Sends a command once more. @returns what is answered now */
  async again(command: Command): Promise<Answered | string> {
    const outcome = await this.tryOnce(command);
    return 'answer' in outcome ? outcome.answer : outcome.problem;
  }

  private async client(random: Random): Promise<void> {
    const staffId = newId();
    const projectIds = [this.ground.setting.projectId];
    const token = await this.ground.platform.issuer.issue({
      account: `desk-${staffId.slice(-6)}`,
      staffId,
      roles: [
        { role: 'FRONT_DESK', projectIds },
        { role: 'SERVICE_SUPERVISOR', projectIds },
        { role: 'PROPERTY_CONSULTANT', projectIds },
      ],
    });
    const desk = new Desk(this, random, staffId, token, this.ground);
    while (this.going) {
      const dice = random.next();
      if (dice < 0.06) await desk.buy();
      else if (dice < 0.1) await desk.giveUp();
      else if (dice < 0.45) await desk.complaintAtTheDesk();
      else if (dice < 0.7) await desk.question();
      else if (dice < 0.85) await desk.passOn(this.shared);
      else if (this.shared.length > 0) await desk.workAtOne(random.oneOf(this.shared));
      else await desk.passOn(this.shared);
      if (random.next() < 0.3 && this.contacts.length > 0) {
        await desk.followUp(this.contacts.splice(random.below(this.contacts.length), 1)[0]!);
      }
    }
  }

  /** Remembers a contact whose case somebody may go on with. */
  hasCase(interactionId: string): void {
    this.contacts.push(interactionId);
  }

  /** Sends a command until it is answered. @returns the entity's id; null where it was refused, or never answered */
  async send(command: Command): Promise<string | null> {
    await this.turn();
    this.commands.push(command);
    const end = Date.now() + patienceMillis;
    for (;;) {
      command.attempts += 1;
      const outcome = await this.tryOnce(command);
      if ('answer' in outcome) {
        command.answer = outcome.answer;
        return outcome.answer.__typename === command.entity ? outcome.answer.id! : null;
      }
      if (!outcome.passes || Date.now() > end) {
        this.problems.push(`${command.field}: ${outcome.problem}`);
        return null;
      }
      await sleep(retryMillis);
    }
  }

  /** Lets commands begin evenly; what was held up is not made up for by a rush. */
  private async turn(): Promise<void> {
    const now = performance.now();
    const mine = Math.max(this.nextAt, now);
    this.nextAt = mine + 1_000 / this.perSecond;
    await sleep(mine - now);
  }

  private async tryOnce(command: Command): Promise<Outcome> {
    const { field, entity, input } = command;
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${field}(input: $input) { __typename
      ... on ${entity} { id number status } ... on Refusal { code message } } }`;
    const { data, errors } = await this.ask(command.token, query, { input });
    const answer = data?.[field];
    if (answer) return { answer: answer as Answered };
    const [error] = errors ?? [];
    const code = error?.extensions?.code ?? 'UNAVAILABLE';
    return { passes: passing.has(code), problem: `${code} ${error?.message ?? 'no answer'}` };
  }

  async ask(token: string, query: string, variables: object): Promise<GraphAnswer> {
    try {
      const response = await fetch(this.ground.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(answerMillis),
      });
      return (await response.json()) as GraphAnswer;
    } catch {
      // Broken off, refused or too late: as if there had been no answer.
      return {};
    }
  }
}

/** One person at the desk. */
class Desk {
  constructor(
    private readonly load: Load,
    private readonly random: Random,
    private readonly staffId: string,
    private readonly token: string,
    private readonly ground: ChaosGround,
  ) {}

  async complaintAtTheDesk(): Promise<void> {
    const interactionId = await this.contact(true);
    if (interactionId === null) return;
    const complaint = { causeClass: 'CLASS_1' };
    if ((await this.do('confirmInteractionClass', { interactionId, complaint })) === null) return;
    await this.do('tellCustomer', { interactionId, kind: 'PROGRESS', channel: 'PHONE', text: '已受理' });
    this.load.hasCase(interactionId);
  }

  async question(): Promise<void> {
    const interactionId = await this.contact(false);
    if (interactionId === null) return;
    await this.do('confirmInteractionClass', { interactionId });
    await this.do('tellCustomer', { interactionId, kind: 'RESULT', channel: 'PHONE', text: '已答复' });
    await this.do('closeInteraction', { interactionId });
  }

  async passOn(shared: string[]): Promise<void> {
    const { projectId, buildingIds } = this.ground.setting;
    const id = await this.do('fileComplaint', {
      projectId,
      causeClass: 'CLASS_2',
      topic: 'NOISE',
      content: '夜间施工',
      channel: 'PATROL',
      buildingId: this.random.oneOf([...buildingIds.values()]),
    });
    if (id === null) return;
    // Few, so that many meet at each.
    const isShared = shared.length < 3;
    await this.acknowledge(id);
    if (isShared) shared.push(id);
    else await this.handle(id);
  }

  async workAtOne(id: string): Promise<void> {
    await this.do('recordComplaintProgress', { id, text: '跟进', toldBy: 'PHONE' });
  }

  /** Goes on with the case that a contact has led to by an event, if it is there by now. */
  async followUp(interactionId: string): Promise<void> {
    const { data } = await this.load.ask(
      this.token,
      'query($id: ID!) { interaction(id: $id) { complaint { id } } }',
      { id: interactionId },
    );
    const found = data?.['interaction'] as { complaint: { id: string } | null } | null | undefined;
    if (!found?.complaint) return;
    await this.acknowledge(found.complaint.id);
    await this.handle(found.complaint.id);
  }

  /** Subscribes some home, which may be somebody's. */
  async buy(): Promise<void> {
    const { projectId, customerIds } = this.ground.setting;
    const unitId = this.random.oneOf(this.ground.homes);
    const saleId = await this.do('subscribeUnit', {
      ...{ projectId, unitId, customerIds: [this.random.oneOf([...customerIds.values()])] },
    });
    if (saleId !== null) this.load.sales.push(saleId);
  }

  /** Gives a sale up, for others to have the home; not while the directory has not answered. */
  async giveUp(): Promise<void> {
    const { sales } = this.load;
    if (sales.length === 0) return;
    const [saleId] = sales.splice(this.random.below(sales.length), 1);
    const given = await this.do('withdrawSale', { saleId, reason: '另选房源' });
    if (given === null) sales.push(saleId!);
  }

  private async acknowledge(id: string): Promise<void> {
    await this.do('acknowledgeComplaint', {
      id,
      channel: 'PHONE',
      thanksGiven: true,
      responsibleDepartment: 'EQUIPMENT',
      handlerId: this.ground.teller.staffId('linfang'),
    });
  }

  private async handle(id: string): Promise<void> {
    await this.do('respondToComplaint', { id, channel: 'PHONE', text: '明早到场' });
    if (this.random.next() < 0.5) await this.do('resolveComplaint', { id, result: '已处理' });
  }

  private contact(wantsToComplain: boolean): Promise<string | null> {
    const { projectId, customerIds } = this.ground.setting;
    return this.do('recordInteraction', {
      projectId,
      channel: 'PHONE',
      customerId: this.random.oneOf([...customerIds.values()]),
      buildingId: this.ground.setting.buildingIds.get('6'),
      content: '电梯又停了',
      topic: 'LIFT',
      facts: { matter: wantsToComplain ? 'FAULT' : 'QUESTION', wantsToComplain },
    });
  }

  private do(field: string, input: object): Promise<string | null> {
    const { staffId, token } = this;
    return this.load.send({
      field,
      staffId,
      token,
      entity: entityOf(field),
      input: { ...input, idempotencyKey: newId() },
      attempts: 0,
    });
  }
}

function entityOf(field: string): Command['entity'] {
  if (/Sale|Unit/.test(field)) return 'Sale';
  return /Complaint/.test(field) ? 'Complaint' : 'Interaction';
}
