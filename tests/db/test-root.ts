import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { closeDb } from '@/lib/db/client';
import { closeTraceStore } from '@/lib/db/trace-store/connection';
import { stopJobRunner } from '@/lib/jobs/job-runner';

/** A root of its own with bundles of the code as it stands, and an empty data directory. */
export interface TestRoot {
  readonly dir: string;
  readonly dataDir: string;
  /** Closes the stores of this process and removes everything. */
  remove(): Promise<void>;
}

/**
 * Makes a root in a temporary directory and points this process at it.
 *
 * The embedded trace store holds one directory per process, so one test file has one root.
 *
 * @param entryPoints files to bundle to `dist/<name>.mjs` besides the workers
 */
export async function openTestRoot(entryPoints: Record<string, string> = {}): Promise<TestRoot> {
  const dir = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
  for (const name of ['node_modules', 'prisma', 'package.json']) {
    symlinkSync(resolve(name), join(dir, name));
  }
  await build({
    entryPoints: {
      'import-worker': 'lib/jobs/import-worker.ts',
      'model-worker': 'lib/jobs/model-worker.ts',
      'preview-worker': 'lib/jobs/preview-worker.ts',
      'replication-worker': 'lib/jobs/replication-worker.ts',
      'reprice-worker': 'lib/jobs/reprice-worker.ts',
      ...entryPoints,
    },
    outdir: join(dir, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'error',
    alias: { '@': resolve('.') },
  });
  const dataDir = join(dir, 'data');
  process.env.PLIMSOLL_ROOT = dir;
  process.env.PLIMSOLL_DATA_DIR = dataDir;
  process.env.PLIMSOLL_LOG_LEVEL = 'silent';
  return {
    dir,
    dataDir,
    async remove() {
      await stopJobRunner();
      await closeTraceStore();
      await closeDb();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
