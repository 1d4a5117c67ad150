import type { Role } from '@anju/access';
import { newId } from '@anju/kernel';
import { until } from '@anju/testing';
import { outcomeOf, signIn, type Answer, type Visitor } from './graph-client';
import type { Platform } from './platform';

/** A sale on its way to a home. */
export interface Subscribed {
  readonly saleId: string;
  readonly customerId: string;
}

/** The sales office of 锦绣花园, for journeys that need several people at it. */
export class SalesDesk {
  private people = 0;

  private constructor(
    readonly platform: Platform,
    /** Sells, signs, checks and files: holds every role of sales. */
    readonly manager: Visitor,
    /** The same again: nobody checks his own. */
    readonly colleague: Visitor,
    /** And once more. */
    readonly reviewer: Visitor,
  ) {}

  static async open(platform: Platform): Promise<SalesDesk> {
    const roles: readonly Role[] = ['SALES_MANAGER', 'SIGNING_SPECIALIST', 'PROPERTY_CONSULTANT'];
    const { teller } = platform;
    const as = (account: string): Promise<Visitor> =>
      signIn(platform, roles, { staffId: teller.staffId(account) });
    return new SalesDesk(platform, await as('fangyuan'), await as('xuqing'), await as('fengxue'));
  }

  get projectId(): string {
    return this.platform.setting.projectId;
  }

  unit(home: string): string {
    return this.platform.setting.unitIds.get(home)!;
  }

  /** Somebody who sells, and whom the directory knows. */
  async consultant(): Promise<Visitor> {
    const { teller, running } = this.platform;
    const { id: staffId } = await teller.command('admin', 'registerStaff', 'Staff', {
      organisationId: await this.organisationId(),
      ...{ name: '小何', departmentCode: 'SALES', position: 'PROPERTY_CONSULTANT', level: 'OPERATIONAL' },
      ...{ projectIds: [this.projectId], employedFrom: '2020-01-01', idempotencyKey: newId() },
    });
    await running.settled();
    return signIn(this.platform, ['PROPERTY_CONSULTANT'], { staffId });
  }

  private async organisationId(): Promise<string> {
    const { data } = await this.manager.ask('{ projects { nodes { organisation { id } } } }');
    return (data!['projects'] as { nodes: { organisation: { id: string } }[] }).nodes[0]!.organisation.id;
  }

  /** @throws Error if it was refused */
  async done(
    who: Visitor,
    field: string,
    type: string,
    input: object,
    selection = '',
  ): Promise<{ id: string }> {
    const answer = await who.command(
      field,
      input,
      `... on Refusal { code message } ... on ${type} { id ${selection} }`,
    );
    if (outcomeOf(answer, field) !== 'DONE') throw new Error(`${field}: ${answer.text}`);
    return answer.data![field] as { id: string };
  }

  async customer(): Promise<string> {
    return (await this.customers(1))[0]!;
  }

  /** New people, whom every service knows by then. */
  async customers(count: number): Promise<string[]> {
    const ids = await Promise.all(
      Array.from({ length: count }, async () => {
        this.people += 1;
        const { id } = await this.done(this.manager, 'registerCustomer', 'Customer', {
          ...{ projectId: this.projectId, kind: 'PERSON' },
          name: `买家${String.fromCodePoint(0x4e00 + this.people)}`,
          phones: [{ number: `${13_600_000_000 + this.people}` }],
        });
        return id;
      }),
    );
    await this.platform.running.settled();
    return ids;
  }

  async lead(consultant: Visitor, customerId: string): Promise<string> {
    const { id } = await this.done(consultant, 'recordLead', 'Lead', {
      ...{ projectId: this.projectId, kind: 'VISIT', customerId, source: 'REFERRAL', contactConsent: true },
      need: { bedrooms: 3 },
    });
    return id;
  }

  subscribe(who: Visitor, home: string, customerId: string, leadId?: string): Promise<Answer> {
    const input = { projectId: this.projectId, unitId: this.unit(home), customerIds: [customerId], leadId };
    return who.command('subscribeUnit', input, '... on Sale { id status } ... on Refusal { code message }');
  }

  async whenSaleIs(id: string, ...statuses: readonly string[]): Promise<string> {
    let status = '';
    await until(`the sale is ${statuses.join(' or ')}`, async () => {
      const { data } = await this.manager.ask('query($id: ID!) { sale(id: $id) { status } }', { id });
      status = (data!['sale'] as { status: string }).status;
      return statuses.includes(status);
    });
    return status;
  }

  /** A home that a new customer holds. */
  async held(home: string): Promise<Subscribed> {
    const customerId = await this.customer();
    const { id: saleId } = await this.done(this.manager, 'subscribeUnit', 'Sale', {
      ...{ projectId: this.projectId, unitId: this.unit(home), customerIds: [customerId] },
    });
    await this.whenSaleIs(saleId, 'UNIT_HELD');
    return { saleId, customerId };
  }

  /** What a contract of that sale says. @param discount off the price, in per cent */
  contractOf({ saleId, customerId }: Subscribed, discount = '1.00') {
    return {
      ...{ projectId: this.projectId, saleId, buyers: [{ customerId, share: '100.00' }] },
      discounts: [{ code: 'ON_TIME', kind: 'PERCENT', value: discount }],
    };
  }
}

/** @returns what came of each, sorted */
export function outcomes(answers: readonly Answer[], field: string): string[] {
  return answers.map((answer) => outcomeOf(answer, field)).sort();
}
