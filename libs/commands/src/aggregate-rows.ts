import type { EntityManager, EntityMetadata } from 'typeorm';
import type { AggregateColumns, AggregateDefinition, AggregateState } from './aggregate';

/** How aggregates of an entity are read. */
interface Reading {
  /** The statement, up to what is asked for. */
  readonly select: string;
  readonly columns: EntityMetadata['columns'];
  /** An aggregate before its values are known. */
  readonly blank: object;
}

const readings = new WeakMap<EntityMetadata, Reading>();

function readingOf(metadata: EntityMetadata): Reading {
  let reading = readings.get(metadata);
  if (!reading) {
    const columns = metadata.columns.filter(({ isSelect }) => isSelect);
    const names = columns.map(({ databaseName }) => `"${databaseName}"`);
    const blank = Object.fromEntries(columns.map(({ propertyName }) => [propertyName, null]));
    reading = { columns, blank, select: `select ${names.join(', ')} from ${metadata.tablePath}` };
    readings.set(metadata, reading);
  }
  return reading;
}

/**
 * What has all the columns of an entity, as one. An object that is copied whole keeps the layout that it has in common
 * with others; one of so many properties that gets them one by one becomes a hash table, and to copy that, as every
 * decision does, takes ten times as long.
 */
function entityOf<Entity extends object>(entity: new () => Entity, columns: object): Entity {
  return Object.setPrototypeOf(columns, entity.prototype as object) as Entity;
}

/**
 * Aggregates, column by column. They are their columns and nothing else: to have the statement written, and its rows
 * read, by a query builder took longer than the database did.
 */
async function readAggregates<Entity extends AggregateColumns>(
  { entity }: { readonly entity: new () => Entity },
  tx: EntityManager,
  asked: string,
  parameters: unknown[],
): Promise<Entity[]> {
  const { select, columns, blank } = readingOf(tx.dataSource.getMetadata(entity));
  const rows: Readonly<Record<string, unknown>>[] = await tx.query(`${select} ${asked}`, parameters);
  const { driver } = tx.dataSource;
  return rows.map((row) => {
    const values: Record<string, unknown> = { ...blank };
    for (const column of columns) {
      values[column.propertyName] = driver.prepareHydratedValue(row[column.databaseName], column);
    }
    return entityOf(entity, values);
  });
}

/** The aggregate, which nobody else can change before the transaction ends. */
export async function lock<Entity extends AggregateColumns>(
  aggregate: { readonly entity: new () => Entity },
  tx: EntityManager,
  id: string,
): Promise<Entity | null> {
  const [found] = await readAggregates(aggregate, tx, 'where id = $1 for update', [id]);
  return found ?? null;
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
  return entityOf(aggregate.entity, {
    ...current,
    ...state,
    ...aggregate.queryColumns?.(state, environment),
    version: current.version + 1,
    createdAt: current.createdAt,
    updatedAt: at,
  });
}

/** Those that nobody else holds, in the order of their ids, so that two who lock several do not wait for each other. */
export function lockFree<Entity extends AggregateColumns>(
  aggregate: { readonly entity: new () => Entity },
  tx: EntityManager,
  ids: readonly string[],
): Promise<Entity[]> {
  return readAggregates(aggregate, tx, 'where id = any($1) order by id for update skip locked', [ids]);
}

/** What the rules take as an argument, by project; asked for once each. */
export async function environmentsOf<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns,
>(
  aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
  entities: readonly Entity[],
  tx: EntityManager,
): Promise<ReadonlyMap<string | null, Environment>> {
  const projectIds = [...new Set(entities.map(({ projectId }) => projectId ?? null))];
  if (aggregate.environments) {
    const environments = await aggregate.environments(projectIds, tx);
    return new Map(projectIds.map((projectId, n) => [projectId, environments[n]!]));
  }
  const byProject = new Map<string | null, Environment>();
  for (const projectId of projectIds) byProject.set(projectId, await aggregate.environment(projectId, tx));
  return byProject;
}

/** The projects in which a right on it counts. */
export function projectIdsOf<State extends AggregateState>(
  aggregate: { readonly projectIds?: (state: State) => readonly string[] },
  state: State,
): readonly string[] {
  return aggregate.projectIds?.(state) ?? (state.projectId ? [state.projectId] : []);
}
