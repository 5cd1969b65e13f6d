import { z } from 'zod';
import { ImportIssueKind } from '../traces/call-record';

/**
 * Life of an import: files are received, then read by a job, then visible.
 * `completed` with issues is still completed: the good records are kept.
 */
export const ImportStatus = z.enum([
  'receiving',
  'queued',
  'running',
  'finishing',
  'completed',
  'failed',
  'cancelled',
]);
export type ImportStatus = z.infer<typeof ImportStatus>;

export const ImportIssueGroup = z.object({
  kind: ImportIssueKind,
  count: z.int(),
  fileName: z.string(),
  firstLine: z.int().nullable(),
  example: z.string(), //                what, where, and what was done about it; no text of the trace
});
export type ImportIssueGroup = z.infer<typeof ImportIssueGroup>;

const ImportProgress = z.object({
  bytesRead: z.number(),
  bytesTotal: z.number(),
  records: z.int(),
  recordsPerSec: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});

/** Sums over the calls of an import. `reasoning` is null where no source parted it from output. */
export const UsageTotals = z.object({
  inputFresh: z.number(),
  cacheRead: z.number(),
  cacheWrite5m: z.number(),
  cacheWrite1h: z.number(),
  cacheWriteUnknownTtl: z.number(),
  output: z.number(),
  reasoning: z.number().nullable(),
});
export type UsageTotals = z.infer<typeof UsageTotals>;

/** What an import read, as the command prints it. */
export const ImportSummary = z.object({
  importId: z.string(),
  format: z.string(), //                 adapter id, or several joined by '+'
  files: z.int(),
  bytes: z.number(), //                  as uploaded, before decompression
  records: z.int(), //                   lines or JSON documents read
  sessions: z.int(),
  calls: z.int(), //                     model calls kept
  toolCalls: z.int(),
  databaseCalls: z.int(),
  usage: UsageTotals,
  promptTokens: z.number(),
  listCostUsd: z.number().nullable(), // null: no call is priced
  recordedCostUsd: z.number().nullable(),
  unpricedCalls: z.int(),
  usageMissingCalls: z.int(),
  duplicatesDropped: z.int(), //         rows of calls that it, or the project before it, has already
  issues: z.array(ImportIssueGroup),
  seconds: z.number(),
  peakRssMb: z.number(),
});
export type ImportSummary = z.infer<typeof ImportSummary>;

export const ImportState = z.object({
  importId: z.string(),
  projectId: z.string(),
  label: z.string(),
  status: ImportStatus,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
  progress: ImportProgress,
  issues: z.array(ImportIssueGroup),
  summary: ImportSummary.nullable(), //  set once completed
  error: z.string().nullable(), //       a sentence to act on, when failed
});
export type ImportState = z.infer<typeof ImportState>;

export const ImportList = z.object({ imports: z.array(ImportState) });
export type ImportList = z.infer<typeof ImportList>;

export const CreateImport = z.strictObject({ label: z.string().max(200).optional() });
export type CreateImport = z.infer<typeof CreateImport>;

/**
 * Starting an import.
 *
 * The same files again are refused, and calls that the project holds already are left out, unless a
 * repeat is said to be meant: then everything counts again.
 */
export const StartImport = z.strictObject({ allowRepeat: z.boolean().optional() });
export type StartImport = z.infer<typeof StartImport>;

export const ReceivedFile = z.object({ name: z.string(), bytes: z.number(), sha256: z.string() });
export type ReceivedFile = z.infer<typeof ReceivedFile>;
