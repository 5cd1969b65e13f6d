import { randomUUID } from 'node:crypto';
import type { ImportIssueGroup, ImportStatus, ImportSummary } from '../contracts/import';
import { AppError } from '../errors';
import { db } from './client';
import type { ImportFile as ImportFileRow, Import as ImportRow } from './generated/client';

/** One received file of an import. */
export interface StoredFile {
  readonly position: number;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** An import as stored. */
export interface StoredImport {
  readonly importId: string;
  readonly projectId: string;
  readonly label: string;
  readonly status: ImportStatus;
  readonly contentHash: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly files: readonly StoredFile[];
  readonly summary: ImportSummary | null;
  readonly issues: readonly ImportIssueGroup[];
  readonly error: string | null;
}

const withFiles = { files: { orderBy: { position: 'asc' } } } as const;

/** Imports of a project, the newest first. */
export async function listImports(projectId: string): Promise<StoredImport[]> {
  const rows = await (await db()).import.findMany({
    where: { projectId },
    orderBy: { createdAt: 'desc' },
    include: withFiles,
  });
  return rows.map(importOf);
}

/** Completed imports of a project, the oldest first: what every model is computed from. */
export async function listCompletedImports(projectId: string): Promise<StoredImport[]> {
  const rows = await (await db()).import.findMany({
    where: { projectId, status: 'completed' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: withFiles,
  });
  return rows.map(importOf);
}

/** Ids and states of all imports of all projects. */
export async function listImportStates(): Promise<{ importId: string; status: ImportStatus }[]> {
  const rows = await (await db()).import.findMany({ select: { id: true, status: true } });
  return rows.map((row) => ({ importId: row.id, status: row.status as ImportStatus }));
}

/**
 * Reads one import of a project.
 *
 * @throws AppError not_found
 */
export async function getImportOrThrow(
  projectId: string | null,
  importId: string,
): Promise<StoredImport> {
  const row = await (await db()).import.findFirst({
    where: { id: importId, ...(projectId === null ? {} : { projectId }) },
    include: withFiles,
  });
  if (row === null) {
    throw new AppError('not_found', 'There is no such import. It may have been deleted.');
  }
  return importOf(row);
}

/** Creates an import that is ready to receive files. */
export async function createImport(projectId: string, label: string): Promise<StoredImport> {
  const row = await (await db()).import.create({
    data: { projectId, label, status: 'receiving' },
    include: withFiles,
  });
  return importOf(row);
}

/**
 * Adds a received file, unless its import has been closed to further files.
 *
 * @returns whether the import took the file
 */
export async function addImportFile(importId: string, file: StoredFile): Promise<boolean> {
  const { position, name, bytes, sha256 } = file;
  // One statement, so that no start of the import comes between looking and adding.
  const added = await (await db()).$executeRaw`
    INSERT INTO "ImportFile" ("id", "importId", "position", "name", "bytes", "sha256")
    SELECT ${randomUUID()}, "id", ${position}, ${name}, ${BigInt(bytes)}, ${sha256}
    FROM "Import" WHERE "id" = ${importId} AND "status" = 'receiving'`;
  return added === 1;
}

/** What of an import changes while it is read. */
export interface ImportChange {
  readonly status?: ImportStatus;
  readonly contentHash?: string;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  readonly summary?: ImportSummary;
  readonly issues?: readonly ImportIssueGroup[];
  readonly error?: string;
}

/** Writes what has changed. */
export async function updateImport(importId: string, change: ImportChange): Promise<void> {
  const { summary, issues, ...plain } = change;
  await (await db()).import.updateMany({
    where: { id: importId },
    data: {
      ...plain,
      ...(summary === undefined ? {} : { summaryJson: JSON.stringify(summary) }),
      ...(issues === undefined ? {} : { issuesJson: JSON.stringify(issues) }),
    },
  });
}

/**
 * Moves an import from one state to another, unless another request was first.
 *
 * @returns whether this call made the move
 */
export async function moveImport(
  importId: string,
  from: readonly ImportStatus[],
  to: ImportStatus,
): Promise<boolean> {
  const { count } = await (await db()).import.updateMany({
    where: { id: importId, status: { in: [...from] } },
    data: { status: to },
  });
  return count === 1;
}

/** Finds an import of the same files in the same project that is read or being read. */
export async function findRepeat(
  projectId: string,
  contentHash: string,
  importId: string,
): Promise<StoredImport | null> {
  const row = await (await db()).import.findFirst({
    where: {
      projectId,
      contentHash,
      id: { not: importId },
      status: { in: ['queued', 'running', 'finishing', 'completed'] },
    },
    include: withFiles,
  });
  return row === null ? null : importOf(row);
}

/** Deletes the row of an import; its calls and files are the caller's to remove. */
export async function deleteImportRow(importId: string): Promise<void> {
  await (await db()).import.deleteMany({ where: { id: importId } });
}

function importOf(row: ImportRow & { files: ImportFileRow[] }): StoredImport {
  return {
    importId: row.id,
    projectId: row.projectId,
    label: row.label,
    status: row.status as ImportStatus,
    contentHash: row.contentHash,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    files: row.files.map((file) => ({
      position: file.position,
      name: file.name,
      bytes: Number(file.bytes),
      sha256: file.sha256,
    })),
    summary: row.summaryJson === null ? null : (JSON.parse(row.summaryJson) as ImportSummary),
    issues: JSON.parse(row.issuesJson) as ImportIssueGroup[],
    error: row.error,
  };
}
