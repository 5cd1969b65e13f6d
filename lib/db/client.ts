import { PrismaLibSql } from '@prisma/adapter-libsql';
import { openDataDir } from './data-dir';
import { PrismaClient } from './generated/client';
import { migrate } from './migrate';

const holder = globalThis as typeof globalThis & { plimsollDb?: Promise<PrismaClient> };

/** The database of this process: migrated and opened on first use, one client for all bundles. */
export function db(): Promise<PrismaClient> {
  holder.plimsollDb ??= open().catch((error: unknown) => {
    delete holder.plimsollDb;
    throw error;
  });
  return holder.plimsollDb;
}

/** Closes the database; the next use opens it again. */
export async function closeDb(): Promise<void> {
  const opening = holder.plimsollDb;
  delete holder.plimsollDb;
  await (await opening)?.$disconnect();
}

async function open(): Promise<PrismaClient> {
  const adapter = new PrismaLibSql({ url: `file:${openDataDir().database}` });
  await migrate(adapter);
  const client = new PrismaClient({ adapter });
  // Readers go on while a job writes its progress, and a commit waits for one file only.
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL');
  await client.$queryRawUnsafe('PRAGMA busy_timeout = 5000');
  return client;
}
