import { randomUUID } from 'node:crypto';
import {
  type ImportIssueGroup,
  ImportOptions,
  type ImportStatus,
  type ImportSummary,
} from '../contracts/import';
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
  readonly options: ImportOptions;
  readonly isRepeatMeant: boolean;
  /** The earlier import of the same files that goes once this one is complete. */
  readonly replacesId: string | null;
  readonly origin: 'upload' | 'live';
  /** When a live import stopped taking traces. */
  readonly closedAt: Date | null;
  /** Hash of the price book's sources when the calls were last priced; null: before it was kept. */
  readonly pricedWith: string | null;
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
export async function listImportStates(): Promise<
  { importId: string; status: ImportStatus; isLive: boolean }[]
> {
  const select = { id: true, status: true, origin: true } as const;
  const rows = await (await db()).import.findMany({ select });
  return rows.map((row) => ({
    importId: row.id,
    status: row.status as ImportStatus,
    isLive: row.origin === 'live',
  }));
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
  readonly pricedWith?: string;
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
 * Makes an import visible, and in the same moment the one that it replaces invisible.
 *
 * @returns id of the import whose row is gone; its calls and files are the caller's to remove
 */
export async function completeImport(
  { importId, projectId, replacesId }: StoredImport,
  summary: ImportSummary,
): Promise<string | null> {
  const completed = {
    status: 'completed' as const,
    finishedAt: new Date(),
    summaryJson: JSON.stringify(summary),
  };
  const { count } = await (await db()).$transaction(async (change) => {
    await change.import.updateMany({ where: { id: importId }, data: completed });
    if (replacesId === null) return { count: 0 };
    return change.import.deleteMany({
      where: { id: replacesId, projectId, status: 'completed' },
    });
  });
  return count === 0 ? null : replacesId;
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

/** How an import is to be read. */
export type ImportPlan = Pick<StoredImport, 'options' | 'isRepeatMeant' | 'replacesId'>;

/**
 * Closes an import to further files and notes how it is to be read, unless that was done before.
 *
 * @returns whether this call did it
 */
export async function queueImport(
  importId: string,
  { options, ...plain }: ImportPlan,
): Promise<boolean> {
  const { count } = await (await db()).import.updateMany({
    where: { id: importId, status: 'receiving' },
    data: { status: 'queued', optionsJson: JSON.stringify(options), ...plain },
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

/** An earlier import that holds some of the files of another. */
export interface RepeatedFiles {
  readonly importId: string;
  readonly label: string;
  readonly createdAt: Date;
  /** How many different files of the other it holds. */
  readonly files: number;
  readonly filesInAll: number;
}

/** Finds imports of the project, read or being read, that hold files of this content, by name. */
export async function findRepeatedFiles(target: StoredImport): Promise<RepeatedFiles[]> {
  const wanted = JSON.stringify(target.files.map((file) => file.sha256));
  // The hashes come as one JSON text: a statement takes fewer parameters than an import files.
  const rows = await (await db()).$queryRaw<
    {
      importId: string;
      label: string;
      createdAt: string | Date;
      files: bigint;
      filesInAll: bigint;
    }[]
  >`
    SELECT i."id" AS "importId", i."label", i."createdAt", count(DISTINCT f."sha256") AS "files",
           (SELECT count(*) FROM "ImportFile" a WHERE a."importId" = i."id") AS "filesInAll"
    FROM "ImportFile" f JOIN "Import" i ON i."id" = f."importId"
    WHERE i."projectId" = ${target.projectId} AND i."id" <> ${target.importId}
      AND i."status" IN ('queued', 'running', 'finishing', 'completed')
      AND f."sha256" IN (SELECT value FROM json_each(${wanted}))
    GROUP BY i."id" ORDER BY "files" DESC, i."createdAt" LIMIT 20`;
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    files: Number(row.files),
    filesInAll: Number(row.filesInAll),
  }));
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
    options: ImportOptions.parse(JSON.parse(row.optionsJson)),
    isRepeatMeant: row.isRepeatMeant,
    replacesId: row.replacesId,
    origin: row.origin === 'live' ? 'live' : 'upload',
    closedAt: row.closedAt,
    pricedWith: row.pricedWith,
  };
}
