import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { colleagues } from '@anju/demonstration';

/** What can be asked for or commanded, and what a case has, by the published graph. */
function fieldsOfTheGraph(): Set<string> {
  const { definitions } = parse(readFileSync('infra/supergraph/supergraph-with-clock.graphql', 'utf8'));
  return new Set(
    definitions.flatMap((definition) =>
      definition.kind === 'ObjectTypeDefinition' &&
      ['Query', 'Mutation', 'Complaint'].includes(definition.name.value)
        ? (definition.fields ?? []).map(({ name }) => name.value)
        : [],
    ),
  );
}

/** The rows of a section's table, each with the names in its second and in its third column. */
function tableOf(heading: string): { readonly fields: string[]; readonly accounts: string[] }[] {
  const [, section = ''] = readFileSync('README.md', 'utf8').split(`### ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const named = (cell = ''): string[] => [...cell.matchAll(/`(\w+)/g)].map(([, name]) => name!);
  return own
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('`'))
    .map((line) => {
      const [, , fields, accounts] = line.split('|');
      return { fields: named(fields), accounts: named(accounts) };
    });
}

it('the README plays a complaint with commands and accounts that there are', () => {
  const rows = tableOf('A complaint to its end');
  const known = fieldsOfTheGraph();
  const accounts = new Set(colleagues.map(({ account }) => account));
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.flatMap(({ fields }) => fields.filter((name) => !known.has(name)))).toEqual([]);
  expect(rows.flatMap((row) => row.accounts.filter((name) => !accounts.has(name)))).toEqual([]);
});
