import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  PageArgs,
  Requires,
  inProjectScope,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { FollowUp } from './follow-up.entity';
import { FollowUpConnection, FollowUpFilter, followUpConditions } from './follow-up.schema';
import { InteractionItemEntry, itemEntry, itemsOf } from './interaction-items';
import { Interaction } from './interaction.entity';
import { InteractionConnection, InteractionFilter, interactionConditions } from './interaction.schema';
import type { ReceptionLoads } from './reception-loads';
import { Rectification } from './rectification.entity';
import {
  RectificationConnection,
  RectificationFilter,
  rectificationConditions,
} from './rectification.schema';
import { CustomerStub, ProjectStub, StaffStub, UnitStub } from './stubs';
import { WorkOrder } from './work-order.entity';
import { WorkOrderConnection, WorkOrderFilter, workOrderConditions } from './work-order.schema';

/*
 * What the reception adds to the entities of the directory. Lists come for all parents of a request at once, and
 * are null with an error of their own for a reader without the right, who still sees the rest of the entity.
 */

@Resolver(() => CustomerStub)
export class CustomerReceptionResolver {
  constructor(private readonly loads: ReceptionLoads) {}

  @Requires('reception.interaction.read')
  @FieldResolver(() => InteractionConnection, {
    nullable: true,
    description: 'Contacts of the customer, the latest first.',
  })
  interactions(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => InteractionFilter, { nullable: true }) filter: InteractionFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Interaction>> {
    const parent = { field: 'Customer.interactions', id, belongs: 't.customer_ids @> array[p.id]' };
    return this.loads.listOf('Interaction', parent, interactionConditions(filter), page, context);
  }

  @Requires('reception.workOrder.read')
  @FieldResolver(() => WorkOrderConnection, {
    nullable: true,
    description: "Work orders that the customer's contacts led to, the latest first.",
  })
  workOrders(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => WorkOrderFilter, { nullable: true }) filter: WorkOrderFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<WorkOrder>> {
    const belongs = `t.interaction_id in (select i.id from interaction i where i.customer_ids @> array[p.id])`;
    const parent = { field: 'Customer.workOrders', id, belongs };
    return this.loads.listOf('WorkOrder', parent, workOrderConditions(filter), page, context);
  }
}

@Resolver(() => UnitStub)
export class UnitReceptionResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: ReceptionLoads,
  ) {}

  @Requires('reception.interaction.read')
  @FieldResolver(() => InteractionConnection, {
    nullable: true,
    description: 'Contacts about the unit, the latest first.',
  })
  interactions(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => InteractionFilter, { nullable: true }) filter: InteractionFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Interaction>> {
    const parent = { field: 'Unit.interactions', id, belongs: 't.unit_id = p.id' };
    return this.loads.listOf('Interaction', parent, interactionConditions(filter), page, context);
  }

  @Requires('reception.workOrder.read')
  @FieldResolver(() => WorkOrderConnection, {
    nullable: true,
    description: 'Work orders for the unit, the latest first.',
  })
  workOrders(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => WorkOrderFilter, { nullable: true }) filter: WorkOrderFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<WorkOrder>> {
    const parent = { field: 'Unit.workOrders', id, belongs: 't.unit_id = p.id' };
    return this.loads.listOf('WorkOrder', parent, workOrderConditions(filter), page, context);
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => [InteractionItemEntry], {
    nullable: true,
    description: 'What open contacts about the unit led to and is not done, oldest contact first.',
  })
  openItems(@Root() { id }: Stub, @Ctx() context: RequestContext): Promise<InteractionItemEntry[]> {
    return context.loaders.load('Unit.openItems', id, async (ids) => {
      const query = this.dataSource
        .createQueryBuilder(Interaction, 't')
        .where(`t.unitId = any(:ids) and t.status = 'OPEN'`, { ids })
        .orderBy('t.receivedAt')
        .addOrderBy('t.id');
      const contacts = await inProjectScope(query, context, 'reception.interaction.read').getMany();
      const contactIds = contacts.map((contact) => contact.id);
      const items = await itemsOf(this.dataSource.manager, contactIds);
      const byUnit = new Map<string, InteractionItemEntry[]>(ids.map((unitId) => [unitId, []]));
      for (const contact of contacts) {
        const open = items.get(contact.id)!.filter(({ item }) => item.status === 'OPEN');
        byUnit.get(contact.unitId!)!.push(...open.map((item) => itemEntry(item, contact)));
      }
      return ids.map((unitId) => byUnit.get(unitId)!);
    });
  }
}

@Resolver(() => StaffStub)
export class StaffReceptionResolver {
  constructor(private readonly loads: ReceptionLoads) {}

  @Requires('reception.workOrder.read')
  @FieldResolver(() => WorkOrderConnection, {
    nullable: true,
    description: 'Work orders of the technician, the latest first.',
  })
  workOrders(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => WorkOrderFilter, { nullable: true }) filter: WorkOrderFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<WorkOrder>> {
    const parent = { field: 'Staff.workOrders', id, belongs: 't.technician_id = p.id' };
    return this.loads.listOf('WorkOrder', parent, workOrderConditions(filter), page, context);
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => InteractionConnection, {
    nullable: true,
    description: 'Contacts that the employee owns (首问责任制, REC-03), the latest first.',
  })
  ownedInteractions(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => InteractionFilter, { nullable: true }) filter: InteractionFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Interaction>> {
    const parent = { field: 'Staff.ownedInteractions', id, belongs: 't.owner_id = p.id' };
    return this.loads.listOf('Interaction', parent, interactionConditions(filter), page, context);
  }
}

const ofProject = 't.project_id = p.id';

@Resolver(() => ProjectStub)
export class ProjectReceptionResolver {
  constructor(private readonly loads: ReceptionLoads) {}

  @Requires('reception.interaction.read')
  @FieldResolver(() => InteractionConnection, {
    nullable: true,
    description: 'Contacts of the project, the latest first.',
  })
  interactions(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => InteractionFilter, { nullable: true }) filter: InteractionFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Interaction>> {
    const parent = { field: 'Project.interactions', id, belongs: ofProject };
    return this.loads.listOf('Interaction', parent, interactionConditions(filter), page, context);
  }

  @Requires('reception.workOrder.read')
  @FieldResolver(() => WorkOrderConnection, {
    nullable: true,
    description: 'Work orders of the project, the latest first.',
  })
  workOrders(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => WorkOrderFilter, { nullable: true }) filter: WorkOrderFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<WorkOrder>> {
    const parent = { field: 'Project.workOrders', id, belongs: ofProject };
    return this.loads.listOf('WorkOrder', parent, workOrderConditions(filter), page, context);
  }

  @Requires('reception.followUp.read')
  @FieldResolver(() => FollowUpConnection, {
    nullable: true,
    description: "The project's register, the latest entry first.",
  })
  followUps(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => FollowUpFilter, { nullable: true }) filter: FollowUpFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<FollowUp>> {
    const parent = { field: 'Project.followUps', id, belongs: ofProject };
    return this.loads.listOf('FollowUp', parent, followUpConditions(filter), page, context);
  }

  @Requires('reception.rectification.read')
  @FieldResolver(() => RectificationConnection, {
    nullable: true,
    description: 'Liaison forms of the project, the latest first.',
  })
  rectifications(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => RectificationFilter, { nullable: true })
    filter: RectificationFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Rectification>> {
    const parent = { field: 'Project.rectifications', id, belongs: ofProject };
    return this.loads.listOf('Rectification', parent, rectificationConditions(filter), page, context);
  }
}

@Resolver(() => InteractionItemEntry)
export class InteractionItemResolver {
  constructor(private readonly loads: ReceptionLoads) {}

  @Requires('reception.interaction.read')
  @FieldResolver(() => Interaction, { nullable: true })
  interaction(
    @Root() item: InteractionItemEntry,
    @Ctx() context: RequestContext,
  ): Promise<Interaction | null> {
    return this.loads.one('Interaction', item.interactionId, context);
  }

  @Requires('reception.workOrder.read')
  @FieldResolver(() => WorkOrder, { nullable: true, description: 'Where the item is a work order.' })
  async workOrder(
    @Root() { kind, id }: InteractionItemEntry,
    @Ctx() context: RequestContext,
  ): Promise<WorkOrder | null> {
    return kind === 'WORK_ORDER' ? this.loads.one('WorkOrder', id, context) : null;
  }

  @Requires('reception.rectification.read')
  @FieldResolver(() => Rectification, { nullable: true, description: 'Where the item is a liaison form.' })
  async rectification(
    @Root() { kind, id }: InteractionItemEntry,
    @Ctx() context: RequestContext,
  ): Promise<Rectification | null> {
    return kind === 'RECTIFICATION' ? this.loads.one('Rectification', id, context) : null;
  }

  @Requires('reception.followUp.read')
  @FieldResolver(() => FollowUp, {
    nullable: true,
    description: 'Where the item is an entry of the register.',
  })
  async followUp(
    @Root() { kind, id }: InteractionItemEntry,
    @Ctx() context: RequestContext,
  ): Promise<FollowUp | null> {
    return kind === 'FOLLOW_UP' ? this.loads.one('FollowUp', id, context) : null;
  }
}
