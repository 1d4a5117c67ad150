import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A test that proves a rule of the rulebook. */
export interface Proof {
  readonly id: string;
  readonly sentence: string;
  readonly file: string;
}

const testFile = /\.(spec|int-spec|journey)\.ts$/;

function testFiles(root: string): string[] {
  return ['apps', 'libs', 'infra']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter(
      (entry) => entry.isFile() && testFile.test(entry.name) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function textOf(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function idsOf(node: ts.Expression | undefined): string[] {
  if (node && ts.isArrayLiteralExpression(node))
    return node.elements.flatMap((element) => textOf(element) ?? []);
  return [textOf(node) ?? []].flat();
}

/** `rule(…)` itself, or what `rule.each(table)` returns. */
function isRuleCall(call: ts.CallExpression): boolean {
  const callee = call.expression;
  if (ts.isIdentifier(callee)) return callee.text === 'rule';
  if (!ts.isCallExpression(callee) || !ts.isPropertyAccessExpression(callee.expression)) return false;
  const { expression, name } = callee.expression;
  return ts.isIdentifier(expression) && expression.text === 'rule' && name.text === 'each';
}

/** Every proof in the tests below `root`, by rule id and then by file. */
export function findProofs(root: string): Proof[] {
  const proofs: Proof[] = [];
  for (const file of testFiles(root)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && isRuleCall(node)) {
        const sentence = textOf(node.arguments[1]);
        for (const id of sentence ? idsOf(node.arguments[0]) : []) {
          proofs.push({ id, sentence: sentence!, file: relative(root, file) });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return proofs.sort(
    (a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }) || a.file.localeCompare(b.file),
  );
}

/** `docs/rules.md`: which test proves which rule. */
export function rulesDocument(root: string): string {
  const proofs = findProofs(root);
  const ids = [...new Set(proofs.map((proof) => proof.id))];
  const sections = ids.map((id) => {
    const lines = proofs
      .filter((proof) => proof.id === id)
      .map(({ sentence, file }) => `- ${sentence} ([${file.split('/').pop()}](../${file}))`);
    return `## ${id}\n\n${[...new Set(lines)].join('\n')}\n`;
  });
  return [
    '# Rules and their proofs',
    '',
    'Made by `npm run docs` from the tests: each sentence is a test that names the rule and fails when the rule breaks.',
    `${ids.length} rules, ${proofs.length} proofs.`,
    '',
    ...sections,
  ].join('\n');
}
