/** `npm start`: installs and builds what is missing, then runs the whole platform in this process. */
import { ensureInstalled } from './install.mjs';
import { run } from './run.mjs';

ensureInstalled();
await run('apps/suite/src/main.ts', process.argv.slice(2));
