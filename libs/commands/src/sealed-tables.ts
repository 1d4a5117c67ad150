import type { DataSource } from 'typeorm';
import { encryptionOf } from '@anju/access';

/** A column whose values are ciphertext of the data keys. */
export interface SealedText {
  readonly column: string;
  /** For which its values were encrypted: they can be read with this only. */
  readonly place: string;
}

/** A table that has such columns. */
export interface SealedTable {
  readonly table: string;
  /** The columns of its primary key. */
  readonly key: readonly string[];
  readonly texts: readonly SealedText[];
}

/** Answers to requests with an idempotency key: every service has them. */
const answers: SealedTable = {
  table: 'idempotency',
  key: ['actor', 'key'],
  texts: [{ column: 'answer', place: '' }],
};

/**
 * All tables of a service that hold ciphertext: those of its entities are found by the type of their columns.
 * @param withoutEntity its tables that no entity reads
 */
export function sealedTables(
  dataSource: DataSource,
  withoutEntity: readonly SealedTable[] = [],
): readonly SealedTable[] {
  const ofEntities = dataSource.entityMetadatas.map((metadata): SealedTable => ({
    table: metadata.tableName,
    key: metadata.primaryColumns.map(({ databaseName }) => databaseName),
    texts: metadata.columns.flatMap(({ databaseName: column, transformer }) => {
      const place = encryptionOf(transformer);
      return place === null ? [] : [{ column, place }];
    }),
  }));
  return [...ofEntities.filter(({ texts }) => texts.length > 0), ...withoutEntity, answers];
}
