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
import { ManagementFeeRun } from './desk-fee-run.entity';
import { FeeAccount } from './fee-account.entity';
import type { FilterConditions } from './filter-conditions';
import { Receipt } from './receipt.entity';
import type { ListParent } from './reception-loads';
import { ReleaseSlip } from './release-slip.entity';
import { Shift } from './shift.entity';

interface Readable<Entity extends ObjectLiteral> {
  readonly entity: new () => Entity;
  readonly permission: Permission;
  readonly order: PageOrder<Entity>;
}

function newestFirst<Entity extends ObjectLiteral>(
  entity: new () => Entity,
  permission: Permission,
  by: keyof Entity & string,
): Readable<Entity> {
  return { entity, permission, order: { by, direction: 'DESC' } };
}

const types = {
  Shift: newestFirst(Shift, 'reception.shift.read', 'openedAt'),
  Receipt: newestFirst(Receipt, 'reception.payment.read', 'issuedAt'),
  FeeAccount: newestFirst(FeeAccount, 'reception.fee.read', 'createdAt'),
  ManagementFeeRun: newestFirst(ManagementFeeRun, 'reception.fee.read', 'chargedAt'),
  ReleaseSlip: newestFirst(ReleaseSlip, 'reception.releaseSlip.read', 'requestedAt'),
} as const;

type TypeName = keyof typeof types;
type Loaded<Name extends TypeName> = InstanceType<(typeof types)[Name]['entity']>;

/** Everything that is read of the counter's business, in the reader's projects only, many at a time. */
export class DeskLoads {
  constructor(private readonly dataSource: DataSource) {}

  /** One by its id; null for what is not there or not his to see. */
  one<Name extends TypeName>(name: Name, id: string, context: RequestContext): Promise<Loaded<Name> | null> {
    return context.loaders.load(`reference:${name}`, id, (ids) => this.by(name, 'id', ids, context));
  }

  list<Name extends TypeName>(
    name: Name,
    conditions: FilterConditions,
    page: PageArgs,
    context: RequestContext,
  ): Promise<Connection<Loaded<Name>>> {
    return paginate(conditions.addTo(this.query(name, context)), this.type(name).order, page);
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
      return pagesByParent(
        { dataSource: this.dataSource, entity, belongs: parent.belongs, where, order },
        ids,
        page,
      );
    });
  }

  /** The account of a unit; null where nothing was ever charged or paid, or it is not his to see. */
  accountOf(unitId: string, context: RequestContext): Promise<FeeAccount | null> {
    return context.loaders.load('fee account by unit', unitId, (ids) =>
      this.by('FeeAccount', 'unitId', ids, context),
    );
  }

  /** How the gateway asks for the entities that other services refer to. */
  references(): EntityReference[] {
    return (Object.keys(types) as TypeName[]).map((typeName) => ({
      typeName,
      permission: types[typeName].permission,
      load: (ids, context) => this.by(typeName, 'id', ids, context),
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

  private async by<Name extends TypeName>(
    name: Name,
    column: keyof Loaded<Name> & string,
    ids: readonly string[],
    context: RequestContext,
  ): Promise<(Loaded<Name> | null)[]> {
    const rows = await this.query(name, context)
      .andWhere(`t.${column} = any(:ids)`, { ids: ids.filter(isId) })
      .getMany();
    return inOrderOf(ids, rows, (row) => row[column] as string);
  }
}
