/** `npm run token -- <account>`: prints a bearer token of the local issuer and nothing else. */
import { ensureInstalled } from './install.mjs';
import { run } from './run.mjs';

ensureInstalled();
await run('apps/suite/src/token.ts', process.argv.slice(2));
