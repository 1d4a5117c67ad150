/** `npm run start:distributed`: installs and builds what is missing, then runs each service as a process of its own. */
import { ensureInstalled } from './install.mjs';
import { run } from './run.mjs';

ensureInstalled();
await run('apps/distributed/src/main.ts', process.argv.slice(2));
