import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { configuredCipher, sealContact } from '@anju/access';
import { JsonColumn, SealedColumn, type AggregateDefinition } from '@anju/commands';
import type { CustomerFact, CustomerState, DirectoryPolicy } from '@anju/directory-rules';
import { directoryEvents } from '@anju/events';
import { bigrams } from '@anju/kernel';
import type { OutgoingEvent } from '@anju/outbox';
import { AggregateEntity } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';
import { CustomerKindEnum, CustomerStatusEnum } from './graph-enums';
import { documentIndex, phoneIndex } from './lookup-keys';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A customer (客户), person or organisation (DIR-02); printed it is the 《业主(住户)资料卡》. ' +
    'Phones and identity numbers are masked (DIR-05).',
})
@Entity('customer')
export class Customer extends AggregateEntity implements CustomerState {
  @Column('uuid')
  organisationId: string;

  @Field(() => CustomerStatusEnum, { description: 'Whether the record stands for itself.' })
  @Column('text')
  status: CustomerState['status'];

  @Field(() => CustomerKindEnum, { description: 'Person (个人) or organisation (单位).' })
  @Column('text')
  kind: CustomerState['kind'];

  @Field(() => String, { description: 'Name (姓名/名称).' })
  @Column('text')
  name: string;

  @Field(() => [String], { description: 'Former and other names, the latest last.' })
  @Column('text', { array: true })
  otherNames: CustomerState['otherNames'];

  @SealedColumn('customer.phones')
  phones: CustomerState['phones'];

  @SealedColumn('customer.addresses')
  addresses: CustomerState['addresses'];

  @SealedColumn('customer.identity_documents')
  identityDocuments: CustomerState['identityDocuments'];

  @SealedColumn('customer.household')
  household: CustomerState['household'];

  @JsonColumn()
  roles: CustomerState['roles'];

  @Column('uuid', { array: true })
  projectIds: CustomerState['projectIds'];

  @Column('uuid', { nullable: true })
  mergedIntoId: string | null;

  /** Characters and pairs of the names, for search. */
  @Column('text', { array: true, select: false })
  nameTerms: string[];

  /** Blind indexes of the customer's and his household's phones and of his identity documents. */
  @Column('text', { array: true, select: false })
  lookupKeys: string[];

  /** Units of the roles, of all times. */
  @Column('uuid', { array: true, select: false })
  roleUnitIds: string[];
}

/** The blind indexes under which a customer is found by phone and document, and looked for when he is entered. */
export function lookupKeysOf({
  phones,
  household,
  identityDocuments,
}: Pick<CustomerState, 'phones' | 'household' | 'identityDocuments'>): string[] {
  const numbers = [...phones, ...household.flatMap(({ phone }) => (phone ? [phone] : []))];
  const keys = [...numbers.map(({ number }) => phoneIndex(number)), ...identityDocuments.map(documentIndex)];
  return [...new Set(keys)];
}

/** Services that write to the customer learn his name and first mobile number, sealed (DIR-05). */
function withContact(event: OutgoingEvent, { name, phones }: CustomerState): OutgoingEvent {
  const { contract, data } = event;
  const { customerRegistered, customerChanged } = directoryEvents;
  if (contract !== customerRegistered && contract !== customerChanged) return event;
  const mobile = phones.find(({ kind }) => kind === 'MOBILE' || kind === 'INTERNATIONAL')?.number ?? null;
  const sealedContact = sealContact(configuredCipher(), { name, mobile });
  return { contract, data: { ...data, sealedContact } };
}

export const customerAggregate: AggregateDefinition<CustomerState, CustomerFact, DirectoryPolicy, Customer> =
  {
    type: 'Customer',
    context: 'directory',
    entity: Customer,
    projectIds: (customer) => customer.projectIds,
    environment: directoryPolicy,
    events: (fact, customer) => eventsOf(fact).map((event) => withContact(event, customer)),
    queryColumns: (customer) => ({
      nameTerms: [...new Set([customer.name, ...customer.otherNames].flatMap(bigrams))],
      lookupKeys: lookupKeysOf(customer),
      roleUnitIds: [...new Set(customer.roles.map(({ unitId }) => unitId))],
    }),
  };
