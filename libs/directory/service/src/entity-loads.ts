import type { DataSource, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { mayIn, projectScope, type Permission } from '@anju/access';
import { isId } from '@anju/kernel';
import { inOrderOf, principalOf, readMany, type EntityReference, type RequestContext } from '@anju/subgraph';
import { Building, BuildingSection } from './building.entity';
import { Customer } from './customer.entity';
import { Duty } from './duty.entity';
import { Import } from './import.entity';
import { Organisation } from './organisation.entity';
import { ParkingSpace } from './parking-space.entity';
import { Partner } from './partner.entity';
import { Project } from './project.entity';
import { Reveal } from './reveal.entity';
import { Staff } from './staff.entity';
import { Unit } from './unit.entity';

/** SQL that leaves the rows of the reader's projects; `:scope` are their ids, `@` the row. */
const condition = {
  itself: '@.id = any(:scope::uuid[])',
  project: '@.project_id = any(:scope::uuid[])',
  projects: '@.project_ids && :scope::uuid[]',
  /** What belongs to no project is the whole organisation's. */
  projectsOrAll: `(@.project_ids && :scope::uuid[] or (@.project_ids = '{}' and
    @.organisation_id in (select organisation_id from project where id = any(:scope::uuid[]))))`,
  /** Also those who have gone elsewhere: the records of a project go on naming them. */
  projectsEverServed: `(@.served_project_ids && :scope::uuid[] or (@.served_organisation and
    @.organisation_id in (select organisation_id from project where id = any(:scope::uuid[]))))`,
  ownsProject: '@.id in (select organisation_id from project where id = any(:scope::uuid[]))',
  customersProjects: `exists (select from customer where customer.id = @.customer_id
    and customer.project_ids && :scope::uuid[])`,
} as const;

interface Readable<Entity extends ObjectLiteral> {
  readonly entity: new () => Entity;
  readonly permission: Permission;
  /** In lists. */
  readonly inScope: string;
  /** By its id, where that is more. */
  readonly inScopeById: string;
}

function readable<Entity extends ObjectLiteral>(
  entity: new () => Entity,
  permission: Permission,
  inScope: string,
  inScopeById = inScope,
): Readable<Entity> {
  return { entity, permission, inScope, inScopeById };
}

const types = {
  Organisation: readable(Organisation, 'directory.structure.read', condition.ownsProject),
  Project: readable(Project, 'directory.structure.read', condition.itself),
  Building: readable(Building, 'directory.structure.read', condition.project),
  BuildingSection: readable(BuildingSection, 'directory.structure.read', condition.project),
  Unit: readable(Unit, 'directory.structure.read', condition.project),
  ParkingSpace: readable(ParkingSpace, 'directory.structure.read', condition.project),
  Customer: readable(Customer, 'directory.customer.read', condition.projects),
  Reveal: readable(Reveal, 'audit.read', condition.customersProjects),
  Staff: readable(Staff, 'directory.staff.read', condition.projectsOrAll, condition.projectsEverServed),
  Duty: readable(Duty, 'directory.duty.read', condition.project),
  Import: readable(Import, 'directory.import', condition.project),
  Partner: readable(Partner, 'directory.partner.read', condition.projectsOrAll),
} as const;

type TypeName = keyof typeof types;
type Loaded<Name extends TypeName> = InstanceType<(typeof types)[Name]['entity']>;

/**
 * Everything that is read of the directory, in the reader's projects only, many at a time. Its own, because what
 * is seen where is more than a column here: a customer is seen in several projects, an authority in all.
 */
export class EntityLoads {
  constructor(private readonly dataSource: DataSource) {}

  /** All rows of a type that the reader may see; the row is called by the table's name. */
  query<Name extends TypeName>(
    name: Name,
    context: RequestContext,
    permission: Permission = types[name].permission,
  ): SelectQueryBuilder<Loaded<Name>> {
    return this.scoped(name, types[name].inScope, context, permission);
  }

  /**
   * The same in one project, for a filter by it. In a project that is not his the reader finds nothing, not even
   * those of his own who are there too.
   */
  queryIn<Name extends TypeName>(
    name: Name,
    projectId: string | null | undefined,
    context: RequestContext,
  ): SelectQueryBuilder<Loaded<Name>> {
    const query = this.query(name, context);
    if (!projectId || mayIn(principalOf(context), types[name].permission, projectId)) return query;
    return query.andWhere('false');
  }

  private scoped<Name extends TypeName>(
    name: Name,
    inScope: string,
    context: RequestContext,
    permission: Permission,
  ): SelectQueryBuilder<Loaded<Name>> {
    const { entity } = types[name] as unknown as Readable<Loaded<Name>>;
    const alias = this.dataSource.getMetadata(entity).tableName;
    const query = this.dataSource.createQueryBuilder(entity, alias);
    const scope = projectScope(principalOf(context), permission);
    return scope === 'ALL' ? query : query.andWhere(inScope.replaceAll('@', alias), { scope });
  }

  /** One by its id; one query for all that the request asks for. Null for what is not there or not his to see. */
  one<Name extends TypeName>(name: Name, id: string, context: RequestContext): Promise<Loaded<Name> | null> {
    return context.loaders.load(`reference:${name}`, id, (ids) => this.many(name, ids, context));
  }

  /** Several by their ids, in the order of the ids, without those that are not his to see. */
  async several<Name extends TypeName>(
    name: Name,
    ids: readonly string[],
    context: RequestContext,
  ): Promise<Loaded<Name>[]> {
    const found = await Promise.all(ids.map((id) => this.one(name, id, context)));
    return found.filter((row) => row !== null);
  }

  /** How the gateway asks for the entities that other services extend. */
  references(): EntityReference[] {
    return (Object.keys(types) as TypeName[])
      .filter((name) => name !== 'Reveal')
      .map((typeName) => ({
        typeName,
        permission: types[typeName].permission,
        load: (ids, context) => this.many(typeName, ids, context),
      }));
  }

  private async many<Name extends TypeName>(
    name: Name,
    ids: readonly string[],
    context: RequestContext,
  ): Promise<(Loaded<Name> | null)[]> {
    const { inScopeById, permission } = types[name];
    const query = this.scoped(name, inScopeById, context, permission);
    const wellFormed = ids.filter(isId);
    const rows = await readMany(query.andWhere(`${query.alias}.id = any(:ids::uuid[])`, { ids: wellFormed }));
    return inOrderOf(ids, rows, (row) => row.id);
  }
}
