/**
 * Bundles the code that runs outside Next.js: the command and the worker threads.
 *
 * Every process of the product (server, command, tests) starts its workers from `dist/`, so there
 * is one build of them and one place to look.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Output name and entry point of each bundle. */
const entryPoints = {
  plimsoll: 'lib/cli/main.ts',
  'import-worker': 'lib/jobs/import-worker.ts',
  'preview-worker': 'lib/jobs/preview-worker.ts',
  'replication-worker': 'lib/jobs/replication-worker.ts',
  'model-worker': 'lib/jobs/model-worker.ts',
  'reprice-worker': 'lib/jobs/reprice-worker.ts',
  'scenario-worker': 'lib/jobs/scenario-worker.ts',
};

/**
 * Writes `dist/<name>.mjs` for each entry point; installed packages stay outside the bundles.
 *
 * @returns {Promise<void>} rejects with esbuild's own message when an entry does not compile
 */
export async function bundle() {
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: 'linked',
    logLevel: 'warning',
    alias: { '@': root },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();
