import { Kind, Lexer, Source, TokenKind, visit } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';

/** What can be known of a query by reading its characters once, before anything recursive touches it. */
export interface QueryText {
  readonly tokens: number;
  /** Deepest nesting of brackets of any kind. */
  readonly nesting: number;
  /** Length of the longest text literal, in characters. */
  readonly longestLiteral: number;
}

/**
 * Counts the tokens of a query text; stops early once a count is over its maximum.
 * @throws GraphQLError if a token is not GraphQL
 */
export function readQueryText(text: string, maximumTokens: number, maximumNesting: number): QueryText {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  let open = 0;
  let nesting = 0;
  let longestLiteral = 0;
  for (;;) {
    const token = lexer.advance();
    if (token.kind === TokenKind.EOF) break;
    tokens += 1;
    switch (token.kind) {
      case TokenKind.BRACE_L:
      case TokenKind.PAREN_L:
      case TokenKind.BRACKET_L:
        open += 1;
        nesting = Math.max(nesting, open);
        break;
      case TokenKind.BRACE_R:
      case TokenKind.PAREN_R:
      case TokenKind.BRACKET_R:
        open -= 1;
        break;
      case TokenKind.STRING:
      case TokenKind.BLOCK_STRING:
        longestLiteral = Math.max(longestLiteral, token.value.length);
        break;
      default:
        break;
    }
    if (tokens > maximumTokens || nesting > maximumNesting) break;
  }
  return { tokens, nesting, longestLiteral };
}

/** The size of one operation or fragment with all its fragments spread out. */
export interface QueryShape {
  readonly name: string | null;
  /** Levels of fields; a field without selections is one. */
  readonly depth: number;
  /** Infinity if they are too many to be counted. */
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Fields, inline fragments and spreads of the level that has the most. */
  readonly selectionsOnOneLevel: number;
  /** The field that one level asks for under the most names, and how many. */
  readonly mostAliased: { readonly field: string; readonly names: number };
  /** Entries of lists that come by pages, if each page is full; pages inside each other multiply. */
  readonly entries: number;
}

interface Measure {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly level: number;
  readonly mostAliased: { readonly field: string; readonly names: number };
  readonly entries: number;
  /** Whether it is what is asked of a page: its entries. */
  readonly ofPage: boolean;
}

const nothing: Measure = {
  depth: 0,
  fields: 0,
  aliases: 0,
  level: 0,
  mostAliased: { field: '', names: 0 },
  entries: 0,
  ofPage: false,
};

const uncounted: Measure = { ...nothing, fields: Number.POSITIVE_INFINITY };

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

function spreadsIn(selectionSet: SelectionSetNode): string[] {
  const names: string[] = [];
  const pending: SelectionNode[] = [...selectionSet.selections];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === Kind.FRAGMENT_SPREAD) names.push(node.name.value);
    else if (node.selectionSet) pending.push(...node.selectionSet.selections);
  }
  return names;
}

/**
 * A fragment that contains itself, directly or through others.
 * @returns the fragments on the way round, the first one again at the end; null if there is none
 */
export function fragmentCycle(document: DocumentNode): readonly string[] | null {
  const fragments = fragmentsOf(document);
  const done = new Set<string>();
  for (const start of fragments.keys()) {
    const way: { readonly name: string; readonly next: string[] }[] = [];
    const enter = (name: string): void => {
      const fragment = fragments.get(name);
      if (fragment) way.push({ name, next: spreadsIn(fragment.selectionSet) });
    };
    if (!done.has(start)) enter(start);
    while (way.length > 0) {
      const next = way.at(-1)!.next.pop();
      if (next === undefined) {
        done.add(way.pop()!.name);
        continue;
      }
      const seen = way.findIndex(({ name }) => name === next);
      if (seen >= 0) return [...way.slice(seen).map(({ name }) => name), next];
      if (!done.has(next)) enter(next);
    }
  }
  return null;
}

/** What pages of a list are asked for by. */
export interface PageSizes {
  readonly unlessTold: number;
  readonly most: number;
}

/** Where a page has its entries. */
const entryFields: ReadonlySet<string> = new Set(['nodes', 'edges']);

interface Level {
  readonly fields: readonly FieldNode[];
  /** Fields, inline fragments and spreads. */
  readonly selections: number;
}

/**
 * The fields of one level, each fragment entered once, as execution does it. Gives up after `maximum` selections:
 * a broad fragment that is spread on a thousand levels would otherwise be walked a thousand times.
 */
function levelOf(selectionSet: SelectionSetNode, fragments: Fragments, maximum: number): Level {
  const fields: FieldNode[] = [];
  const entered = new Set<string>();
  const pending: SelectionNode[] = [...selectionSet.selections];
  let selections = 0;
  for (let node = pending.pop(); node && selections <= maximum; node = pending.pop()) {
    selections += 1;
    if (node.kind === Kind.FIELD) {
      fields.push(node);
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      pending.push(...node.selectionSet.selections);
    } else if (!entered.has(node.name.value)) {
      entered.add(node.name.value);
      pending.push(...(fragments.get(node.name.value)?.selectionSet.selections ?? []));
    }
  }
  return { fields, selections };
}

function mostAliasedOf(fields: readonly FieldNode[]): { field: string; names: number } {
  const namesByField = new Map<string, Set<string>>();
  for (const field of fields) {
    const names = namesByField.get(field.name.value) ?? new Set();
    namesByField.set(field.name.value, names.add((field.alias ?? field.name).value));
  }
  return [...namesByField]
    .map(([field, names]) => ({ field, names: names.size }))
    .reduce((most, one) => (one.names > most.names ? one : most), nothing.mostAliased);
}

/** How many entries a page has, as far as the text tells; a variable may ask for the largest one. */
function pageSizeOf({ arguments: given }: FieldNode, pages: PageSizes): number {
  const first = given?.find(({ name }) => name.value === 'first')?.value;
  if (!first || first.kind === Kind.NULL) return pages.unlessTold;
  return first.kind === Kind.INT ? Math.min(Math.max(Number(first.value), 0), pages.most) : pages.most;
}

/**
 * Sizes of every operation and, because validation walks them too, of every fragment, used or not. The effort
 * grows with the length of the document, not with what its fragments spread out to.
 * @param document without fragment cycles, and nested no deeper than the stack allows
 * @param maximumLevel selections on one level; a level with more is not looked at to its end
 * @param maximumSelections on all levels of the document; after that many nothing more is looked at
 * @param pages entries of a page
 */
export function queryShapes(
  document: DocumentNode,
  maximumLevel: number,
  maximumSelections: number,
  pages: PageSizes,
): QueryShape[] {
  const fragments = fragmentsOf(document);
  const measured = new Map<SelectionSetNode, Measure>();
  let looked = 0;
  const measure = (selectionSet: SelectionSetNode): Measure => {
    const known = measured.get(selectionSet);
    if (known) return known;
    if (looked > maximumSelections) return uncounted;
    const { fields, selections } = levelOf(selectionSet, fragments, maximumLevel);
    looked += selections;
    const ofPage = fields.some(({ name }) => entryFields.has(name.value));
    const own = { ...nothing, level: selections, mostAliased: mostAliasedOf(fields), ofPage };
    const total = fields.reduce<Measure>((sum, field) => {
      const below = field.selectionSet ? measure(field.selectionSet) : nothing;
      return {
        ofPage,
        entries:
          sum.entries + (below.ofPage ? pageSizeOf(field, pages) * (1 + below.entries) : below.entries),
        depth: Math.max(sum.depth, below.depth + 1),
        fields: sum.fields + below.fields + 1,
        aliases: sum.aliases + below.aliases + (field.alias ? 1 : 0),
        level: Math.max(sum.level, below.level),
        mostAliased: below.mostAliased.names > sum.mostAliased.names ? below.mostAliased : sum.mostAliased,
      };
    }, own);
    measured.set(selectionSet, total);
    return total;
  };
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      return [];
    const { depth, fields, aliases, level, mostAliased, entries } = measure(definition.selectionSet);
    return {
      name: definition.name?.value ?? null,
      depth,
      fields,
      aliases,
      selectionsOnOneLevel: level,
      mostAliased,
      entries,
      rootFields:
        definition.kind === Kind.OPERATION_DEFINITION
          ? levelOf(definition.selectionSet, fragments, maximumLevel).fields.length
          : 0,
    };
  });
}

/** What can be counted in a document without spreading its fragments. */
export interface DocumentFacts {
  readonly directives: number;
  /** Aliases and variables with names that the gateway uses for itself when it asks the services. */
  readonly reservedNames: readonly string[];
}

const reservedAliases = new Set(['__typename', '__proto__']);
const reservedVariables = new Set(['representations', '__proto__']);

export function documentFacts(document: DocumentNode): DocumentFacts {
  let directives = 0;
  const reservedNames: string[] = [];
  visit(document, {
    Directive: () => void (directives += 1),
    Field: ({ alias }) => {
      if (alias && reservedAliases.has(alias.value)) reservedNames.push(alias.value);
    },
    VariableDefinition: ({ variable }) => {
      if (reservedVariables.has(variable.name.value)) reservedNames.push(`$${variable.name.value}`);
    },
  });
  return { directives, reservedNames };
}
