/** `npm start`: installs and builds what is missing, then runs the whole platform in this process. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

await ensureInstalled();
const { build } = await import('./build.mjs');
await build();
createRequire(import.meta.url)(join(root, 'dist/apps/suite/src/main.js'));
