import { ArgsType, Field, Int, ObjectType, type ClassType, Directive } from 'type-graphql';
import type { ColumnType, DataSource, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { badInput } from '@anju/commands';
import { readMany, rowReaderOf } from './read-rows';
import { readTexts } from './row-query';

export const defaultPageSize = 20;
export const largestPageSize = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many, at most ${largestPageSize}; ${defaultPageSize} unless told.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before.' })
  after?: string | null;
}

@Directive('@shareable')
@ObjectType({ description: 'Where a page ends and whether another follows.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more behind `endCursor`.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether there is more before `startCursor`.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Of the first entry; null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the last entry; give it to `after` for the next page.',
  })
  endCursor: string | null;
}

/** A page of a list, in the shape of the Relay connection specification. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  /** Counted only when asked for. */
  readonly totalCount: Promise<number> | number;
}

/** Declares `<Node>Connection` and `<Node>Edge` for an object type. */
export function connectionType<Node extends object>(
  node: ClassType<Node>,
  name: string,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `A ${name} and its place in the list.` })
  class Edge {
    @Field(() => String, { description: 'Its place in the list; give it to `after`.' })
    cursor: string;

    @Field(() => node, { description: 'The entry.' })
    node: Node;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${name} entries.` })
  class Page {
    @Field(() => [Edge], { description: 'The entries with their cursors.' })
    edges: Edge[];

    @Field(() => [node], { description: 'The entries without their cursors.' })
    nodes: Node[];

    @Field(() => PageInfo, { description: 'Where the page ends.' })
    pageInfo: PageInfo;

    @Field(() => Int, { description: 'How many there are on all pages together.' })
    totalCount: number;
  }
  return Page;
}

/** A stable order: a column and then the id. */
export interface PageOrder<Entity> {
  readonly by: keyof Entity & string;
  readonly direction: 'ASC' | 'DESC';
  /** Alias of a joined table which has that column and the id, too, and is to be read in this order. */
  readonly of?: string;
}

interface Cursor {
  readonly value: string;
  readonly id: string;
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString('base64url');
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/;

/** Whether the text can be a value of the column: PostgreSQL would fail on anything else. */
function fits(value: string, type: ColumnType): boolean {
  switch (type) {
    case 'text':
    case String:
      return !value.includes('\0');
    case 'uuid':
      return uuid.test(value);
    case 'int':
      return /^-?\d{1,9}$/.test(value);
    case 'numeric':
      return /^-?\d{1,18}(\.\d{1,9})?$/.test(value);
    default:
      return day.test(value) && !Number.isNaN(Date.parse(value));
  }
}

function decodeCursor(text: string, type: ColumnType): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 2 && parsed.every((part) => typeof part === 'string')) {
      const [value, id] = parsed as [string, string];
      if (uuid.test(id) && fits(value, type)) return { value, id };
    }
  } catch {
    // Falls through to the one answer for every kind of malformed cursor.
  }
  throw badInput({
    field: 'after',
    problem: 'is not a cursor of this list',
    expected: 'an endCursor or cursor that this list gave',
  });
}

/** @throws Fault BAD_USER_INPUT outside 1…largestPageSize */
export function pageSize(page: PageArgs): number {
  const size = page.first ?? defaultPageSize;
  if (size < 1 || size > largestPageSize) {
    throw badInput({
      field: 'first',
      problem: `is ${size}`,
      expected: `a number from 1 to ${largestPageSize}`,
    });
  }
  return size;
}

function toConnection<Node extends ObjectLiteral>(
  rows: readonly Node[],
  size: number,
  order: PageOrder<Node>,
  hasPreviousPage: boolean,
  count: () => Promise<number>,
): Connection<Node> {
  const nodes = rows.slice(0, size);
  const edges = nodes.map((node) => {
    const value: unknown = node[order.by];
    const text = value instanceof Date ? value.toISOString() : String(value);
    return { cursor: encodeCursor({ value: text, id: node['id'] as string }), node };
  });
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges[edges.length - 1]?.cursor ?? null,
    },
    get totalCount() {
      return count();
    },
  };
}

function afterCursor<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  order: PageOrder<Entity>,
  after: string,
): void {
  const column = query.expressionMap.mainAlias!.metadata.findColumnWithPropertyName(order.by)!;
  const { value, id } = decodeCursor(after, column.type);
  const comparison = order.direction === 'ASC' ? '>' : '<';
  const alias = order.of ?? query.alias;
  query.andWhere(`(${alias}.${order.by}, ${alias}.id) ${comparison} (:cursorValue, :cursorId)`, {
    cursorValue: value,
    cursorId: id,
  });
}

/**
 * One page of a query, one statement (and one more where the total is asked for).
 * @param query filters and project scope are already in it; ordering and limits are added here
 */
export async function paginate<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  order: PageOrder<Entity>,
  page: PageArgs,
): Promise<Connection<Entity>> {
  const size = pageSize(page);
  // TypeORM counts without order and limit, but not without what the cursor asks.
  const unpaged = page.after ? query.clone() : query;
  if (page.after) afterCursor(query, order, page.after);
  const alias = order.of ?? query.alias;
  query
    .orderBy(`${alias}.${order.by}`, order.direction)
    .addOrderBy(`${alias}.id`, order.direction)
    .limit(size + 1);
  const rows = await readMany(query);
  return toConnection(rows, size, order, Boolean(page.after), () => unpaged.getCount());
}

/** How the rows of a child table belong to their parents. */
export interface ChildPages<Entity extends ObjectLiteral> {
  readonly dataSource: DataSource;
  readonly entity: new () => Entity;
  /** SQL that ties a child `t` to a parent's id `p.id`, such as `t.customer_id = p.id`. */
  readonly belongs: string;
  /** Further SQL condition on `t`; parameters count from $2. */
  readonly where?: { readonly sql: string; readonly parameters: readonly unknown[] };
  readonly order: PageOrder<Entity>;
}

/**
 * Where an array of each child names its parents, PostgreSQL takes it that many children belong to a parent it does
 * not know, walks along the order until it has met enough, and meets nearly all of the table. Those of a parent are
 * few: they are looked up first, and then put in order.
 */
function childrenOf(table: string, belongs: string, condition: string): string {
  return belongs.includes('@>')
    ? `(select t.* from ${table} t where ${condition} offset 0) t`
    : `${table} t where ${condition}`;
}

/**
 * A first page for each of many parents in one statement, whatever their number.
 * Answers in the order of `parentIds`.
 */
export async function pagesByParent<Entity extends ObjectLiteral>(
  children: ChildPages<Entity>,
  parentIds: readonly string[],
  page: PageArgs,
): Promise<Connection<Entity>[]> {
  const size = pageSize(page);
  const metadata = children.dataSource.getMetadata(children.entity);
  const column = metadata.findColumnWithPropertyName(children.order.by)!;
  const orderColumn = column.databaseName;
  const { direction } = children.order;
  const parameters: unknown[] = [parentIds, ...(children.where?.parameters ?? [])];
  let condition = children.where ? `${children.belongs} and (${children.where.sql})` : children.belongs;
  const unpaged = condition;
  const countParameters = [...parameters];
  if (page.after) {
    const { value, id } = decodeCursor(page.after, column.type);
    parameters.push(value, id);
    const comparison = direction === 'ASC' ? '>' : '<';
    condition += ` and (t.${orderColumn}, t.id) ${comparison} ($${parameters.length - 1}, $${parameters.length})`;
  }
  const reader = rowReaderOf(children.dataSource, children.entity);
  const found = await readTexts(
    children.dataSource,
    `select p.n, ${reader.columns('t')} from unnest($1::uuid[]) with ordinality as p(id, n)
     cross join lateral (
       select ${reader.columns('t')} from ${childrenOf(metadata.tablePath, children.belongs, condition)}
       order by t.${orderColumn} ${direction}, t.id ${direction} limit ${size + 1}
     ) t order by p.n, t.${orderColumn} ${direction}, t.id ${direction}`,
    parameters,
  );
  const entities = reader.read(found, 1);
  const byParent = parentIds.map((): Entity[] => []);
  found.rows.forEach((row, index) => byParent[Number(row[0]) - 1]!.push(entities[index]!));
  // Asked for one parent, counted for all: the number of statements does not grow with theirs.
  let counting: Promise<Map<string, number>> | undefined;
  const counts = (): Promise<Map<string, number>> => {
    counting ??= children.dataSource
      .query(
        `select p.id as parent, count(*)::int as count from unnest($1::uuid[]) p(id)
         join ${metadata.tablePath} t on ${unpaged} group by p.id`,
        countParameters,
      )
      .then(
        (found: { parent: string; count: number }[]) => new Map(found.map((row) => [row.parent, row.count])),
      );
    return counting;
  };
  return parentIds.map((parent, index) =>
    toConnection(
      byParent[index]!,
      size,
      children.order,
      Boolean(page.after),
      async () => (await counts()).get(parent) ?? 0,
    ),
  );
}
