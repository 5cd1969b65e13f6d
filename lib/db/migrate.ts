import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PrismaLibSql } from '@prisma/adapter-libsql';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { readSettings } from '../env';
import { AppError } from '../errors';

/**
 * Applies the migrations of `prisma/migrations` that the database does not have yet.
 *
 * Runs Prisma's schema engine in WebAssembly, since the native one has to be downloaded. It keeps
 * the same `_prisma_migrations` table, so `prisma migrate deploy` works on the same database.
 *
 * @returns names of the migrations applied
 */
export async function migrate(adapter: PrismaLibSql): Promise<readonly string[]> {
  const rootDir = join(/* turbopackIgnore: true */ readSettings().rootDir, 'prisma');
  await loadEngine();
  const schema = await readFile(join(rootDir, 'schema.prisma'), 'utf8');
  const engine = await engineBindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await listMigrations(join(rootDir, 'migrations')),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch {
    throw new AppError(
      'internal',
      'The database could not be brought up to date. It may come from a newer version: start that version, or use another data directory.',
    );
  } finally {
    engine.free();
  }
}

let isEngineLoaded = false;

async function loadEngine(): Promise<void> {
  if (isEngineLoaded) return;
  const rootDir = readSettings().rootDir;
  const resolveFrom = createRequire(join(/* turbopackIgnore: true */ rootDir, 'package.json'));
  const bindingsPath = resolveFrom.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(bindingsPath.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': engineBindings as unknown as WebAssembly.ModuleImports,
  });
  const { __wbg_set_wasm: bind } = engineBindings as unknown as {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
  };
  bind(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  isEngineLoaded = true;
}

async function listMigrations(baseDir: string) {
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => {
      const value = await readFile(join(baseDir, path, 'migration.sql'), 'utf8');
      return {
        path,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } },
      };
    }),
  );
  const lockfile = await readFile(join(baseDir, 'migration_lock.toml'), 'utf8');
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
