import { EntityReads, stub } from '@anju/subgraph';
import { References, referencesConsumer } from '@anju/references';
import type { EntityReference, ServiceDefinition } from '@anju/subgraph';
import { desk } from './desk';
import {
  CustomerReceptionResolver,
  InteractionItemResolver,
  ProjectReceptionResolver,
  StaffReceptionResolver,
  UnitReceptionResolver,
} from './extensions.resolver';
import { FollowUp } from './follow-up.entity';
import { FollowUpResolver } from './follow-up.resolver';
import { FollowUpService, followUpAggregate } from './follow-up.service';
import { Interaction } from './interaction.entity';
import { InteractionResolver } from './interaction.resolver';
import { InteractionService, interactionAggregate } from './interaction.service';
import { Reception1764000000200 } from './migrations/1764000000200-reception';
import { Praise1764800000200 } from './migrations/1764800000200-praise';
import { onComplaint } from './on-complaint.consumer';
import { onCustomerMerged } from './on-customer-merged.consumer';
import { InteractionPraiseResolver, PraiseResolver } from './praise.resolver';
import { Praise } from './praise.entity';
import { PraiseService, praiseAggregate } from './praise.service';
import { receptionTypes } from './reception-loads';
import { Rectification } from './rectification.entity';
import { RectificationResolver } from './rectification.resolver';
import { RectificationService, rectificationAggregate } from './rectification.service';
import { WorkOrder } from './work-order.entity';
import { WorkOrderResolver } from './work-order.resolver';
import { WorkOrderService, workOrderAggregate } from './work-order.service';

/** Entities of the directory that this service adds fields to; what they are is the directory's to say. */
const extended: readonly EntityReference[] = (
  [
    ['Customer', 'directory.customer.read'],
    ['Unit', 'directory.structure.read'],
    ['Project', 'directory.structure.read'],
    ['Staff', 'directory.staff.read'],
  ] as const
).map(([typeName, permission]) => ({ typeName, permission, load: async (ids) => ids.map(stub) }));

/** The front desk: contacts, work orders, the follow-up register, liaison forms (REC). */
export const reception: ServiceDefinition = {
  name: 'reception',
  entities: [Interaction, WorkOrder, FollowUp, Rectification, Praise, ...desk.entities],
  migrations: [Reception1764000000200, ...desk.migrations, Praise1764800000200],
  resolverClasses: [
    InteractionResolver,
    WorkOrderResolver,
    FollowUpResolver,
    RectificationResolver,
    PraiseResolver,
    InteractionPraiseResolver,
    InteractionItemResolver,
    CustomerReceptionResolver,
    UnitReceptionResolver,
    StaffReceptionResolver,
    ProjectReceptionResolver,
    ...desk.resolverClasses,
  ],
  create: (platform) => {
    const { dataSource, commands } = platform;
    const references = new References(dataSource);
    const loads = new EntityReads(dataSource, receptionTypes);
    const atDesk = desk.createDesk(platform, references, loads);

    const interactions = interactionAggregate(references);
    const followUps = followUpAggregate(references, interactions);
    const workOrders = workOrderAggregate(references, followUps);
    const rectifications = rectificationAggregate(references);
    const praises = praiseAggregate(references);

    const interactionService = new InteractionService(platform, references, interactions);
    const workOrderService = new WorkOrderService(platform, references, workOrders);
    const followUpService = new FollowUpService(platform, references, followUps);
    const rectificationService = new RectificationService(platform, references, rectifications);

    return {
      resolvers: [
        new InteractionResolver(dataSource, loads, interactionService),
        new WorkOrderResolver(dataSource, loads, workOrderService),
        new FollowUpResolver(dataSource, loads, followUpService),
        new RectificationResolver(dataSource, loads, rectificationService),
        new PraiseResolver(dataSource, loads, new PraiseService(platform, references, praises)),
        new InteractionPraiseResolver(loads),
        new InteractionItemResolver(loads),
        new CustomerReceptionResolver(loads),
        new UnitReceptionResolver(dataSource, loads),
        new StaffReceptionResolver(loads),
        new ProjectReceptionResolver(loads),
        ...atDesk.resolvers,
      ],
      references: [...loads.references(), ...extended, ...atDesk.references],
      consumers: [
        referencesConsumer('reception'),
        onComplaint(commands, interactions),
        onCustomerMerged(commands, interactions, praises),
        ...atDesk.consumers,
      ],
      aggregates: [interactions, workOrders, followUps, rectifications, praises, ...atDesk.aggregates],
    };
  },
};
