import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, print, type ObjectTypeDefinitionNode, type TypeNode } from 'graphql';

interface Subgraph {
  readonly file: string;
  readonly types: readonly ObjectTypeDefinitionNode[];
}

const subgraphs: readonly Subgraph[] = readdirSync('libs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('schema.graphql'))
  .map((file) => ({
    file,
    types: parse(readFileSync(join('libs', file), 'utf8')).definitions.filter(
      (one): one is ObjectTypeDefinitionNode => one.kind === 'ObjectTypeDefinition',
    ),
  }));

const hasKey = ({ directives }: ObjectTypeDefinitionNode): boolean =>
  (directives ?? []).some(({ name }) => name.value === 'key');

/** Every aggregate says its version; what another service knows of it does not. */
const isOwn = ({ fields }: ObjectTypeDefinitionNode): boolean =>
  (fields ?? []).some(({ name }) => name.value === 'version');

function namedType(type: TypeNode): string {
  return type.kind === 'NamedType' ? type.name.value : namedType(type.type);
}

/** Whether the thing itself may be null; a list of things may always be given. */
function isNullable(type: TypeNode): boolean {
  if (type.kind === 'NonNullType') return type.type.kind === 'ListType' && isNullable(type.type);
  return type.kind === 'NamedType' || isNullable(type.type);
}

describe('a reference to what another service owns', () => {
  const references = subgraphs.flatMap(({ file, types }) => {
    const stubs = new Set(types.filter((type) => hasKey(type) && !isOwn(type)).map(({ name }) => name.value));
    return types.flatMap(({ name, fields }) =>
      (fields ?? [])
        .filter(({ type }) => stubs.has(namedType(type)))
        .map((field) => ({ place: `${file}: ${name.value}.${field.name.value}`, type: field.type })),
    );
  });

  it('is found, so that the test below looks at something', () => {
    expect(references.length).toBeGreaterThan(60);
    expect(references.map(({ place }) => place)).toContain(
      'reception/service/schema.graphql: Interaction.owner',
    );
  });

  it('may be null: who may not see it, or where it is not his to see, still sees the rest', () => {
    const wrong = references.filter(({ type }) => !isNullable(type));
    expect(wrong.map(({ place, type }) => `${place}: ${print(type)}`)).toEqual([]);
  });

  it.each(['[A]', '[A]!', 'A'])('may be null as %s', (type) => {
    expect(isNullable(typeOf(type))).toBe(true);
  });

  it.each(['[A!]', '[A!]!', 'A!'])('may not be null as %s', (type) => {
    expect(isNullable(typeOf(type))).toBe(false);
  });
});

describe('what a request can lose when a service is away', () => {
  const roots = subgraphs.flatMap(({ file, types }) =>
    types
      .filter(({ name }) => ['Query', 'Mutation'].includes(name.value))
      .flatMap(({ name, fields }) =>
        (fields ?? []).map((field) => ({ place: `${file}: ${name.value}.${field.name.value}`, field })),
      ),
  );
  const added = subgraphs.flatMap(({ file, types }) =>
    types
      .filter((type) => hasKey(type) && !isOwn(type))
      .flatMap(({ name, fields }) =>
        (fields ?? [])
          .filter((field) => field.name.value !== 'id')
          .map((field) => ({ place: `${file}: ${name.value}.${field.name.value}`, field })),
      ),
  );

  it('is looked at', () => {
    expect(roots.length).toBeGreaterThan(150);
    expect(added.map(({ place }) => place)).toContain(
      'complaints/service/schema.graphql: Customer.complaints',
    );
  });

  it('is its own queries and commands, and what it adds to the things of others', () => {
    const wrong = [...roots, ...added].filter(({ field }) => field.type.kind === 'NonNullType');
    expect(wrong.map(({ place }) => place)).toEqual([]);
  });
});

function typeOf(text: string): TypeNode {
  const [type] = parse(`type T { f: ${text} }`).definitions as ObjectTypeDefinitionNode[];
  return type!.fields![0]!.type;
}
