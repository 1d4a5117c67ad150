import type { Principal } from '@anju/access';
import { directoryEvents } from '@anju/events';
import { ManualClock, newId } from '@anju/kernel';
import type { Logger } from '@anju/outbox';
import { salesCertificates, salesPreparations, type SaleUnitStep, type UnitStatus } from '@anju/sales-rules';
import {
  ServiceDesk,
  commandSource,
  staff,
  startDesk,
  wall,
  type Published,
  type Row,
} from '@anju/testing-service';
import { sales } from '../src';

/** What stands in an answer besides the entity. */
export interface Answer extends Row {
  readonly __typename: string;
  readonly code?: string;
}

/** A unit as the directory has it. */
interface Home {
  readonly projectId: string;
  readonly home: string;
  status: UnitStatus;
  heldBy: string | null;
}

/** The sales service on a clock moved by hand, with a directory that answers what sales ask of its units. */
export class SalesOffice extends ServiceDesk {
  readonly building = newId();
  /** 何静, 许晴, 冯雪 as a second signing specialist, 邓超, 方圆, and finance. */
  readonly he = staff('PROPERTY_CONSULTANT', this.ours);
  readonly xu = staff('SIGNING_SPECIALIST', this.ours);
  readonly feng = staff('SIGNING_SPECIALIST', this.ours);
  readonly deng = staff('MORTGAGE_SPECIALIST', this.ours);
  readonly fang = staff('SALES_MANAGER', this.ours);
  readonly finance = staff('FINANCE', this.ours);
  readonly guard = staff('LOBBY_GUARD', this.ours);
  readonly stranger = staff('SALES_MANAGER', this.theirs);
  /** A signing specialist of both projects. */
  readonly both = staff('SIGNING_SPECIALIST', this.ours, this.theirs);
  readonly bank = newId();
  readonly agency = newId();
  private readonly homes = new Map<string, Home>();
  private readonly answered = new Set<string>();
  private signings = 0;

  protected override get actorElsewhere(): string {
    return this.fang.staffId;
  }

  static async open(databaseUrl: string, logger: Logger, at: string): Promise<SalesOffice> {
    const clock = new ManualClock(wall(at));
    const office = new SalesOffice(await startDesk(sales, { databaseUrl, logger, clock }), clock);
    await office.introduce();
    return office;
  }

  /** A command: what it made or changed, or the refusal; errors are thrown. @param fields such as `Contract { id }` */
  async command(who: Principal, name: string, input: Row, fields = ''): Promise<Answer> {
    const source = commandSource(name, fields && `... on ${fields}`);
    const data = await this.read(who, source, { input });
    return data[name] as Answer;
  }

  /** A command that has to be accepted. */
  async done(who: Principal, name: string, input: Row, fields: string): Promise<Answer> {
    const answer = await this.command(who, name, input, fields);
    if (answer.code) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The fields of entities as the gateway asks for them. */
  async entities<Entity = Row>(
    who: Principal,
    typeName: string,
    ids: readonly string[],
    fields: string,
  ): Promise<Entity[]> {
    const data = await this.read<{ _entities: Entity[] }>(
      who,
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${typeName} { ${fields} } } }`,
      { r: ids.map((id) => ({ __typename: typeName, id })) },
    );
    return data._entities;
  }

  /** A unit that the directory has just told of. */
  async home(home: string, preSaleArea: string | null = '89.32', projectId = this.ours): Promise<string> {
    const unitId = newId();
    this.homes.set(unitId, { projectId, home, status: 'FOR_SALE', heldBy: null });
    await this.measure(unitId, preSaleArea);
    return unitId;
  }

  /** What the directory says of a unit, with this area. */
  async measure(unitId: string, preSaleArea: string | null): Promise<void> {
    const { projectId, home, status } = this.homes.get(unitId)!;
    await this.hear(directoryEvents.unitChanged, unitId, {
      ...{ projectId, unitId, buildingId: this.building, sectionId: null, number: '1502', home, status },
      ...{ preSaleArea, registeredArea: null, warrantyEndsOn: null },
    });
  }

  async customer(projectId = this.ours): Promise<string> {
    const customerId = newId();
    await this.hear(directoryEvents.customerRegistered, customerId, {
      ...{ projectId: null, customerId, organisationId: projectId, kind: 'PERSON', projectIds: [projectId] },
    });
    return customerId;
  }

  async offer(unitId: string, unitPrice = '15800.00', who = this.fang): Promise<string> {
    const { projectId } = this.homes.get(unitId)!;
    const input = { projectId, unitId, unitTypeCode: 'B2', bedrooms: 3, unitPrice };
    return (await this.done(who, 'offerUnit', input, 'UnitOffer { id }'))['id'] as string;
  }

  /** Everything that signing needs (五证等), unless told. @returns the list's id */
  async makeReady(
    without: readonly string[] = [],
    prePermitExpiresOn: string | null = null,
  ): Promise<string> {
    const opened = await this.done(this.xu, 'openReadiness', { projectId: this.ours }, 'Readiness { id }');
    const readinessId = opened['id'] as string;
    for (const item of [...salesCertificates, ...salesPreparations]) {
      if (without.includes(item)) continue;
      const expiresOn = item === 'PRE_SALE_PERMIT' ? prePermitExpiresOn : null;
      await this.ready(readinessId, item, expiresOn);
    }
    return readinessId;
  }

  async ready(readinessId: string, item: string, expiresOn: string | null = null): Promise<void> {
    const input = { readinessId, item, reference: '2025-17', issuedOn: '2025-12-01', expiresOn };
    await this.done(this.xu, 'recordReadinessItem', input, 'Readiness { id }');
  }

  /** A subscription that the directory has answered. */
  async subscribe(unitId: string, customerIds: readonly string[], who = this.he): Promise<string> {
    const { projectId } = this.homes.get(unitId)!;
    const input = { projectId, unitId, customerIds };
    const { id } = await this.done(who, 'subscribeUnit', input, 'Sale { id }');
    await this.answerSteps();
    return id as string;
  }

  /** A home on the price list, subscribed by a new customer, as 8-1-1502 is by 马丽. */
  async heldSale(home: string): Promise<{ unitId: string; customerId: string; saleId: string }> {
    const unitId = await this.home(home);
    await this.offer(unitId);
    const customerId = await this.customer();
    return { unitId, customerId, saleId: await this.subscribe(unitId, [customerId]) };
  }

  /** The draft of one buyer, with 1 % off and a loan, unless told otherwise. */
  async draft(
    { saleId, customerId }: { readonly saleId: string; readonly customerId: string },
    change: Row = {},
    who = this.xu,
  ): Promise<string> {
    const input = { ...this.terms(customerId), projectId: this.ours, saleId, ...change };
    return (await this.done(who, 'draftContract', input, 'Contract { id }'))['id'] as string;
  }

  terms(customerId: string): Row {
    return {
      buyers: [{ customerId, share: '100' }],
      discounts: [{ code: 'ON_TIME', kind: 'PERCENT', value: '1' }],
      mortgagePlan: {
        loanKind: 'COMMERCIAL',
        commercialAmount: '900000',
        borrowers: [{ customerId, familyState: 'MARRIED' }],
      },
    };
  }

  async sign(contractId: string, onlineSigningNumber = `WQ-${(this.signings += 1)}`): Promise<Answer> {
    const input = { contractId, onlineSigningNumber };
    const signed = await this.done(this.xu, 'signContract', input, 'Contract { id status filingDueAt }');
    await this.answerSteps();
    return signed;
  }

  /** Signed, checked, submitted, and back. */
  async file(contractId: string): Promise<void> {
    await this.sign(contractId);
    await this.done(this.feng, 'checkContract', { contractId }, 'Contract { id }');
    await this.done(this.xu, 'submitFiling', { contractId }, 'Contract { id }');
    await this.done(this.xu, 'noteFilingReturned', { contractId, filingNumber: 'BA-1' }, 'Contract { id }');
  }

  /** The directory answers what it was asked and has not answered, in order, each once. */
  async answerSteps(): Promise<void> {
    const requests = await this.rows<{ payload: Published }>(
      `select payload from outbox where type = 'sale-unit-step-requested.v1' order by seq`,
    );
    for (const { data } of requests.map(({ payload }) => payload)) {
      const { saleId, unitId, sequence } = data as { saleId: string; unitId: string; sequence: number };
      if (this.answered.has(`${saleId} ${sequence}`)) continue;
      this.answered.add(`${saleId} ${sequence}`);
      const unit = this.homes.get(unitId)!;
      const step = data['step'] as SaleUnitStep;
      const outcome = this.carryOut(unit, step, saleId) ? 'DONE' : 'REFUSED';
      const at = this.clock.now().toISOString();
      await this.hear(directoryEvents.unitSaleStepAnswered, unitId, {
        ...{
          projectId: unit.projectId,
          unitId,
          saleId,
          sequence,
          step,
          outcome,
          unitStatus: unit.status,
          at,
        },
      });
    }
  }

  private carryOut(unit: Home, step: SaleUnitStep, saleId: string): boolean {
    const moves = {
      HOLD: { from: 'FOR_SALE', to: 'SUBSCRIBED' },
      CONTRACT: { from: 'SUBSCRIBED', to: 'CONTRACTED' },
      HAND_OVER: { from: 'CONTRACTED', to: 'HANDED_OVER' },
      RELEASE: { from: 'SUBSCRIBED', to: 'FOR_SALE' },
    } as const;
    const { from, to } = moves[step];
    if (unit.status !== from || (unit.heldBy !== null && unit.heldBy !== saleId)) return false;
    unit.status = to;
    unit.heldBy = step === 'RELEASE' ? null : saleId;
    return true;
  }

  private async introduce(): Promise<void> {
    await this.introduceProjects();
    const everybody = [this.he, this.xu, this.feng, this.deng, this.fang, this.stranger, this.both];
    for (const { staffId, roles } of everybody) {
      await this.hear(directoryEvents.staffRegistered, staffId, {
        ...{ projectId: null, staffId, organisationId: this.ours, departmentCode: 'SALES' },
        ...{ position: roles[0]!.role, supervisorId: null, level: 'OPERATIONAL', employed: true },
        ...{ projectIds: [...roles[0]!.projectIds], employments: [{ from: '2024-01-01', to: null }] },
      });
    }
    for (const [partnerId, kind] of [
      [this.bank, 'BANK'],
      [this.agency, 'AGENCY'],
    ] as const) {
      await this.hear(directoryEvents.partnerRegistered, partnerId, {
        ...{ projectId: null, partnerId, organisationId: this.ours, kind, arrivalHours: null },
        ...{ projectIds: [this.ours], active: true },
      });
    }
  }
}
