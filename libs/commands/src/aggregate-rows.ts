import type { EntityManager } from 'typeorm';
import type { AggregateColumns, AggregateDefinition, AggregateState } from './aggregate';

/** The aggregate, which nobody else can change before the transaction ends. */
export function lock<Entity extends AggregateColumns>(
  aggregate: { readonly entity: new () => Entity },
  tx: EntityManager,
  id: string,
): Promise<Entity | null> {
  return tx
    .createQueryBuilder(aggregate.entity, 'a')
    .setLock('pessimistic_write')
    .where('a.id = :id', { id })
    .getOne();
}

/** What is to be inserted after a decision. */
export function newEntity<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns,
>(
  aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
  state: State,
  at: Date,
  environment: Environment,
): Entity {
  const columns = { version: 1, createdAt: at, updatedAt: at };
  return Object.assign(new aggregate.entity(), state, aggregate.queryColumns?.(state, environment), columns);
}

/** What is to be saved after a decision. */
export function nextEntity<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns,
>(
  aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
  current: Entity,
  state: State,
  at: Date,
  environment: Environment,
): Entity {
  return Object.assign(new aggregate.entity(), current, {
    ...state,
    ...aggregate.queryColumns?.(state, environment),
    version: current.version + 1,
    createdAt: current.createdAt,
    updatedAt: at,
  });
}

/**
 * Those that nobody else holds, in the order of their ids, so that two who lock several do not wait for each other.
 * Read column by column, without what TypeORM does for rows that are joined.
 */
export async function lockFree<Entity extends AggregateColumns>(
  aggregate: { readonly entity: new () => Entity },
  tx: EntityManager,
  ids: readonly string[],
): Promise<Entity[]> {
  const { columns, tablePath } = tx.dataSource.getMetadata(aggregate.entity);
  const { driver } = tx.dataSource;
  const names = columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
  const rows: Readonly<Record<string, unknown>>[] = await tx.query(
    `select ${names} from ${tablePath} where id = any($1) order by id for update skip locked`,
    [ids],
  );
  return rows.map((row) => {
    const entity = new aggregate.entity();
    const values = entity as Record<string, unknown>;
    for (const column of columns) {
      values[column.propertyName] = driver.prepareHydratedValue(row[column.databaseName], column);
    }
    return entity;
  });
}

/** The projects in which a right on it counts. */
export function projectIdsOf<State extends AggregateState>(
  aggregate: { readonly projectIds?: (state: State) => readonly string[] },
  state: State,
): readonly string[] {
  return aggregate.projectIds?.(state) ?? (state.projectId ? [state.projectId] : []);
}
