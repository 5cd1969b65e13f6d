#!/usr/bin/env node
/** The `plimsoll` command: runs the bundle of this checkout. Node built-ins only. */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const bundle = fileURLToPath(new URL('../dist/plimsoll.mjs', import.meta.url));

if (existsSync(bundle)) {
  process.env.PLIMSOLL_ROOT ??= fileURLToPath(new URL('..', import.meta.url));
  await import(pathToFileURL(bundle).href);
} else {
  process.stderr.write('plimsoll: This checkout is not built yet. Run: npm run build\n');
  process.exitCode = 1;
}
