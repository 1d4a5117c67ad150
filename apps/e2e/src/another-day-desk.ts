import { shanghai, type AnotherDay } from './another-day';

/** A work order as the tests look at it. */
export interface Order {
  readonly id: string;
  readonly status: string;
  readonly overdueAt: string | null;
  readonly breachedAt: string | null;
  readonly missedAppointments: readonly { readonly toAt: string }[];
  readonly moves: readonly { readonly movedBy: string }[];
  readonly followUp: {
    readonly category: string;
    readonly enteredAt: string;
    readonly leftAt: string | null;
    readonly leftReason: string | null;
  } | null;
  readonly history: readonly { readonly command: string; readonly at: string }[];
}

/** An entry of the register as the tests look at it. */
export interface Entry {
  readonly id: string;
  readonly status: string;
  readonly promisedAt: string | null;
  readonly flaggedAt: string | null;
  readonly arrivedAt: string | null;
  readonly leftAt: string | null;
  readonly reminders: readonly { readonly remindedAt: string }[];
  readonly interaction: { readonly id: string };
  readonly history: readonly { readonly command: string; readonly at: string }[];
}

/** A contact as the tests look at it. */
export interface Contact {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly label: string | null;
  readonly uninformedAt: string | null;
  readonly lastToldAt: string | null;
  readonly owner: { readonly name: string };
  readonly handoverOffer: { readonly toId: string } | null;
  readonly items: readonly {
    readonly kind: string;
    readonly done: boolean;
    readonly lastToldAt: string | null;
    readonly uninformed: boolean;
  }[];
  readonly missingForClosing: readonly { readonly what: string; readonly kind: string | null }[];
  readonly history: readonly { readonly command: string; readonly at: string }[];
}

export const orderSelection = `id status overdueAt breachedAt missedAppointments { toAt } moves { movedBy }
  followUp { category enteredAt leftAt leftReason } history { command at }`;
export const entrySelection = `id status promisedAt flaggedAt arrivedAt leftAt reminders { remindedAt }
  interaction { id } history { command at }`;
export const contactSelection = `id number status label uninformedAt lastToldAt owner { name }
  handoverOffer { toId } items { kind done lastToldAt uninformed } missingForClosing { what kind }
  history { command at }`;

/** An agreed window. @param fromAt as `toAt` `YYYY-MM-DD HH:mm` of Shanghai */
export function agreed(fromAt: string, toAt: string): { readonly fromAt: string; readonly toAt: string } {
  return { fromAt: shanghai(fromAt), toAt: shanghai(toAt) };
}

/** The desk's day, as 周敏 and her colleagues at 锦绣花园 do it. */
export class FrontDesk {
  constructor(private readonly day: AnotherDay) {}

  /** Carries out a command that has to succeed. */
  contactDo(account: string, field: string, input: object): Promise<Contact> {
    return this.day.do<Contact>(account, field, 'Interaction', input, contactSelection);
  }

  orderDo(account: string, field: string, input: object): Promise<Order> {
    return this.day.do<Order>(account, field, 'WorkOrder', input, orderSelection);
  }

  entryDo(field: string, input: object): Promise<Entry> {
    return this.day.do<Entry>('zhoumin', field, 'FollowUp', input, entrySelection);
  }

  async contact(id: string): Promise<Contact> {
    return this.read('interaction', id, contactSelection);
  }

  async order(id: string): Promise<Order> {
    return this.read('workOrder', id, orderSelection);
  }

  async entry(id: string): Promise<Entry> {
    return this.read('followUp', id, entrySelection);
  }

  private async read<Thing>(field: string, id: string, selection: string): Promise<Thing> {
    const query = `query($id: ID!) { ${field}(id: $id) { ${selection} } }`;
    return (await this.day.ask<Record<string, Thing>>('linfang', query, { id }))[field]!;
  }

  /** 王秀兰 calls. @param facts what the desk hears; a fault unless told */
  async called(facts: object = { matter: 'FAULT' }, more: object = {}): Promise<string> {
    const { id } = await this.day.do('zhoumin', 'recordInteraction', 'Interaction', {
      projectId: this.day.projectId,
      channel: 'PHONE',
      customerId: this.day.customer('wangxiulan'),
      unitId: this.day.unit('3-2-1201'),
      content: '请尽快处理',
      topic: 'HOME',
      facts,
      ...more,
    });
    return id;
  }

  /** 王秀兰 calls, and the desk takes the class that is proposed. */
  async confirmed(facts?: object): Promise<string> {
    const interactionId = await this.called(facts);
    await this.day.do('zhoumin', 'confirmInteractionClass', 'Interaction', { interactionId });
    return interactionId;
  }

  /** A repair that 李强 has accepted for a window. */
  async repair(appointment: object): Promise<string> {
    const interactionId = await this.confirmed();
    const { id } = await this.day.do('zhoumin', 'issueWorkOrder', 'WorkOrder', {
      interactionId,
      fault: '水管漏水',
      place: '厨房',
      appointment,
    });
    await this.day.do('liqiang', 'acceptWorkOrder', 'WorkOrder', { workOrderId: id });
    return id;
  }

  /** 李强 comes and mends it. */
  async mend(workOrderId: string): Promise<Order> {
    const { status } = await this.order(workOrderId);
    if (status === 'ACCEPTED') await this.orderDo('liqiang', 'arriveOnSite', { workOrderId });
    return this.orderDo('liqiang', 'finishWorkOrder', { workOrderId, result: '已修好' });
  }

  /** A broadband fault in the telecom's hands. @param promisedAt the telecom's six hours unless told */
  async vendorItem(promisedAt?: string): Promise<Entry> {
    const interactionId = await this.confirmed({ matter: 'FAULT', partnersEquipment: true });
    return this.entryDo('openVendorFollowUp', {
      interactionId,
      partnerId: this.day.partner('BROADBAND'),
      matter: '宽带不通',
      promisedAt,
    });
  }

  /** How many overdue work orders are in the register at an instant, ISO 8601. */
  async overdueAt(instant: string): Promise<number> {
    const { followUps } = await this.day.ask<{ followUps: { totalCount: number } }>(
      'liqiang',
      'query($filter: FollowUpFilter) { followUps(filter: $filter) { totalCount } }',
      { filter: { inRegisterAt: instant, category: ['ENGINEERING'] } },
    );
    return followUps.totalCount;
  }
}
