import { contactPlace } from '@anju/access';
import { References, referencesConsumer } from '@anju/references';
import { EntityReads, type Platform, type ServiceDefinition } from '@anju/subgraph';
import type { Carriers } from './carrier';
import { communicationsTypes } from './communications-loads';
import { AddressBookResolver, CustomerConsentResolver, CustomerContactsResolver } from './contacts.resolver';
import { ContactsService } from './contacts.service';
import {
  AddressBook,
  CustomerConsent,
  addressBookAggregate,
  consentAggregate,
} from './customer-consent.entity';
import { CustomerVisit, visitAggregate } from './customer-visit.entity';
import { CustomerVisitResolver, CustomerVisitsOfCustomerResolver } from './customer-visit.resolver';
import { CustomerVisitService } from './customer-visit.service';
import { CustomerWord, wordAggregate } from './customer-word.entity';
import { CustomerMessagesResolver, CustomerWordResolver } from './customer-word.resolver';
import { Delivery, deliveryAggregate } from './delivery.entity';
import { directoryContacts } from './directory-contacts.consumer';
import { Dispatcher } from './dispatcher';
import { MessageTemplate, templateAggregate } from './message-template.entity';
import { MessageTemplateResolver } from './message-template.resolver';
import { Message, messageAggregate } from './message.entity';
import { DeliveryResolver, MessageResolver } from './message.resolver';
import { MessageService } from './message.service';
import { Communications1764800000500 } from './migrations/1764800000500-communications';
import { onCustomerMerged } from './on-customer-merged.consumer';
import { onTold } from './on-told.consumer';
import { RecordingCarrier, recordedCopyPlace } from './recording-carrier';
import { Register } from './register';
import { communicationsRelations, communicationsSettings } from './settings';
import type * as Smtp from './smtp-carrier';

/** E-mails go to the mail server that is set; what has no provider is recorded and not sent. */
function carriersOf({ dataSource, cipher, clock, settings }: Platform): Carriers {
  const recording = new RecordingCarrier(dataSource, cipher, clock);
  const { smtpUrl: url, smtpFrom: from } = settings ?? {};
  const recorded = { SMS: recording, WECHAT: recording, EMAIL: recording };
  if (typeof url !== 'string' || typeof from !== 'string') return recorded;
  // Not with the module: where no mail server is set, nobody needs it in memory.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { SmtpCarrier } = require('./smtp-carrier') as typeof Smtp;
  return { ...recorded, EMAIL: new SmtpCarrier({ url, from }) };
}

/** @param carriers who takes the copies of each channel; by the service's settings unless told */
export function communicationsWith(carriers: (platform: Platform) => Carriers): ServiceDefinition {
  return {
    name: 'communications',
    entities: [CustomerWord, MessageTemplate, Message, Delivery, CustomerConsent, AddressBook, CustomerVisit],
    migrations: [Communications1764800000500],
    sealedTables: [
      {
        table: 'directory_contact',
        key: ['customer_id'],
        texts: [{ column: 'sealed', place: contactPlace }],
      },
      {
        table: 'recorded_copy',
        key: ['delivery_id', 'attempt'],
        texts: [{ column: 'sealed', place: recordedCopyPlace }],
      },
    ],
    settings: communicationsSettings,
    relations: communicationsRelations,
    resolverClasses: [
      CustomerWordResolver,
      CustomerMessagesResolver,
      MessageTemplateResolver,
      MessageResolver,
      DeliveryResolver,
      CustomerConsentResolver,
      AddressBookResolver,
      CustomerContactsResolver,
      CustomerVisitResolver,
      CustomerVisitsOfCustomerResolver,
    ],
    create: (platform) => {
      const { dataSource, commands, clock, cipher, logger } = platform;
      const references = new References(dataSource);
      const words = wordAggregate(references);
      const register = new Register(commands, references, words, clock);
      const wake = (): void => dispatcher.wake();
      const templates = templateAggregate(references);
      const messages = messageAggregate(references, wake);
      const deliveries = deliveryAggregate(references, register, wake);
      const consents = consentAggregate(references);
      const books = addressBookAggregate(references);
      const visits = visitAggregate(references, register);
      const dispatcher: Dispatcher = new Dispatcher({
        ...{ dataSource, commands, clock, cipher, references, messages, deliveries, logger },
        carriers: carriers(platform),
      });
      const loads = new EntityReads(dataSource, communicationsTypes);
      const messageService = new MessageService(commands, references, templates, messages);
      const contacts = new ContactsService(dataSource, commands, references, consents, books);
      const visitService = new CustomerVisitService(dataSource, commands, references, visits);
      return {
        resolvers: [
          new CustomerWordResolver(dataSource, loads, register),
          new CustomerMessagesResolver(loads),
          new MessageTemplateResolver(dataSource, loads, messageService),
          new MessageResolver(dataSource, loads, messageService),
          new DeliveryResolver(loads),
          new CustomerConsentResolver(dataSource, contacts),
          new AddressBookResolver(dataSource),
          new CustomerContactsResolver(dataSource),
          new CustomerVisitResolver(dataSource, loads, visitService),
          new CustomerVisitsOfCustomerResolver(loads),
        ],
        references: loads.references(),
        consumers: [
          referencesConsumer('communications'),
          directoryContacts(cipher),
          onTold(register),
          onCustomerMerged(commands, { words, visits, consents, books }),
        ],
        aggregates: [words, templates, messages, deliveries, consents, books, visits],
        workers: [dispatcher],
      };
    },
  };
}

/** Words to customers (客户沟通): COM-02, COM-05. */
export const communications: ServiceDefinition = communicationsWith(carriersOf);
