/**
 * `npm start`: installs and builds what is missing, then runs the whole platform in this process.
 *
 * package.json starts Node with `--max-semi-space-size=8` (MB): left to itself, Node from 22 on lets the young
 * generation of its heap grow to 100 MB and more, none of which it gives back. It can be set there only.
 */
import { ensureInstalled } from './install.mjs';
import { run } from './run.mjs';

ensureInstalled();
// Not before: npm would leave packages out. Without it graphql-js looks for a second copy of itself at every value.
process.env['NODE_ENV'] ??= 'production';
await run('apps/suite/src/main.ts', process.argv.slice(2));
