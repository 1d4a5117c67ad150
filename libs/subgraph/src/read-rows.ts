import { LRUCache } from 'lru-cache';
import type { DataSource, EntityMetadata, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { readTexts } from './row-query';
import { RowReader } from './row-reader';

/** A query as it is sent, with the names of its parameters in their order. */
interface Statement {
  readonly text: string;
  readonly parameters: readonly string[];
}

interface Known<Entity extends object> {
  readonly reader: RowReader<Entity>;
  /** By the shape of the query. */
  readonly statements: LRUCache<string, Statement>;
}

/** Filters of a list can be combined in many ways. */
const mostStatements = 200;

const knownByMetadata = new WeakMap<EntityMetadata, Known<ObjectLiteral>>();

function knownOf<Entity extends ObjectLiteral>(metadata: EntityMetadata): Known<Entity> {
  let known = knownByMetadata.get(metadata);
  if (!known) {
    known = { reader: new RowReader(metadata), statements: new LRUCache({ max: mostStatements }) };
    knownByMetadata.set(metadata, known);
  }
  return known as unknown as Known<Entity>;
}

/**
 * How the rows of an entity are read.
 * @throws Error for one that is more than its columns
 */
export function rowReaderOf<Entity extends ObjectLiteral>(
  dataSource: DataSource,
  entity: new () => Entity,
): RowReader<Entity> {
  const { reader } = knownOf<Entity>(dataSource.getMetadata(entity));
  if (!reader.isPlain) throw new Error(`${entity.name} is more than its columns`);
  return reader;
}

/** What tells one statement from another, but not its values; null where TypeORM has to carry it out. */
function shapeOf<Entity extends ObjectLiteral>(query: SelectQueryBuilder<Entity>): string | null {
  const { expressionMap: map } = query;
  const [main, ...others] = map.aliases;
  const isPlain =
    others.length === map.joinAttributes.length &&
    map.joinAttributes.every(
      ({ direction, entityOrProperty }) => direction === 'INNER' && typeof entityOrProperty === 'function',
    ) &&
    map.selects.length === 1 &&
    map.selects[0]!.selection === main!.name &&
    map.groupBys.length === 0 &&
    map.havings.length === 0 &&
    map.lockMode === undefined &&
    map.take === undefined &&
    map.skip === undefined &&
    map.offset === undefined &&
    (query as unknown as { readonly queryRunner?: object }).queryRunner === undefined;
  if (!isPlain) return null;
  let shape = `${main!.name} ${map.limit ?? ''}`;
  for (const { alias, condition } of map.joinAttributes) {
    shape += `\njoin ${alias.metadata.tablePath} ${alias.name} ${condition ?? ''}`;
  }
  for (const { type, condition } of map.wheres) {
    // Spread parameters make a statement of their own for every number of values.
    if (typeof condition !== 'string' || condition.includes(':...')) return null;
    shape += `\n${type} ${condition}`;
  }
  for (const [column, direction] of Object.entries(map.orderBys)) {
    shape += `\n${column} ${typeof direction === 'string' ? direction : JSON.stringify(direction)}`;
  }
  return shape;
}

/** TypeORM writes the statement, once; only what it selects is written here. */
function statementOf<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  reader: RowReader<Entity>,
): Statement | null {
  const names = Object.keys(query.expressionMap.parameters);
  const marks = new Map<object, string>(names.map((name) => [{}, name]));
  const marked = query.clone().select('1', 'rows');
  for (const [mark, name] of marks) marked.setParameter(name, mark);
  const [text, values] = marked.getQueryAndParameters();
  const selected = 'SELECT 1 AS "rows" FROM';
  const parameters = values.map((value) => marks.get(value as object));
  if (!text.startsWith(selected) || parameters.includes(undefined)) return null;
  return {
    text: `select ${reader.columns(query.alias)} from${text.slice(selected.length)}`,
    parameters: parameters as string[],
  };
}

/**
 * The entities that a query finds, as its own `getMany` gives them. Queries of one shape are written once, and
 * their rows are read by what is known of the entity: both took most of a list's time.
 * @param query of one entity, which others may be joined to that are in it once; what joins otherwise, locks, or
 * belongs to a transaction is left to TypeORM
 * @throws QueryFailedError
 */
export async function readMany<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
): Promise<Entity[]> {
  const { expressionMap } = query;
  const { reader, statements } = knownOf<Entity>(expressionMap.mainAlias!.metadata);
  const shape = reader.isPlain ? shapeOf(query) : null;
  if (shape === null) return query.getMany();
  let statement = statements.get(shape);
  if (!statement) {
    const made = statementOf(query, reader);
    if (!made) return query.getMany();
    statement = made;
    statements.set(shape, statement);
  }
  const { parameters } = expressionMap;
  const values = statement.parameters.map((name): unknown => parameters[name]);
  return reader.read(await readTexts(query.dataSource, statement.text, values), 0);
}
