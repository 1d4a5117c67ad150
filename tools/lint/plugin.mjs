import { basename, relative, sep } from 'node:path';

/** Reports on the file as a whole. */
const fileRule = (description, problemOf) => ({
  meta: { type: 'problem', docs: { description }, schema: [] },
  create: (context) => ({
    Program(node) {
      const problem = problemOf(relative(context.cwd, context.filename).split(sep).join('/'));
      if (problem) context.report({ node, loc: { line: 1, column: 0 }, message: problem });
    },
  }),
});

/** Rules about files that ESLint itself has none for. */
export const anjuPlugin = {
  meta: { name: 'anju' },
  rules: {
    'kebab-case-file': fileRule('file names in kebab-case, with the role as suffix', (file) =>
      /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(basename(file))
        ? null
        : `${basename(file)}: file names are in kebab-case, with the role as suffix (complaint.service.ts)`,
    ),
    'index-at-root': fileRule("index.ts only at a library's root", (file) =>
      basename(file) !== 'index.ts' ||
      (/^(apps|libs)\/([^/]+\/)+src\/index\.ts$/.test(file) && !/\/src\/.*\/src\//.test(file))
        ? null
        : "index.ts is a library's public face and stands in its src folder only; import the file itself",
    ),
  },
};
