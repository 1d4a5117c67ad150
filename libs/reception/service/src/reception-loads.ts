import type { DataSource, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Permission } from '@anju/access';
import { isId } from '@anju/kernel';
import {
  inOrderOf,
  inProjectScope,
  pagesByParent,
  paginate,
  projectScopeSql,
  type Connection,
  type EntityReference,
  type PageArgs,
  type PageOrder,
  type RequestContext,
} from '@anju/subgraph';
import type { FilterConditions } from './filter-conditions';
import { FollowUp } from './follow-up.entity';
import { Interaction } from './interaction.entity';
import { Rectification } from './rectification.entity';
import { WorkOrder } from './work-order.entity';

interface Readable<Entity extends ObjectLiteral> {
  readonly entity: new () => Entity;
  readonly permission: Permission;
  /** Of lists. */
  readonly order: PageOrder<Entity>;
}

function readable<Entity extends ObjectLiteral>(
  entity: new () => Entity,
  permission: Permission,
  newestBy: keyof Entity & string,
): Readable<Entity> {
  return { entity, permission, order: { by: newestBy, direction: 'DESC' } };
}

const types = {
  Interaction: readable(Interaction, 'reception.interaction.read', 'receivedAt'),
  WorkOrder: readable(WorkOrder, 'reception.workOrder.read', 'issuedAt'),
  FollowUp: readable(FollowUp, 'reception.followUp.read', 'enteredAt'),
  Rectification: readable(Rectification, 'reception.rectification.read', 'requestedAt'),
} as const;

type TypeName = keyof typeof types;
type Loaded<Name extends TypeName> = InstanceType<(typeof types)[Name]['entity']>;

/** Something that a list of rows `t` belongs to, by SQL on its id `p.id`. */
export interface ListParent {
  /** Its type and field, such as `Customer.interactions`. */
  readonly field: string;
  readonly id: string;
  readonly belongs: string;
}

/** Everything that is read of the reception, in the reader's projects only, many at a time. */
export class ReceptionLoads {
  constructor(private readonly dataSource: DataSource) {}

  /** One by its id; null for what is not there or not his to see. */
  one<Name extends TypeName>(name: Name, id: string, context: RequestContext): Promise<Loaded<Name> | null> {
    return context.loaders.load(`reference:${name}`, id, (ids) => this.many(name, ids, context));
  }

  /** A list of its own. */
  list<Name extends TypeName>(
    name: Name,
    conditions: FilterConditions,
    page: PageArgs,
    context: RequestContext,
  ): Promise<Connection<Loaded<Name>>> {
    const query = conditions.addTo(this.query(name, context));
    return paginate(query, this.type(name).order, page);
  }

  /** The list of one of many parents; the statements are the same for all of them. */
  listOf<Name extends TypeName>(
    name: Name,
    parent: ListParent,
    conditions: FilterConditions,
    page: PageArgs,
    context: RequestContext,
  ): Promise<Connection<Loaded<Name>>> {
    const kind = JSON.stringify([parent.field, conditions.key, page]);
    return context.loaders.load(kind, parent.id, (ids) => {
      const { entity, permission, order } = this.type(name);
      const scope = projectScopeSql(context, permission, 2);
      const asked = conditions.toSql(2 + scope.parameters.length);
      const where = {
        sql: `${scope.sql} and ${asked.sql}`,
        parameters: [...scope.parameters, ...asked.parameters],
      };
      const { belongs } = parent;
      return pagesByParent({ dataSource: this.dataSource, entity, belongs, where, order }, ids, page);
    });
  }

  /** All that belong to one of many by a column, such as a contact's work orders; oldest first. */
  all<Name extends TypeName>(
    name: Name,
    column: keyof Loaded<Name> & string,
    id: string,
    context: RequestContext,
  ): Promise<Loaded<Name>[]> {
    return context.loaders.load(`${name} by ${column}`, id, async (ids) => {
      const rows = await this.query(name, context)
        .andWhere(`t.${column} = any(:ids)`, { ids })
        .orderBy('t.createdAt')
        .addOrderBy('t.id')
        .getMany();
      const byId = new Map<unknown, Loaded<Name>[]>(ids.map((one) => [one, []]));
      for (const row of rows) byId.get(row[column])?.push(row);
      return ids.map((one) => byId.get(one)!);
    });
  }

  /** How the gateway asks for the entities that other services refer to. */
  references(): EntityReference[] {
    return (Object.keys(types) as TypeName[]).map((typeName) => ({
      typeName,
      permission: types[typeName].permission,
      load: (ids, context) => this.many(typeName, ids, context),
    }));
  }

  private type<Name extends TypeName>(name: Name): Readable<Loaded<Name>> {
    return types[name] as unknown as Readable<Loaded<Name>>;
  }

  private query<Name extends TypeName>(
    name: Name,
    context: RequestContext,
  ): SelectQueryBuilder<Loaded<Name>> {
    const { entity, permission } = this.type(name);
    return inProjectScope(this.dataSource.createQueryBuilder(entity, 't'), context, permission);
  }

  private async many<Name extends TypeName>(
    name: Name,
    ids: readonly string[],
    context: RequestContext,
  ): Promise<(Loaded<Name> | null)[]> {
    const rows = await this.query(name, context)
      .andWhere('t.id = any(:ids)', { ids: ids.filter(isId) })
      .getMany();
    return inOrderOf(ids, rows, (row) => row.id);
  }
}
