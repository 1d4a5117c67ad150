import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  covers,
  duplicatesToOffer,
  maskIdentityNumber,
  maskPhone,
  survivorOf,
  type CustomerRoleKind,
} from '@anju/directory-rules';
import type { Clock } from '@anju/kernel';
import { DateScalar, HistoryEntry, Requires, loadHistory, type RequestContext } from '@anju/subgraph';
import { idsOfCustomersWith } from './customer-lookup';
import { Customer, lookupKeysOf } from './customer.entity';
import { rolesOnUnit, todayIn, visibleRoles } from './customer-roles';
import {
  CustomerAddress,
  CustomerHouseholdMember,
  CustomerIdentityDocument,
  CustomerPhone,
  CustomerRole,
} from './customer.schema';
import { DuplicateCandidate } from './directory-refusals';
import type { EntityLoads } from './entity-loads';
import { CustomerRoleKindEnum } from './graph-enums';
import { Project } from './project.entity';
import { Unit } from './unit.entity';

/** Whose home a unit is. */
const livingRoles: readonly CustomerRoleKind[] = ['OWNER', 'TENANT', 'FAMILY', 'OCCUPANT'];

@Resolver(() => Customer)
export class CustomerFieldsResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: EntityLoads,
    private readonly clock: Clock,
  ) {}

  @Requires('directory.customer.read')
  @FieldResolver(() => [CustomerPhone], { description: 'Masked; the first is called first.' })
  phones(@Root() { phones }: Customer): CustomerPhone[] {
    return phones.map((phone) => ({ id: phone.id, kind: phone.kind, masked: maskPhone(phone) }));
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [CustomerAddress], { description: 'Where he lives, works, gets his post.' })
  addresses(@Root() { addresses }: Customer): CustomerAddress[] {
    return [...addresses];
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [CustomerIdentityDocument], { description: 'Masked; at most one of each kind.' })
  identityDocuments(@Root() { identityDocuments }: Customer): CustomerIdentityDocument[] {
    return identityDocuments.map(({ kind, number }) => ({ kind, masked: maskIdentityNumber(number) }));
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [CustomerHouseholdMember], { description: 'The household (家庭成员).' })
  household(@Root() { household }: Customer): CustomerHouseholdMember[] {
    return household.map(({ id, name, relation, phone }) => {
      return { id, name, relation, maskedPhone: phone && maskPhone(phone) };
    });
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [CustomerRole], { description: 'What he is and was to units, by first day.' })
  roles(@Root() customer: Customer, @Ctx() context: RequestContext): CustomerRole[] {
    return visibleRoles(customer, context);
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [Unit], {
    description: 'The units of which he is owner, tenant, family or occupant today.',
  })
  async homes(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<Unit[]> {
    const living = customer.roles.filter(({ role }) => livingRoles.includes(role));
    const held = await Promise.all(
      living.map(async (role) =>
        covers(role, await todayIn(role.projectId, this.clock, this.loads, context)),
      ),
    );
    const unitIds = living.filter((_, n) => held[n]).map(({ unitId }) => unitId);
    return this.loads.several('Unit', [...new Set(unitIds)], context);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => [Project], { description: 'Projects that he has, or had, to do with.' })
  projects(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<Project[]> {
    return this.loads.several('Project', customer.projectIds, context);
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The record that this one went into (DIR-06).',
  })
  async mergedInto(
    @Root() { mergedIntoId }: Customer,
    @Ctx() context: RequestContext,
  ): Promise<Customer | null> {
    return mergedIntoId ? this.loads.one('Customer', mergedIntoId, context) : null;
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The record that stands for him now, after any number of merges; itself unless merged.',
  })
  async survivor(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<Customer | null> {
    if (customer.mergedIntoId === null) return customer;
    const id = await context.loaders.load('Customer.survivor', customer.id, async (ids) => {
      const steps: { id: string; into: string }[] = await this.dataSource.query(
        `with recursive step as (
           select id, merged_into_id from customer where id = any($1::uuid[])
           union select c.id, c.merged_into_id from customer c join step on c.id = step.merged_into_id
         ) select id, merged_into_id as into from step where merged_into_id is not null`,
        [ids],
      );
      const mergedInto = new Map(steps.map((step) => [step.id, step.into]));
      return ids.map((one) => survivorOf(one, mergedInto));
    });
    return this.loads.one('Customer', id, context);
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [Customer], { description: 'The records that went into this one (DIR-06).' })
  mergedFrom(@Root() { id }: Customer, @Ctx() context: RequestContext): Promise<Customer[]> {
    return context.loaders.load('Customer.mergedFrom', id, async (ids) => {
      const rows = await this.loads
        .query('Customer', context)
        .andWhere('customer.mergedIntoId = any(:ids)', { ids })
        .orderBy('customer.id')
        .getMany();
      return ids.map((one) => rows.filter(({ mergedIntoId }) => mergedIntoId === one));
    });
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [DuplicateCandidate], {
    description: 'Records that are probably the same customer (DIR-06).',
  })
  probableDuplicates(
    @Root() customer: Customer,
    @Ctx() context: RequestContext,
  ): Promise<DuplicateCandidate[]> {
    return context.loaders.load('Customer.probableDuplicates', customer.id, async (ids) => {
      const asked = await this.loads.several('Customer', ids, context);
      const others = await this.loads
        .query('Customer', context)
        .andWhere(`customer.id = any(${idsOfCustomersWith('lookup_keys', 'keys')})`, {
          keys: asked.flatMap(lookupKeysOf),
        })
        .orderBy('customer.id')
        .getMany();
      const byId = new Map(asked.map((one) => [one.id, one]));
      return ids.map((id) => {
        const one = byId.get(id);
        const offered = one ? duplicatesToOffer(one, others, []) : [];
        return offered.map(({ customerId, reasons }) => ({ customerId, reasons: [...reasons] }));
      });
    });
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [HistoryEntry], {
    description: 'What happened to this record; that of `mergedFrom` is theirs.',
  })
  history(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Customer', customer.id, 'directory.customer.read');
  }
}

@Resolver(() => CustomerRole)
export class CustomerRoleResolver {
  constructor(private readonly loads: EntityLoads) {}

  @Requires('directory.customer.read')
  @FieldResolver(() => Customer, { nullable: true, description: 'Whose role it is.' })
  customer(@Root() role: CustomerRole, @Ctx() context: RequestContext): Promise<Customer | null> {
    return this.loads.one('Customer', role.customerId, context);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => Unit, { nullable: true, description: 'The home.' })
  unit(@Root() role: CustomerRole, @Ctx() context: RequestContext): Promise<Unit | null> {
    return this.loads.one('Unit', role.unitId, context);
  }
}

@Resolver(() => DuplicateCandidate)
export class DuplicateCandidateResolver {
  constructor(private readonly loads: EntityLoads) {}

  @Requires('directory.customer.read')
  @FieldResolver(() => Customer, { nullable: true, description: 'The record, masked like any other.' })
  customer(@Root() candidate: DuplicateCandidate, @Ctx() context: RequestContext): Promise<Customer | null> {
    return this.loads.one('Customer', candidate.customerId, context);
  }
}

/** Who owns and lives in a unit. */
@Resolver(() => Unit)
export class UnitPeopleResolver {
  constructor(
    private readonly loads: EntityLoads,
    private readonly clock: Clock,
  ) {}

  @Requires('directory.customer.read')
  @FieldResolver(() => [CustomerRole], {
    nullable: true,
    description: "Everybody's roles on the unit, of all times, by first day.",
  })
  async roles(
    @Root() unit: Unit,
    @Arg('roles', () => [CustomerRoleKindEnum], { nullable: true }) kinds: CustomerRoleKind[] | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Only those held on this day.' })
    on: string | null,
    @Ctx() context: RequestContext,
  ): Promise<CustomerRole[]> {
    const roles = await rolesOnUnit(unit.id, this.loads, context);
    return roles.filter((role) => (!kinds || kinds.includes(role.role)) && (!on || covers(role, on)));
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [CustomerRole], {
    nullable: true,
    description: 'The owners (业主) through time, each with his first and last day.',
  })
  async owners(
    @Root() unit: Unit,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Only those who own it on this day.' })
    on: string | null,
    @Arg('newestFirst', () => Boolean, {
      defaultValue: false,
      description: 'By first day, the latest first; otherwise the earliest.',
    })
    newestFirst: boolean,
    @Ctx() context: RequestContext,
  ): Promise<CustomerRole[]> {
    const roles = await rolesOnUnit(unit.id, this.loads, context);
    const owners = roles.filter((role) => role.role === 'OWNER' && (!on || covers(role, on)));
    return newestFirst ? owners.reverse() : owners;
  }

  @Requires('directory.customer.read')
  @FieldResolver(() => [CustomerRole], {
    nullable: true,
    description: 'Owner, tenant, family and occupants on a day; today unless told.',
  })
  async residents(
    @Root() unit: Unit,
    @Arg('on', () => DateScalar, { nullable: true }) on: string | null,
    @Ctx() context: RequestContext,
  ): Promise<CustomerRole[]> {
    const roles = await rolesOnUnit(unit.id, this.loads, context);
    const day = on ?? (await todayIn(unit.projectId, this.clock, this.loads, context));
    return roles.filter((role) => livingRoles.includes(role.role) && covers(role, day));
  }
}
