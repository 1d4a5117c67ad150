import { types as pgTypes } from 'pg';
import type { EntityMetadata, ObjectLiteral } from 'typeorm';
import { isJsonTransformer, jsonFrom } from '@anju/commands';
import { arrayFrom, instantFrom } from './column-texts';
import type { TextRows } from './row-query';

type ColumnMetadata = EntityMetadata['columns'][number];
type Decode = (text: string) => unknown;

const oid = {
  text: 25,
  int4: 23,
  uuid: 2950,
  jsonb: 3802,
  timestamptz: 1184,
  textArray: 1009,
  uuidArray: 2951,
};

const asItIs: Decode = (text) => text;

/** The part of TypeORM's driver that knows how values of a column are kept. */
interface Driver {
  prepareHydratedValue(value: unknown, column: ColumnMetadata): unknown;
}

/** What most columns hold, read at once; the same as the driver of TypeORM and pg make of it together. */
function quickDecode(column: ColumnMetadata, type: number): Decode | null {
  if (type === oid.jsonb && isJsonTransformer(column.transformer)) return jsonFrom;
  if (column.transformer) return null;
  if ((type === oid.text && column.type === 'text') || (type === oid.uuid && column.type === 'uuid')) {
    return column.isArray ? null : asItIs;
  }
  if (type === oid.timestamptz && column.type === 'timestamptz') return instantFrom;
  if (type === oid.int4 && column.type === 'int') return Number;
  if (type === oid.textArray || type === oid.uuidArray) return column.isArray ? arrayFrom : null;
  return null;
}

interface ReadColumn {
  readonly metadata: ColumnMetadata;
  readonly property: string;
  /** Null for what is nothing in the database, unless the column makes something of it. */
  readonly ofNull: unknown;
}

/** Makes entities of rows that are read as text. */
export class RowReader<Entity extends object> {
  /** Whether an entity is its columns and nothing else; TypeORM reads all others. */
  readonly isPlain: boolean;
  private readonly readColumns: readonly ReadColumn[];
  private readonly columnsByAlias = new Map<string, string>();
  /** A prepared statement gives the same list of types each time, and has the entity in the same place. */
  private readonly decodersByTypes = new WeakMap<readonly number[], readonly Decode[]>();

  constructor(private readonly metadata: EntityMetadata) {
    const columns = metadata.columns.filter(({ isSelect }) => isSelect);
    this.isPlain =
      metadata.relations.length === 0 &&
      metadata.embeddeds.length === 0 &&
      metadata.childEntityMetadatas.length === 0 &&
      metadata.afterLoadListeners.length === 0 &&
      metadata.dataSource.subscribers.length === 0 &&
      typeof metadata.target === 'function' &&
      metadata.columns.every((column) => !column.isVirtual && !column.isVirtualProperty && !column.query);
    const driver = metadata.dataSource.driver as unknown as Driver;
    this.readColumns = columns.map((column) => ({
      metadata: column,
      property: column.propertyName,
      ofNull: driver.prepareHydratedValue(null, column),
    }));
  }

  /** What has to be selected, in this order. @param alias of the table */
  columns(alias: string): string {
    let columns = this.columnsByAlias.get(alias);
    if (columns === undefined) {
      columns = this.written(alias);
      this.columnsByAlias.set(alias, columns);
    }
    return columns;
  }

  private written(alias: string): string {
    return this.readColumns.map(({ metadata }) => `"${alias}"."${metadata.databaseName}"`).join(', ');
  }

  /**
   * @param first place of the first column that belongs to the entity
   */
  read({ rows, types }: TextRows, first: number): Entity[] {
    if (rows.length === 0) return [];
    const { readColumns } = this;
    const decoders = this.decoders(types, first);
    const prototype = (this.metadata.target as Function).prototype as object;
    return rows.map((row) => {
      const entity = Object.create(prototype) as ObjectLiteral;
      for (let index = 0; index < readColumns.length; index += 1) {
        const column = readColumns[index]!;
        const text = row[first + index];
        entity[column.property] = text === null ? column.ofNull : decoders[index]!(text!);
      }
      return entity as Entity;
    });
  }

  private decoders(types: readonly number[], first: number): readonly Decode[] {
    let decoders = this.decodersByTypes.get(types);
    if (!decoders) {
      const driver = this.metadata.dataSource.driver as unknown as Driver;
      decoders = this.readColumns.map(({ metadata: column }, index): Decode => {
        const type = types[first + index]!;
        const quick = quickDecode(column, type);
        if (quick) return quick;
        const parse = pgTypes.getTypeParser(type, 'text') as Decode;
        return (text) => driver.prepareHydratedValue(parse(text), column);
      });
      this.decodersByTypes.set(types, decoders);
    }
    return decoders;
  }
}
