import type { Ids } from './bad-input-values';
import { whenSo, type Made, type Makers, type Workshop } from './bad-input-workshop';

/** All projects of a test run build homes in the same way: numbers that no stage has given yet. */
let homes = 0;

const certificates = [
  'LAND_USE_CERTIFICATE',
  'LAND_PLANNING_PERMIT',
  'WORKS_PLANNING_PERMIT',
  'CONSTRUCTION_PERMIT',
  'PRE_SALE_PERMIT',
];
const readinessItems = [
  ...certificates,
  'CONTRACT_TEMPLATE',
  'PRICE_LIST',
  'PRELIMINARY_MANAGEMENT_AGREEMENT',
  'FILING_SYSTEM_LINK',
];

interface LoanDocument {
  readonly document: string;
  readonly customerId: string | null;
}

/** Makes what a project sells by, and sales at every point on their way. */
export class SalesMakers {
  private partners: Promise<Ids> | undefined;

  /** Numbers of contracts by their ids. */
  private readonly numbers = new Map<string, string>();
  private complete: Promise<Ids> | undefined;

  constructor(private readonly shop: Workshop) {}

  get makers(): Makers {
    const { shop } = this;
    const contract = (step: (contractId: string) => Promise<unknown>) => async (): Promise<Ids> => {
      const ids = await this.draft();
      await step(ids['contractId']!);
      return ids;
    };
    const mortgage = (...steps: ((mortgageId: string) => Promise<unknown>)[]) => {
      return async (): Promise<Ids> => {
        const ids = await this.mortgage();
        for (const step of steps) await step(ids['mortgageId']!);
        return ids;
      };
    };
    const submit = (id: string): Promise<unknown> => this.submitMortgage(id);
    const move = (command: string, input: object = {}) => {
      return (mortgageId: string): Promise<unknown> =>
        shop.make(command, 'Mortgage', { mortgageId, ...input });
    };
    const approve = move('approveMortgage', { approvedAmount: '89.50' });
    return {
      UnitOffer: () => this.offer(),
      offerUnit: async () => ({ unitId: await this.home() }),
      offerUnitAgain: async () => {
        const ids = await this.offer();
        await shop.make('withdrawUnitOffer', 'UnitOffer', { unitOfferId: ids['unitOfferId'] });
        return ids;
      },
      Lead: () => this.lead(),
      recordLeadVisit: () => this.lead('CALL'),
      Readiness: () => this.readiness(),
      Sale: () => this.sale(),
      subscribeUnit: () => this.offer(),
      recordSalePayment: () => this.sold(),
      handOverUnit: async () => {
        const { saleId, ...ids } = await this.sold();
        const { outstanding: amount } = await shop.make(
          'recordSalePayment',
          'Sale',
          { saleId, kind: 'OWN_FUNDS', amount: '1.00' },
          { selection: 'outstanding' },
        );
        await shop.make('recordSalePayment', 'Sale', { saleId, kind: 'OWN_FUNDS', amount });
        return { ...ids, saleId: saleId! };
      },
      Contract: () => this.draft(),
      draftContract: () => this.sale(),
      approveDiscount: () => this.draft('5.00'),
      checkContract: contract((id) => this.sign(id)),
      correctSigning: contract((id) => this.sign(id, '证号有误')),
      submitFiling: contract((id) => this.check(id)),
      noteFilingSentBack: contract((id) => this.submit(id)),
      noteFilingReturned: contract((id) => this.submit(id)),
      tellContractReturned: contract((id) => this.file(id)),
      openMortgage: async () => {
        const ids = await this.mortgage();
        await shop.make('withdrawMortgage', 'Mortgage', {
          mortgageId: ids['mortgageId'],
          reason: '改一次性付款',
        });
        return ids;
      },
      Mortgage: () => this.mortgage(),
      submitMortgage: async () => {
        const ids = await this.mortgage();
        await this.collect(ids['mortgageId']!);
        return ids;
      },
      approveMortgage: mortgage(submit),
      signLoanContract: mortgage(submit, approve),
      registerMortgage: mortgage(submit, approve, move('signLoanContract')),
      disburseMortgage: mortgage(submit, approve, move('signLoanContract'), move('registerMortgage')),
      SalesReport: () => this.report(),
      correctSalesReport: async () => {
        const ids = await this.report();
        await shop.make('sendSalesReport', 'SalesReport', ids);
        return ids;
      },
    };
  }

  private async home(): Promise<string> {
    const { buildingId, sectionId } = this.shop.ids;
    homes += 1;
    const number = `${20_000 + homes}`;
    const home = { number, status: 'FOR_SALE', preSaleArea: '89.32' };
    return (await this.shop.make('registerUnit', 'Unit', { buildingId, sectionId, ...home })).id;
  }

  private async offer(): Promise<Ids> {
    const unitId = await this.home();
    const { id } = await this.shop.make('offerUnit', 'UnitOffer', {
      ...{ projectId: this.shop.ids['projectId'], unitId, unitTypeCode: 'B2', bedrooms: 3 },
      unitPrice: '15800.00',
    });
    return { unitOfferId: id, unitId };
  }

  private async lead(kind = 'VISIT'): Promise<Ids> {
    const { projectId, customerId } = this.shop.ids;
    const { id } = await this.shop.make('recordLead', 'Lead', {
      ...{ projectId, kind, source: 'REFERRAL', contactConsent: true },
      ...(kind === 'VISIT' ? { customerId } : {}),
      need: { bedrooms: 3, budget: '1500000.00' },
    });
    return { leadId: id, unitId: (await this.offer())['unitId']! };
  }

  /** The project's list, complete: whoever comes while it is being filled in waits for that. */
  private readiness(): Promise<Ids> {
    this.complete ??= this.completeReadiness();
    return this.complete;
  }

  private async completeReadiness(): Promise<Ids> {
    const { shop } = this;
    const { projectId } = shop.ids;
    const { data } = await shop.everybody.ask('query($id: ID!) { project(id: $id) { readiness { id } } }', {
      id: projectId,
    });
    const known = (data!['project'] as { readiness: { id: string } | null }).readiness?.id;
    const id = known ?? (await shop.make('openReadiness', 'Readiness', { projectId })).id;
    if (!known) for (const item of readinessItems) await this.provide(id, item);
    return { readinessId: id };
  }

  private async provide(readinessId: string, item: string): Promise<void> {
    const issued = certificates.includes(item) ? { issuedOn: '2022-04-11' } : {};
    const input = { readinessId, item, reference: '第1号文', ...issued };
    await this.shop.make('recordReadinessItem', 'Readiness', input, { by: this.shop.colleague });
  }

  private async sale(): Promise<Ids> {
    const { shop } = this;
    const { unitId } = await this.offer();
    const { projectId, customerId } = shop.ids;
    const { id } = await shop.make('subscribeUnit', 'Sale', { projectId, unitId, customerIds: [customerId] });
    await this.whenSaleIs(id, 'UNIT_HELD');
    return { saleId: id, unitId: unitId! };
  }

  private async whenSaleIs(id: string, status: string): Promise<void> {
    const query = 'query($id: ID!) { sale(id: $id) { status } }';
    await whenSo<{ status: string }>(this.shop.everybody, query, { id }, (sale) => sale.status === status);
  }

  private async sold(): Promise<Ids> {
    const ids = await this.draft();
    await this.sign(ids['contractId']!);
    await this.whenSaleIs(ids['saleId']!, 'CONTRACTED');
    return ids;
  }

  /** Drafted by the colleague. @param discount off the price, in per cent */
  private async draft(discount = '1.00'): Promise<Ids> {
    const { saleId, unitId } = await this.sale();
    const { projectId, customerId } = this.shop.ids;
    const terms = {
      ...{ projectId, saleId, buyers: [{ customerId, share: '100' }] },
      discounts: [{ code: 'ON_TIME', kind: 'PERCENT', value: discount }],
      mortgagePlan: {
        ...{ loanKind: 'COMMERCIAL', commercialAmount: '500000.00' },
        borrowers: [{ customerId, familyState: 'SINGLE' }],
      },
    };
    const { id, number } = await this.contract('draftContract', terms, 'number');
    this.numbers.set(id, number as string);
    return { contractId: id, saleId: saleId!, unitId: unitId! };
  }

  private contract(field: string, input: object, selection = ''): Promise<Made> {
    return this.shop.make(field, 'Contract', input, { by: this.shop.colleague, selection });
  }

  /** @param findings of a check that follows */
  private async sign(contractId: string, findings?: string): Promise<void> {
    const { shop } = this;
    // Whoever tries commands on the readiness list may just have taken the certificate off it.
    const { readinessId } = await this.readiness();
    await this.provide(readinessId!, 'LAND_USE_CERTIFICATE');
    await this.contract('signContract', {
      contractId,
      onlineSigningNumber: `WQ-${this.numbers.get(contractId)}`,
    });
    if (findings) await shop.make('checkContract', 'Contract', { contractId, findings });
  }

  private async check(contractId: string): Promise<void> {
    await this.sign(contractId);
    await this.shop.make('checkContract', 'Contract', { contractId });
  }

  private async submit(contractId: string): Promise<void> {
    await this.check(contractId);
    await this.contract('submitFiling', { contractId });
  }

  /** @returns the mortgage case that is opened then */
  private async file(contractId: string): Promise<string> {
    await this.submit(contractId);
    const { mortgages } = await this.contract(
      'noteFilingReturned',
      { contractId, filingNumber: `BA-${contractId}` },
      'mortgages { nodes { id } }',
    );
    return (mortgages as { nodes: { id: string }[] }).nodes[0]!.id;
  }

  private async mortgage(): Promise<Ids> {
    const [ids, partners] = [await this.draft(), await this.bankAndAgency()];
    return { ...ids, ...partners, mortgageId: await this.file(ids['contractId']!) };
  }

  private bankAndAgency(): Promise<Ids> {
    const register = async (kind: string): Promise<string> => {
      const { organisationId, projectId } = this.shop.ids;
      const partner = { organisationId, kind, name: '江城', arrivalHours: 72, projectIds: [projectId] };
      const contacts = [{ phone: '4008000004' }];
      return (await this.shop.make('registerPartner', 'Partner', { ...partner, contacts })).id;
    };
    this.partners ??= (async () => ({
      lenderId: await register('BANK'),
      partnerId: await register('AGENCY'),
    }))();
    return this.partners;
  }

  private async collect(mortgageId: string): Promise<void> {
    const { shop } = this;
    const { partnerId } = await this.bankAndAgency();
    const selection = 'documents { document customerId }';
    const { documents } = await shop.make(
      'signForByAgency',
      'Mortgage',
      { mortgageId, partnerId },
      { selection },
    );
    for (const document of documents as LoanDocument[]) {
      await shop.make('receiveMortgageDocument', 'Mortgage', { mortgageId, ...document });
    }
  }

  private async submitMortgage(mortgageId: string): Promise<void> {
    await this.collect(mortgageId);
    const { lenderId } = await this.bankAndAgency();
    await this.shop.make('submitMortgage', 'Mortgage', { mortgageId, lenderId });
  }

  /** Of the latest month that none is of. */
  private async report(): Promise<Ids> {
    const { projectId } = this.shop.ids;
    const { data } = await this.shop.everybody.ask(
      'query($id: ID!) { salesReports(filter: { projectId: $id }) { totalCount } }',
      { id: projectId },
    );
    const { totalCount } = data!['salesReports'] as { totalCount: number };
    const month = new Date(Date.UTC(2026, 1 - totalCount)).toISOString().slice(0, 7);
    return {
      salesReportId: (await this.shop.make('openSalesReport', 'SalesReport', { projectId, month })).id,
    };
  }
}
