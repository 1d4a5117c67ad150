import { dirname } from 'node:path';

/**
 * Gives every project its targets, so that `project.json` says only what is special to it:
 * `npx nx lint|test|typecheck <project>`, `npx nx run-many -t test`, `npx nx affected -t lint`.
 */
export const name = 'anju-targets';

const sources = ['default', '^default'];

const command = (line, extra = {}) => ({
  executor: 'nx:run-commands',
  options: { command: line, cwd: '{workspaceRoot}' },
  cache: true,
  inputs: sources,
  ...extra,
});

export const createNodesV2 = [
  '{apps,libs,infra}/**/project.json',
  (files) =>
    files.map((file) => {
      const root = dirname(file).replaceAll('\\', '/');
      const targets = {
        lint: command(`eslint ${root} --max-warnings 0 --no-error-on-unmatched-pattern`, {
          inputs: [...sources, '{workspaceRoot}/eslint.config.mjs', '{workspaceRoot}/tools/lint/*.mjs'],
        }),
        typecheck: command(`node tools/typecheck.mjs ${root}`, {
          inputs: [...sources, '{workspaceRoot}/tsconfig.json'],
        }),
        test: command(`jest ${root}/ --passWithNoTests`, {
          inputs: [...sources, '{workspaceRoot}/jest.config.mjs', '{workspaceRoot}/tools/swc.mjs'],
        }),
      };
      return [file, { projects: { [root]: { root, targets } } }];
    }),
];
