import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { anjuPlugin } from './tools/lint/plugin.mjs';
import {
  impureGlobals,
  platformImports,
  properties,
  ruleImports,
  syntax,
} from './tools/lint/restrictions.mjs';

// Made here because Nx's rule only reads it: without one, it prints a warning and lets everything pass.
const { nodes } = await createProjectGraphAsync({ exitOnError: false });
const scopes = new Set(
  Object.values(nodes)
    .flatMap(({ data }) => data.tags ?? [])
    .filter(isContext),
);

/** Contexts meet in the graph and in events, never in code. */
function isContext(tag) {
  return tag.startsWith('scope:') && tag !== 'scope:shared' && tag !== 'scope:app';
}

const tests = [
  '**/*.spec.ts',
  '**/*.int-spec.ts',
  '**/*.journey.ts',
  '**/*.distributed.ts',
  '**/test/**/*.ts',
  '**/testing/**/*.ts',
  '**/spec-support.ts',
  'libs/*/rules/**/*-story.ts',
];
const rulesLibraries = 'libs/*/rules/**/*.ts';

const shared = ['type:kernel', 'type:contracts', 'type:platform'];

/** Mistakes that no type shows; the part of ESLint's own recommendation that TypeScript leaves to it. */
const mistakes = Object.fromEntries(
  [
    'no-async-promise-executor',
    'no-case-declarations',
    'no-cond-assign',
    'no-control-regex',
    'no-debugger',
    'no-dupe-else-if',
    'no-duplicate-case',
    'no-empty',
    'no-empty-character-class',
    'no-empty-pattern',
    'no-ex-assign',
    'no-fallthrough',
    'no-irregular-whitespace',
    'no-loss-of-precision',
    'no-misleading-character-class',
    'no-prototype-builtins',
    'no-regex-spaces',
    'no-self-assign',
    'no-self-compare',
    'no-sparse-arrays',
    'no-template-curly-in-string',
    'no-unreachable-loop',
    'no-unsafe-finally',
    'no-useless-backreference',
    'no-useless-catch',
    'no-useless-escape',
    'use-isnan',
    'valid-typeof',
  ].map((name) => [name, 'error']),
);

/**
 * Who may import whom.
 * @param {string[]} testing tags that are open to the file because it is a test
 * @param {string[]} allow imports that are not looked at
 */
const boundaries = (testing = [], allow = []) => [
  'error',
  {
    allow,
    // Everything tests itself with `testing`, which is built on some of it.
    ignoredCircularDependencies: [['testing', '*']],
    depConstraints: [
      { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
      ...[...scopes].map((scope) => ({
        sourceTag: scope,
        onlyDependOnLibsWithTags: [scope, 'scope:shared'],
      })),
      { sourceTag: 'type:kernel', onlyDependOnLibsWithTags: ['type:kernel', ...testing] },
      { sourceTag: 'type:rules', onlyDependOnLibsWithTags: ['type:kernel', ...testing] },
      {
        sourceTag: 'type:contracts',
        onlyDependOnLibsWithTags: ['type:kernel', 'type:contracts', ...testing],
      },
      { sourceTag: 'type:platform', onlyDependOnLibsWithTags: [...shared, ...testing] },
      { sourceTag: 'type:service', onlyDependOnLibsWithTags: ['type:rules', ...shared, ...testing] },
      { sourceTag: 'type:testing', onlyDependOnLibsWithTags: [...shared, 'type:testing'] },
      {
        sourceTag: 'type:app',
        onlyDependOnLibsWithTags: ['type:app', 'type:service', ...shared, ...testing],
      },
      {
        sourceTag: 'type:e2e',
        onlyDependOnLibsWithTags: ['type:app', 'type:service', ...shared, 'type:testing'],
      },
    ],
  },
];

export default tseslint.config(
  {
    ignores: ['**/node_modules/', 'dist/', 'coverage/', '.data/', '.nx/', '**/fixtures/'],
  },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@nx': nx, anju: anjuPlugin },
    rules: { ...mistakes, 'anju/kebab-case-file': 'error' },
  },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(),
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNever: true, allow: [{ from: 'file', name: 'Money' }] },
      ],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      // An interface may want a promise from somebody who has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // The graph's and the database's libraries call a class `Function`, and have enums whose values are words.
      '@typescript-eslint/no-unsafe-function-type': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      'anju/index-at-root': 'error',
      'no-restricted-syntax': ['error', ...syntax.everywhere],
      'no-restricted-properties': ['error', ...properties.everywhere],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
      'no-useless-rename': 'error',
      'object-shorthand': 'error',
    },
  },
  {
    files: ['**/index.ts'],
    rules: { 'no-restricted-syntax': ['error', ...syntax.index] },
  },

  {
    files: ['libs/*/**/*.ts', 'apps/gateway/**/*.ts'],
    ignores: tests,
    rules: { 'no-console': 'error' },
  },

  {
    // Before the block of the rules libraries, whose own list of imports takes the place of this one.
    files: ['{apps,libs,infra}/**/*.ts'],
    ignores: ['libs/kafka-bus/src/**/*.ts', 'infra/kafka/*.ts', 'libs/testing/src/*.ts', ...tests],
    rules: { 'no-restricted-imports': ['error', platformImports] },
  },

  {
    files: ['libs/kernel/src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...syntax.kernel],
      'no-restricted-properties': ['error', ...properties.kernel],
      'no-restricted-globals': ['error', ...impureGlobals],
    },
  },
  {
    // The one place where the machine's time comes in.
    files: ['libs/kernel/src/clock.ts', 'libs/kernel/src/clock.spec.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...syntax.clock],
      'no-restricted-properties': ['error', ...properties.everywhere],
    },
  },
  {
    files: [rulesLibraries],
    rules: {
      'no-restricted-syntax': ['error', ...syntax.rules],
      'no-restricted-properties': ['error', ...properties.kernel],
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-imports': ['error', ruleImports({ test: false })],
      // A `default` would also take the value that nobody has thought of.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false },
      ],
    },
  },
  {
    files: ['libs/kernel/src/index.ts', 'libs/*/rules/src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', ...syntax.pureIndex] },
  },

  {
    // Apps are put together from apps: the suite serves the gateway, too.
    files: ['apps/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries([], ['@anju/distributed', '@anju/gateway', '@anju/suite']),
    },
  },

  {
    files: tests,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(
        ['type:testing'],
        ['@anju/distributed', '@anju/gateway', '@anju/suite'],
      ),
      'max-lines': ['error', { max: 700, skipBlankLines: true, skipComments: true }],
      // `expect(service.method)` and `expect.any(…)` are what these are against.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['libs/*/rules/**/{*.spec,spec-support,*-story}.ts'],
    rules: { 'no-restricted-imports': ['error', ruleImports({ test: true })] },
  },
  {
    // Jest takes the default export of these.
    files: ['libs/testing/src/jest-global-*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },

  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'console',
          'process',
          'URL',
          'Buffer',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      'no-undef': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'prefer-const': 'error',
      'no-var': 'error',
      eqeqeq: 'error',
      'object-shorthand': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
    },
  },
);
