import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Kind, parse } from 'graphql';
import { catalogue } from './catalogue';
import { literalsOf, readVocabulary, typesAt } from './rules-vocabulary';
import { parseTemplate, placeholdersOf } from './template';

const root = resolve(__dirname, '../../..');
const ruleFolders = readdirSync(join(root, 'libs'))
  .map((context) => `libs/${context}/rules/src`)
  .filter((folder) => existsSync(join(root, folder)));
const rules = readVocabulary(root, ruleFolders);
const platform = readVocabulary(root, ['libs/access/src', 'libs/commands/src', 'libs/policies/src']);

const hasLabel = (kind: string, key: string) => Object.hasOwn(catalogue.values[kind] ?? {}, key);
const hasMessage = (code: string) => Object.hasOwn(catalogue.messages, code);
const unlabelled = (kind: string, keys: readonly string[]) =>
  keys.filter((key) => !hasLabel(kind, key)).map((key) => `${kind}.${key}`);
const placeholders = (code: string) =>
  hasMessage(code) ? placeholdersOf(parseTemplate(catalogue.messages[code]![0])) : [];
/** Formats of the templates themselves; every other format is a kind of labels. */
const isKind = (format: string | null): format is string =>
  format !== null && !['instant', 'money', 'field', 'expectation'].includes(format);

describe('the rules', () => {
  it('are found, so that the tests below look at something', () => {
    expect(ruleFolders.length).toBeGreaterThan(2);
    expect(rules.enums.length).toBeGreaterThan(20);
    expect(rules.refusals.length).toBeGreaterThan(50);
    expect(rules.commands.size).toBeGreaterThan(3);
    expect(rules.fields.size).toBeGreaterThan(10);
  });

  it('say with which codes they refuse', () => {
    expect(rules.vague).toEqual([]);
  });

  it('have a label for every value of their enums', () => {
    expect(rules.enums.flatMap(({ name, values }) => unlabelled(name, values))).toEqual([]);
  });

  it('have a label for every command that a refusal can name', () => {
    expect([...rules.commands].flatMap(([kind, names]) => unlabelled(kind, names))).toEqual([]);
  });

  it('have a label for every field that a refusal can name', () => {
    expect(unlabelled('Field', [...rules.fields])).toEqual([]);
  });

  it('have a message for every refusal', () => {
    expect([...new Set(rules.refusals.map(({ code }) => code))].filter((code) => !hasMessage(code))).toEqual(
      [],
    );
  });

  it('give with every refusal what its message shows', () => {
    const absent = rules.refusals.flatMap(({ code, data, file }) =>
      placeholders(code)
        .filter(({ path, optional }) => typesAt(rules.checker, data, path, optional).length === 0)
        .map(({ path }) => `${code} of ${file} has no ${path.join('.')}`),
    );
    expect([...new Set(absent)]).toEqual([]);
  });

  it('show in messages only values that have a label', () => {
    const absent = rules.refusals.flatMap(({ code, data }) =>
      placeholders(code).flatMap(({ path, format, optional }) =>
        isKind(format)
          ? typesAt(rules.checker, data, path, optional).flatMap((type) =>
              unlabelled(format, literalsOf(type) ?? []),
            )
          : [],
      ),
    );
    expect([...new Set(absent)]).toEqual([]);
  });
});

describe('messages', () => {
  it('name no kind of labels that is not there', () => {
    const unknown = Object.keys(catalogue.messages).flatMap((code) =>
      placeholders(code)
        .map(({ format }) => format)
        .filter((format) => isKind(format) && !Object.hasOwn(catalogue.values, format)),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the platform', () => {
  const enumOf = (name: string) => platform.enums.find((each) => each.name === name)?.values ?? [];

  it('has a label for every role', () => {
    expect(enumOf('Role').length).toBeGreaterThan(20);
    expect(unlabelled('Role', enumOf('Role'))).toEqual([]);
    expect(Object.keys(catalogue.values['Role']!).sort()).toEqual([...enumOf('Role')].sort());
  });

  it.each(['FaultCode', 'TokenErrorCode'])('has a message for every %s', (name) => {
    expect(enumOf(name).length).toBeGreaterThan(5);
    expect(enumOf(name).filter((code) => !hasMessage(code))).toEqual([]);
  });
});

describe('the graph', () => {
  const definitions = readdirSync(join(root, 'libs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)schema\.graphql$/.test(file))
    .flatMap((file) => parse(readFileSync(join(root, 'libs', file), 'utf8')).definitions);

  it('has a label for every value of its enums', () => {
    const missing = definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION
        ? unlabelled(
            definition.name.value,
            (definition.values ?? []).map(({ name }) => name.value),
          )
        : [],
    );
    expect(missing).toEqual([]);
  });

  it('has a message for every refusal', () => {
    const wrong = definitions.flatMap((definition) => {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
      if (!definition.interfaces?.some(({ name }) => name.value === 'Refusal')) return [];
      const code = /`([A-Z0-9_]+)`/.exec(definition.description?.value ?? '')?.[1];
      if (!code) return [`${definition.name.value} does not say its code`];
      return hasMessage(code) ? [] : [code];
    });
    expect(wrong).toEqual([]);
  });
});
