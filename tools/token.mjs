/** `npm run token -- <account>`: prints a bearer token of the local issuer and nothing else. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

await ensureInstalled();
const { build } = await import('./build.mjs');
await build();
createRequire(import.meta.url)(join(root, 'dist/apps/suite/src/token.js'));
