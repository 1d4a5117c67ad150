import { march, type Desk } from './desk';
import { buyers } from './people';
import { StoryBroken } from './story-teller';

const home = '8-1-1502';

/** Of a mortgage case: the list comes from the kind of loan and the borrower's family state (SAL-20). */
interface MortgageCase {
  readonly id: string;
  readonly documents: readonly { readonly document: string; readonly customerId: string | null }[];
}

/** 马丽 buys 8-1-1502, her mother 王秀兰 with her: from the visit to the loan. */
export class HomeSale {
  private buyerId = '';
  private prospectRoleId = '';
  private leadId = '';
  private saleId = '';
  private contractId = '';
  private mortgage: MortgageCase | undefined;

  constructor(private readonly desk: Desk) {}

  async isVisited(): Promise<void> {
    const { desk } = this;
    const { teller } = desk;
    await desk.at(march(2, '11:30'), '何静 takes a visitor, 马丽, and proposes homes to her');
    this.buyerId = await desk.registerProspect(buyers.mali);
    this.leadId = await desk.recordLead('VISIT', this.buyerId, 'REFERRAL');
    // Of the homes for sale these two suit her, the first best (`Lead.suitableUnits`).
    await teller.command('hejing', 'proposeUnits', 'Lead', {
      leadId: this.leadId,
      unitIds: [desk.unit(home), desk.unit('8-1-1602')],
    });
    const { roles } = await teller.command<{ roles: { id: string; role: string }[] }>(
      'hejing',
      'startCustomerRole',
      'Customer',
      { id: this.buyerId, unitId: desk.unit(home), role: 'PROSPECT', from: '2026-03-02' },
      'roles { id role }',
    );
    this.prospectRoleId = roles.find(({ role }) => role === 'PROSPECT')!.id;
  }

  async isSubscribed(): Promise<void> {
    const { desk, buyerId, leadId } = this;
    await desk.at(
      march(2, '14:00'),
      `马丽 subscribes ${home}; 黄磊 and 许芳, who want it at the same instant, are refused`,
    );
    const { id } = await desk.teller.command('hejing', 'subscribeUnit', 'Sale', {
      projectId: desk.setting.projectId,
      unitId: desk.unit(home),
      customerIds: [buyerId],
      leadId,
    });
    this.saleId = id;
  }

  async isSigned(): Promise<void> {
    const { desk, buyerId, saleId } = this;
    const { teller, setting } = desk;
    await desk.at(
      march(2, '16:00'),
      "许晴 signs 马丽's contract online; 方圆 checks it as the second person",
    );
    const motherId = desk.customer('wangxiulan');
    const { id: contractId } = await teller.command('xuqing', 'draftContract', 'Contract', {
      projectId: setting.projectId,
      saleId,
      buyers: [
        { customerId: buyerId, share: '70.00' },
        { customerId: motherId, share: '30.00' },
      ],
      discounts: [{ code: 'ON_TIME', kind: 'PERCENT', value: '1.00' }],
      mortgagePlan: {
        loanKind: 'COMBINED',
        commercialAmount: '500000.00',
        providentFundAmount: '400000.00',
        borrowers: [{ customerId: buyerId, familyState: 'MARRIED' }],
      },
    });
    this.contractId = contractId;
    await teller.command('xuqing', 'signContract', 'Contract', {
      contractId,
      onlineSigningNumber: 'WQ20260302-0815',
    });
    await desk.expectRefusal('xuqing', 'checkContract', { contractId }, 'OWN_CONTRACT_CHECK');
    await teller.command('fangyuan', 'checkContract', 'Contract', { contractId });
    await this.becomeBuyers([buyerId, motherId]);
  }

  private async becomeBuyers(customerIds: readonly string[]): Promise<void> {
    const { desk } = this;
    await desk.teller.command('xuqing', 'endCustomerRole', 'Customer', {
      id: this.buyerId,
      roleId: this.prospectRoleId,
      to: '2026-03-02',
    });
    for (const id of customerIds) {
      await desk.teller.command('xuqing', 'startCustomerRole', 'Customer', {
        id,
        unitId: desk.unit(home),
        role: 'BUYER',
        from: '2026-03-02',
      });
    }
  }

  async isSubmitted(): Promise<void> {
    const { desk, contractId } = this;
    await desk.at(march(10, '14:00'), '许晴 hands the contract in to the housing bureau');
    await desk.teller.command('xuqing', 'submitFiling', 'Contract', { contractId });
  }

  async isFiled(): Promise<void> {
    const { desk, contractId } = this;
    const { teller } = desk;
    await desk.at(
      march(20, '15:00'),
      'the filed contract is back: 马丽 is told to collect it, the mortgage case opens',
    );
    const { mortgages } = await teller.command<{ mortgages: { nodes: MortgageCase[] } }>(
      'xuqing',
      'noteFilingReturned',
      'Contract',
      { contractId, filingNumber: 'BA-2026-03-0571' },
      'mortgages { nodes { id documents { document customerId } } }',
    );
    [this.mortgage] = mortgages.nodes;
    for (const customerId of [this.buyerId, desk.customer('wangxiulan')]) {
      await teller.command('xuqing', 'tellContractReturned', 'Contract', {
        ...{ contractId, customerId, channel: 'PHONE', deedTaxReminded: true },
      });
    }
  }

  async mortgageIsSubmitted(): Promise<void> {
    const { desk, mortgage } = this;
    const { teller, setting } = desk;
    if (!mortgage) throw new StoryBroken('the mortgage case was not opened');
    const { id: mortgageId, documents } = mortgage;
    await desk.at(march(26, '10:30'), '马丽 brings what the loan needs; 邓超 submits it to the bank');
    await teller.command('dengchao', 'signForByAgency', 'Mortgage', {
      mortgageId,
      partnerId: setting.partnerIds.get('AGENCY')!,
    });
    for (const document of documents) {
      await teller.command('dengchao', 'receiveMortgageDocument', 'Mortgage', { mortgageId, ...document });
    }
    await teller.command('dengchao', 'submitMortgage', 'Mortgage', {
      mortgageId,
      lenderId: setting.partnerIds.get('BANK')!,
    });
  }
}
