import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn, type AggregateDefinition, type Reaction } from '@anju/commands';
import {
  customerVisitDeadlines,
  onCustomerVisitDeadline,
  type CommunicationsEnvironment,
  type CustomerVisitFact,
  type CustomerVisitState,
  type VisitAction,
  type VisitSuggestion,
} from '@anju/communications-rules';
import { communicationsEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { AggregateEntity } from '@anju/subgraph';
import { communicationsEnvironment } from './environment';
import { CustomerVisitStatusEnum } from './graph-enums';
import type { Register } from './register';

@ObjectType({ simpleResolvers: true, description: 'What is done about a suggestion (COM-02).' })
export class VisitActionPart implements VisitAction {
  @Field(() => ID, { description: 'Id of the employee who does it.' })
  ownerId: string;

  @Field(() => String, { description: 'The last day, `YYYY-MM-DD`.' })
  dueOn: string;

  @Field(() => Date, { description: 'The end of that day.' })
  dueAt: Date;

  @Field(() => String, { description: 'Id of the employee who planned it.' })
  plannedBy: string;

  @Field(() => Date, { description: 'When it was planned.' })
  plannedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When its last day ended without a result.' })
  missedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What came of it.' })
  result: string | null;

  @Field(() => String, { nullable: true, description: 'Id of the employee who recorded the result.' })
  doneBy: string | null;

  @Field(() => Date, { nullable: true, description: 'When the result was recorded.' })
  doneAt: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'What the customer suggested at a visit.' })
export class VisitSuggestionPart implements VisitSuggestion {
  @Field(() => Int, { description: '1, 2, 3 …' })
  sequence: number;

  @Field(() => String, { description: 'In words.' })
  text: string;

  @Field(() => VisitActionPart, { nullable: true, description: 'Null while nothing is planned.' })
  action: VisitAction | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'A visit to a customer (访谈, COM-02).' })
@Entity('customer_visit')
export class CustomerVisit extends AggregateEntity implements CustomerVisitState {
  @Column('uuid')
  projectId: string;

  @Field(() => CustomerVisitStatusEnum, { description: 'Whether every suggestion has its result.' })
  @Column('text')
  status: CustomerVisitState['status'];

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  unitId: string | null;

  @Column('text')
  visitedBy: string;

  @Field(() => Date, { description: 'When it was.' })
  @Column('timestamptz')
  visitedAt: Date;

  @Field(() => Boolean, { description: "深入访谈: counts towards the project manager's visits." })
  @Column('boolean')
  inDepth: boolean;

  @Field(() => String, { description: 'What was talked about.' })
  @Column('text')
  content: string;

  @Field(() => [VisitSuggestionPart], { description: 'With what is done about them.' })
  @JsonColumn()
  suggestions: CustomerVisitState['suggestions'];

  @Field(() => Date, { description: 'When it was entered.' })
  @Column('timestamptz')
  recordedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Since when an action is overdue and undone.' })
  @Column('timestamptz', { nullable: true })
  overdueSinceAt: Date | null;
}

export type VisitAggregate = AggregateDefinition<
  CustomerVisitState,
  CustomerVisitFact,
  CommunicationsEnvironment,
  CustomerVisit
>;

const visitEvents = eventsOfFacts<CustomerVisitFact>()({
  CustomerVisitRecorded: communicationsEvents.customerVisitRecorded,
  VisitActionPlanned: communicationsEvents.visitActionPlanned,
  VisitActionMissed: communicationsEvents.visitActionMissed,
  VisitActionDone: communicationsEvents.visitActionDone,
});

function overdueSince({ suggestions }: CustomerVisitState): Date | null {
  const missed = suggestions.flatMap(({ action }) =>
    action?.missedAt && !action.doneAt ? [+action.missedAt] : [],
  );
  return missed.length > 0 ? new Date(Math.min(...missed)) : null;
}

export function visitAggregate(references: References, register: Register): VisitAggregate {
  return {
    type: 'CustomerVisit',
    context: 'communications',
    entity: CustomerVisit,
    environment: communicationsEnvironment(references),
    events: visitEvents,
    deadlines: customerVisitDeadlines,
    onDeadline: onCustomerVisitDeadline,
    queryColumns: (visit) => ({ overdueSinceAt: overdueSince(visit) }),
    react: async (fact, visit, reaction) => {
      if (fact.type === 'CustomerVisitRecorded') await enter(register, visit, reaction);
    },
  };
}

/** A visit is a word to the customer, at the time of the visit. */
function enter(register: Register, visit: CustomerVisitState, { tx }: Reaction): Promise<void> {
  const { id, projectId, customerId, visitedBy: by, visitedAt: saidAt } = visit;
  const about = { kind: 'VISIT', channel: 'IN_PERSON', subject: 'CUSTOMER_VISIT', subjectId: id } as const;
  return register.enter({ source: id, projectId, customerIds: [customerId], by, saidAt, ...about }, tx);
}
