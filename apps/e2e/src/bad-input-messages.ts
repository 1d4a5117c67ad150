import type { Ids } from './bad-input-values';
import type { Makers, Workshop } from './bad-input-workshop';

/** Makes what customers are told by, and what they were told. */
export class MessageMakers {
  constructor(private readonly shop: Workshop) {}

  get makers(): Makers {
    const { shop } = this;
    const about = async (): Promise<Ids> => ({
      projectId: shop.ids['projectId']!,
      customerId: (await shop.fresh('Customer'))['customerId']!,
    });
    const submitted = async (): Promise<Ids> => {
      const ids = await this.message();
      await shop.make('submitMessage', 'Message', { messageId: ids['messageId'] }, { by: shop.colleague });
      return ids;
    };
    return {
      CustomerConsent: async () => {
        const ids = await about();
        const consent = { channel: 'SMS', purpose: 'MARKETING', granted: true };
        const { id } = await shop.make('recordConsent', 'CustomerConsent', { ...ids, ...consent });
        return { customerId: ids['customerId']!, customerConsentId: id };
      },
      AddressBook: async () => {
        const ids = await about();
        const address = { channel: 'SMS', address: '13755550001', addressee: '王女士' };
        const { id } = await shop.make('recordMessageAddress', 'AddressBook', { ...ids, ...address });
        return { customerId: ids['customerId']!, addressBookId: id };
      },
      CustomerVisit: () => this.visit(),
      completeVisitAction: async () => {
        const ids = await this.visit();
        const action = { visitId: ids['visitId'], sequence: 1, dueOn: '2026-03-09' };
        await shop.make('planVisitAction', 'CustomerVisit', { ...action, ownerId: shop.ids['staffId'] });
        return ids;
      },
      CustomerWord: async () => {
        const { projectId, customerId } = shop.ids;
        const { id } = await shop.make('recordCustomerWord', 'CustomerWord', {
          ...{ projectId, customerIds: [customerId], kind: 'NOTICE', channel: 'PHONE', content: '周六停水' },
        });
        return { customerWordId: id };
      },
      MessageTemplate: () => this.template(),
      Message: () => this.message(),
      approveMessage: submitted,
      rejectMessage: submitted,
    };
  }

  private async visit(): Promise<Ids> {
    const { projectId, customerId, unitId } = this.shop.ids;
    const { id } = await this.shop.make('recordCustomerVisit', 'CustomerVisit', {
      ...{ projectId, customerId, unitId, inDepth: true, content: '谈物业服务', suggestions: ['加装门禁'] },
    });
    return { visitId: id, customerVisitId: id };
  }

  private async template(): Promise<Ids> {
    const { projectId } = this.shop.ids;
    const { id } = await this.shop.make('createTemplate', 'MessageTemplate', {
      ...{ projectId, name: '通知', channel: 'SMS', purpose: 'SERVICE_NOTICE' },
      text: '{customerName}：{matter}，敬请谅解',
    });
    return { templateId: id, messageTemplateId: id };
  }

  /** Drafted by the colleague, for one customer. */
  private async message(): Promise<Ids> {
    const { shop } = this;
    const by = shop.colleague;
    const { projectId, customerId } = shop.ids;
    const ids = await this.template();
    const { id } = await shop.make(
      'draftMessage',
      'Message',
      { projectId, templateId: ids['templateId'], values: [{ field: 'matter', value: '周六停水' }] },
      { by },
    );
    const audience = { messageId: id, customerIds: [customerId] };
    await shop.make('setMessageAudience', 'Message', audience, { by });
    return { ...ids, messageId: id };
  }
}
