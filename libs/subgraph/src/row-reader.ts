import { types as pgTypes } from 'pg';
import type { EntityMetadata, ObjectLiteral } from 'typeorm';
import { isJsonTransformer, jsonFrom } from '@anju/commands';
import { arrayFrom, instantFrom } from './column-texts';
import type { Text, TextRows } from './row-query';

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

/** The row that an entity was read from. */
const source = Symbol('source');

interface WithSource {
  [source]?: readonly Text[];
}

/** How a column comes into an entity: at once, or by a property that reads it when somebody first asks for it. */
type ReadCell = { readonly decode: Decode } | { readonly onDemand: PropertyDescriptor };

/**
 * A property that puts what it reads in its own place. It is the entity's own and enumerable, so that copies of the
 * entity have it too.
 */
function onDemand(property: string, place: number, decode: Decode): PropertyDescriptor {
  const put = (entity: object, value: unknown): void => {
    Object.defineProperty(entity, property, {
      ...{ value, writable: true, enumerable: true, configurable: true },
    });
  };
  return {
    enumerable: true,
    configurable: true,
    get(this: WithSource) {
      const value = decode(this[source]![place]!);
      put(this, value);
      return value;
    },
    set(this: object, value: unknown) {
      put(this, value);
    },
  };
}

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
  private readonly cellsByTypes = new WeakMap<readonly number[], readonly ReadCell[]>();

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
   * Lists show little of an entity: its values of JSON, most of what it takes to read one, are read on demand.
   * @param first place of the first column that belongs to the entity
   */
  read({ rows, types }: TextRows, first: number): Entity[] {
    if (rows.length === 0) return [];
    const { readColumns } = this;
    const cells = this.cells(types, first);
    const prototype = (this.metadata.target as Function).prototype as object;
    return rows.map((row) => {
      const entity = Object.create(prototype) as ObjectLiteral;
      Object.defineProperty(entity, source, { value: row });
      for (let index = 0; index < readColumns.length; index += 1) {
        const { property, ofNull } = readColumns[index]!;
        const cell = cells[index]!;
        const text = row[first + index]!;
        if (text === null) entity[property] = ofNull;
        else if ('decode' in cell) entity[property] = cell.decode(text);
        else Object.defineProperty(entity, property, cell.onDemand);
      }
      return entity as Entity;
    });
  }

  private cells(types: readonly number[], first: number): readonly ReadCell[] {
    let cells = this.cellsByTypes.get(types);
    if (!cells) {
      const driver = this.metadata.dataSource.driver as unknown as Driver;
      cells = this.readColumns.map(({ metadata: column, property }, index): ReadCell => {
        const place = first + index;
        const type = types[place]!;
        const decode = quickDecode(column, type);
        if (decode === jsonFrom) return { onDemand: onDemand(property, place, decode) };
        if (decode) return { decode };
        const parse = pgTypes.getTypeParser(type, 'text') as Decode;
        return { decode: (text) => driver.prepareHydratedValue(parse(text), column) };
      });
      this.cellsByTypes.set(types, cells);
    }
    return cells;
  }
}
