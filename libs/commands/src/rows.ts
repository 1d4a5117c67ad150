import type { DataSource, EntityManager, ObjectLiteral } from 'typeorm';
import { QueryFailedError } from 'typeorm';
import { sendLater } from '@anju/database';
import { Fault } from './errors';

type EntityClass<Entity> = new () => Entity;

/** Values are never changed in their place: a list of the same values is the same. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((value, index) => value === b[index]);
}

/** PostgreSQL takes 65,535 parameters in a statement; no table has more than 100 columns. */
const rowsPerStatement = 500;

/** Inserts exactly the entities' columns: one statement for hundreds, no look-up before it. */
export async function insertRows<Entity extends ObjectLiteral>(
  tx: EntityManager,
  entityClass: EntityClass<Entity>,
  entities: readonly Entity[],
): Promise<void> {
  for (let start = 0; start < entities.length; start += rowsPerStatement) {
    const values = entities.slice(start, start + rowsPerStatement);
    await uniquely(tx.dataSource, entityClass, () =>
      tx.createQueryBuilder().insert().into(entityClass).values(values).updateEntity(false).execute(),
    );
  }
}

/** Inserts exactly the entity's columns, by the commit: `uniquely` is around it. */
export async function insertRow<Entity extends ObjectLiteral>(
  tx: EntityManager,
  entityClass: EntityClass<Entity>,
  entity: Entity,
): Promise<void> {
  const metadata = tx.dataSource.getMetadata(entityClass);
  const { driver } = tx.dataSource;
  const columns = metadata.columns.filter(
    ({ isInsert, propertyName }) => isInsert && entity[propertyName] !== undefined,
  );
  const names = columns.map(({ databaseName }) => `"${databaseName}"`);
  const places = columns.map((_column, index) => `$${index + 1}`);
  const values = columns.map((column): unknown =>
    driver.preparePersistentValue(entity[column.propertyName], column),
  );
  await sendLater(
    tx,
    `insert into ${metadata.tablePath} (${names.join(', ')}) values (${places.join(', ')})`,
    values,
  );
}

/** Writes the columns that differ, by the commit; the caller holds the row's lock, and `uniquely` is around it. */
export async function updateRow<Entity extends ObjectLiteral>(
  tx: EntityManager,
  entityClass: EntityClass<Entity>,
  before: Entity,
  after: Entity,
): Promise<void> {
  const metadata = tx.dataSource.getMetadata(entityClass);
  const { driver } = tx.dataSource;
  const changed = metadata.columns.filter(
    ({ isPrimary, isUpdate, propertyName: name }) =>
      !isPrimary && isUpdate && !sameValue(before[name], after[name]),
  );
  if (changed.length === 0) return;
  const set = changed.map(({ databaseName }, index) => `"${databaseName}" = $${index + 2}`);
  const values = changed.map((column): unknown =>
    driver.preparePersistentValue(after[column.propertyName], column),
  );
  await sendLater(tx, `update ${metadata.tablePath} set ${set.join(', ')} where id = $1`, [
    before['id'],
    ...values,
  ]);
}

/** What a row was, and what it is to be. */
interface Change<Entity> {
  readonly was: Entity;
  readonly entity: Entity;
}

/** The same for the columns that differ in any of the rows, by one statement. */
export async function updateRows<Entity extends ObjectLiteral>(
  tx: EntityManager,
  entityClass: EntityClass<Entity>,
  changes: readonly Change<Entity>[],
): Promise<void> {
  const metadata = tx.dataSource.getMetadata(entityClass);
  const columns = metadata.columns.filter(
    ({ isPrimary, isUpdate, propertyName: name }) =>
      !isPrimary && isUpdate && changes.some(({ was, entity }) => !sameValue(was[name], entity[name])),
  );
  if (columns.length === 0) return;
  const names = columns.map(({ databaseName }) => `"${databaseName}"`);
  const { driver } = tx.dataSource;
  const types = columns.map((column) => `${driver.normalizeType(column)}${column.isArray ? '[]' : ''}`);
  const cells = columns.map((_column, index) => `c${index}`);
  const values = cells.map((cell) => `v."${cell}"`);
  const declared = cells.map((cell, index) => `"${cell}" ${types[index]}`);
  const rows = changes.map(({ entity }) => {
    const row: Record<string, unknown> = { id: entity['id'] };
    for (const [index, column] of columns.entries()) {
      row[cells[index]!] = column.getEntityValue(entity, true) as unknown;
    }
    return row;
  });
  await sendLater(
    tx,
    `update ${metadata.tablePath} t set (${names.join(', ')}) = row(${values.join(', ')})
     from json_to_recordset($1::json) as v(id uuid, ${declared.join(', ')}) where t.id = v.id`,
    [JSON.stringify(rows)],
  );
}

/**
 * A broken unique index of the entity's table is two people doing the same thing at once: a conflict, not a fault.
 * @param write until it is known what came of it
 */
export async function uniquely<Result>(
  dataSource: DataSource,
  entityClass: EntityClass<ObjectLiteral>,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const cause =
      error instanceof QueryFailedError
        ? (error.driverError as { code?: string; table?: string; constraint?: string })
        : {};
    const isItsOwn = cause.code === '23505' && cause.table === dataSource.getMetadata(entityClass).tableName;
    if (!isItsOwn) throw error;
    throw new Fault('CONFLICT', 'the same thing exists already', { constraint: cause.constraint });
  }
}
