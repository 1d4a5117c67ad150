import type { DataSource, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Permission } from '@anju/access';
import { isId } from '@anju/kernel';
import { pagesByParent, paginate, type Connection, type PageArgs, type PageOrder } from './connection';
import type { FilterConditions } from './filter-conditions';
import { inProjectScope, projectScopeSql } from './project-scope';
import { readMany } from './read-rows';
import { inOrderOf, type RequestContext } from './request-context';
import type { EntityReference } from './service-definition';

/** How an entity with a project is read. */
export interface Readable<Entity extends ObjectLiteral> {
  readonly entity: new () => Entity;
  readonly permission: Permission;
  /** Of lists. */
  readonly order: PageOrder<Entity>;
}

/** An entity whose lists show the newest first. */
export function newestFirst<Entity extends ObjectLiteral>(
  entity: new () => Entity,
  permission: Permission,
  by: keyof Entity & string,
): Readable<Entity> {
  return { entity, permission, order: { by, direction: 'DESC' } };
}

/** Something that a list of rows `t` belongs to, by SQL on its id `p.id`. */
export interface ListParent {
  /** Its type and field, such as `Customer.interactions`. */
  readonly field: string;
  readonly id: string;
  readonly belongs: string;
}

/** The entities of a service by their names in the graph. */
export type ReadableTypes = { readonly [name: string]: { readonly entity: new () => ObjectLiteral } };

type Loaded<Types extends ReadableTypes, Name extends keyof Types> = InstanceType<Types[Name]['entity']>;

/** Reads entities for the graph: in the reader's projects only, and for many parents at a time. */
export class EntityReads<Types extends ReadableTypes> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly types: Types,
  ) {}

  /** One by its id; null for what is not there or not his to see. */
  one<Name extends keyof Types & string>(
    name: Name,
    id: string,
    context: RequestContext,
  ): Promise<Loaded<Types, Name> | null> {
    return context.loaders.load(`reference:${name}`, id, (ids) => this.by(name, 'id', ids, context));
  }

  /** The one with this value in a unique column of ids; null for what is not there or not his to see. */
  oneBy<Name extends keyof Types & string>(
    name: Name,
    column: keyof Loaded<Types, Name> & string,
    value: string,
    context: RequestContext,
  ): Promise<Loaded<Types, Name> | null> {
    return context.loaders.load(`${name} with ${column}`, value, (values) =>
      this.by(name, column, values, context),
    );
  }

  /** A list of its own. */
  list<Name extends keyof Types & string>(
    name: Name,
    conditions: FilterConditions,
    page: PageArgs,
    context: RequestContext,
  ): Promise<Connection<Loaded<Types, Name>>> {
    return paginate(conditions.addTo(this.query(name, context)), this.type(name).order, page);
  }

  /** The list of one of many parents; the statements are the same for all of them. */
  listOf<Name extends keyof Types & string>(
    name: Name,
    parent: ListParent,
    conditions: FilterConditions,
    page: PageArgs,
    context: RequestContext,
  ): Promise<Connection<Loaded<Types, Name>>> {
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
  all<Name extends keyof Types & string>(
    name: Name,
    column: keyof Loaded<Types, Name> & string,
    id: string,
    context: RequestContext,
  ): Promise<Loaded<Types, Name>[]> {
    return context.loaders.load(`${name} by ${column}`, id, async (ids) => {
      const rows = await readMany(
        this.query(name, context)
          .andWhere(`t.${column} = any(:ids)`, { ids })
          .orderBy('t.createdAt')
          .addOrderBy('t.id'),
      );
      const byId = new Map<unknown, Loaded<Types, Name>[]>(ids.map((one) => [one, []]));
      for (const row of rows) byId.get(row[column])?.push(row);
      return ids.map((one) => byId.get(one)!);
    });
  }

  /** How the gateway asks for the entities that other services refer to. */
  references(): EntityReference[] {
    return Object.keys(this.types).map((typeName) => ({
      typeName,
      permission: this.type(typeName).permission,
      load: (ids, context) => this.by(typeName, 'id', ids, context),
    }));
  }

  private type<Name extends keyof Types>(name: Name): Readable<Loaded<Types, Name>> {
    return this.types[name] as unknown as Readable<Loaded<Types, Name>>;
  }

  private query<Name extends keyof Types>(
    name: Name,
    context: RequestContext,
  ): SelectQueryBuilder<Loaded<Types, Name>> {
    const { entity, permission } = this.type(name);
    return inProjectScope(this.dataSource.createQueryBuilder(entity, 't'), context, permission);
  }

  private async by<Name extends keyof Types>(
    name: Name,
    column: keyof Loaded<Types, Name> & string,
    values: readonly string[],
    context: RequestContext,
  ): Promise<(Loaded<Types, Name> | null)[]> {
    const found = this.query(name, context).andWhere(`t.${column} = any(:values)`, {
      values: values.filter(isId),
    });
    const rows = await readMany(found);
    return inOrderOf(values, rows, (row) => row[column] as string);
  }
}
