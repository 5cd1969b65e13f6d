import { join } from 'node:path';
import { z } from 'zod';
import { type ImportIssueGroup, ImportSummary } from '../contracts/import';
import { removeUploads, uploadDir } from '../db/data-dir';
import {
  completeImport,
  getImportOrThrow,
  listCompletedImports,
  type StoredImport,
  updateImport,
} from '../db/import-store';
import { deleteJob } from '../db/job-store';
import { dropRawRecords, insertRawRecords } from '../db/trace-store/raw-records';
import { readTotals } from '../db/trace-store/read-totals';
import { dropCalls, dropStaged, finishStaging, stageBatch } from '../db/trace-store/write-import';
import { workerPath } from '../env';
import { AppError } from '../errors';
import { promptTokens } from '../traces/call-record';
import { usdFromPicoUsd } from '../units';
import { describeHeld, passOnHeld } from './held-calls';
import {
  callsPerBatch,
  type FromImportWorker,
  type ImportWorkerInput,
  type ReadProgress,
  type ToImportWorker,
} from './import-worker-messages';
import { insertRollupExcess } from './insert-rollup-excess';
import type { JobContext } from './job-context';
import { type ProjectPriceBook, readProjectBook } from './price-sources';
import { runWorker } from './run-worker';

/** Progress of an import job as its row holds it. */
export const ImportJobProgress = z.object({
  bytesRead: z.number().default(0),
  records: z.int().default(0),
  recordsPerSec: z.number().nullable().default(null),
  secondsLeft: z.number().nullable().default(null),
  acknowledgedBatches: z.int().default(0),
  callsPerBatch: z.int().default(5_000),
  pricedWith: z.string().nullable().default(null),
});
export type ImportJobProgress = z.infer<typeof ImportJobProgress>;

type DoneMessage = Extract<FromImportWorker, { type: 'done' }>;

/**
 * Reads the files of an import into the trace store and makes it visible.
 *
 * Whatever way it ends, the received files are removed; unless it completes, nothing of its calls
 * stays. A stop of the process is not an end: the job is queued again at the next start. The files
 * stay until the import is `completed`, so that everything before can be done again and gives the
 * same; from then on only clearing is left. An import of which every call is in the project already
 * completes with no calls, all of them counted as duplicates.
 */
export async function runImportJob(context: JobContext): Promise<void> {
  const startedMs = performance.now();
  const importId = context.job.subjectId;
  const target = await getImportOrThrow(null, importId);
  if (target.status === 'completed') return clearImport(importId, { keepsCalls: true });
  const peak = trackPeakRss();
  try {
    await updateImport(importId, { status: 'running', startedAt: new Date() });
    const prices = await readProjectBook(target.projectId);
    const done = await readFiles(target, context, { prices });
    await updateImport(importId, { issues: done.issues });
    if (done.calls === 0) throw nothingRead(done.issues);
    await updateImport(importId, { status: 'finishing', pricedWith: prices.hash });
    const knownImportIds = await listKnownImports(target);
    const repeats = await finishStaging(importId, knownImportIds, {
      complete: () => insertRollupExcess(importId, { knownImportIds, book: prices.book }),
    });
    const seconds = (performance.now() - startedMs) / 1_000;
    const summary = await summarize(target, done, {
      duplicatesDropped: done.duplicates + repeats,
      heldBy: await describeHeld(target, knownImportIds),
      seconds,
      peakRssMb: peak.stop(),
    });
    const replacedId = await completeImport(target, summary);
    if (replacedId !== null) {
      await passOnHeld(target, replacedId);
      await clearReplaced(replacedId);
    }
  } finally {
    peak.stop();
  }
  await clearImport(importId, { keepsCalls: true });
}

/** Removes what is left of an import whose row is gone; a crash before is made good at the start. */
async function clearReplaced(importId: string): Promise<void> {
  await clearImport(importId, { keepsCalls: false });
  await deleteJob(importId);
}

/** Removes the files and staged rows of an import, and its calls too unless they are to be kept. */
export async function clearImport(
  importId: string,
  options: { keepsCalls: boolean },
): Promise<void> {
  if (!options.keepsCalls) {
    await dropCalls(importId);
    await dropRawRecords(importId);
  }
  await dropStaged(importId);
  removeUploads(importId);
}

/** Imports of the project whose calls are not to be counted again. */
export async function listKnownImports(target: StoredImport): Promise<string[]> {
  if (target.isRepeatMeant) return [];
  const completed = await listCompletedImports(target.projectId);
  const ownIds = [target.importId, target.replacesId];
  return completed.map((one) => one.importId).filter((id) => !ownIds.includes(id));
}

/**
 * Reads the files of an import into staged calls.
 *
 * @param options.prices what the calls are priced with; a reading that began with others begins anew
 * @param options.attempt begins from the first batch, apart from those of earlier readings
 */
export async function readFiles(
  target: StoredImport,
  context: JobContext,
  options: { readonly prices: ProjectPriceBook; readonly attempt?: string },
): Promise<DoneMessage> {
  const { importId } = target;
  const bytesTotal = target.files.reduce((sum, file) => sum + file.bytes, 0);
  const startedMs = performance.now();
  const before = ImportJobProgress.parse(context.job.progress);
  let { acknowledgedBatches } = before;
  const { prices } = options;
  const isOtherReading =
    before.callsPerBatch !== callsPerBatch || before.pricedWith !== prices.hash;
  if (isOtherReading && acknowledgedBatches > 0) {
    // It began in batches of another size, or with other prices: none of them can be skipped.
    await dropStaged(importId);
    acknowledgedBatches = 0;
  }
  const attempt = options.attempt ?? `${callsPerBatch}-${prices.hash}`;
  const report = (progress: ReadProgress) =>
    context.onProgress({
      bytesRead: progress.bytesRead,
      records: progress.records,
      ...ratesOf(progress, bytesTotal, performance.now() - startedMs),
      acknowledgedBatches,
      callsPerBatch,
      pricedWith: prices.hash,
    } satisfies ImportJobProgress);
  const staging = new Set<Promise<void>>();

  const { text, ...read } = target.options;
  const input: ImportWorkerInput = {
    importId,
    acknowledgedBatches,
    read,
    prices: prices.sources,
    keepsText: text === 'redacted',
    files: target.files.map((file) => ({
      path: join(uploadDir(importId), String(file.position)),
      name: file.name,
      position: file.position,
    })),
  };
  const result = await runWorker<FromImportWorker>({
    path: workerPath('import-worker'),
    input,
    signal: context.signal,
    onMessage: async (message, reply) => {
      if (message.type === 'batch') {
        const staged = stageBatch(importId, message.batch, message.rows, attempt);
        staging.add(staged);
        await staged;
        staging.delete(staged);
        acknowledgedBatches = Math.max(acknowledgedBatches, message.batch + 1);
        reply({ type: 'acknowledged', batch: message.batch } satisfies ToImportWorker);
      }
      if (message.type === 'texts') {
        const added = insertRawRecords(importId, message.batch, message.rows);
        staging.add(added);
        await added;
        staging.delete(added);
        reply({ type: 'acknowledged', batch: message.batch } satisfies ToImportWorker);
      }
      report(message);
      if (message.type !== 'done') return undefined;
      await Promise.all(staging);
      return message;
    },
  });
  return result as DoneMessage;
}

function ratesOf(progress: ReadProgress, bytesTotal: number, elapsedMs: number) {
  const seconds = elapsedMs / 1_000;
  if (seconds < 0.5 || progress.bytesRead === 0) return { recordsPerSec: null, secondsLeft: null };
  const bytesPerSec = progress.bytesRead / seconds;
  return {
    recordsPerSec: progress.records / seconds,
    secondsLeft: Math.max(0, bytesTotal - progress.bytesRead) / bytesPerSec,
  };
}

function nothingRead(issues: readonly ImportIssueGroup[]): AppError {
  // What can be done about comes first: a file beside the traces is often of no known format.
  const first = issues.find((issue) => issue.kind === 'mapping_needed') ?? issues[0];
  return new AppError(
    'unsupported_format',
    first === undefined
      ? 'These files hold no model or tool calls. Check that they are trace files.'
      : `Nothing could be read. ${first.fileName}: ${first.example}`,
    issues.map((issue) => ({ path: issue.fileName, message: issue.example })),
  );
}

/** Says what an import read, once its calls are where they are read from. */
export async function summarize(
  target: StoredImport,
  done: DoneMessage,
  measured: Pick<ImportSummary, 'duplicatesDropped' | 'heldBy' | 'seconds' | 'peakRssMb'>,
): Promise<ImportSummary> {
  const totals = await readTotals([target.importId]);
  return ImportSummary.parse({
    importId: target.importId,
    format: [...done.formats].sort().join('+'),
    files: target.files.length,
    bytes: target.files.reduce((sum, file) => sum + file.bytes, 0),
    records: done.records,
    sessions: totals.sessions,
    calls: totals.modelCalls,
    toolCalls: totals.toolCalls,
    databaseCalls: totals.databaseCalls,
    usage: totals.usage,
    promptTokens: promptTokens(totals.usage),
    listCostUsd: usdOrNull(totals.listCostPicoUsd),
    recordedCostUsd: usdOrNull(totals.recordedCostPicoUsd),
    unpricedCalls: totals.unpricedCalls,
    usageMissingCalls: totals.usageMissingCalls,
    dropped: withRepeats(done.dropped, measured.duplicatesDropped - done.duplicates),
    estimatedCalls: totals.estimatedCalls,
    inferredSessions: totals.inferredSessions,
    assumedBasis: done.assumedBasis,
    sources: [...done.sources],
    sourcesTotal: done.sourcesTotal,
    keepsText: target.options.text === 'redacted',
    redactions: done.redactions,
    issues: [...done.issues],
    ...measured,
  });
}

/** Adds the repeats that only show across files and imports. */
function withRepeats(dropped: ImportSummary['dropped'], repeats: number): ImportSummary['dropped'] {
  const others = dropped.filter(({ reason }) => reason !== 'repeat');
  const within = dropped.find(({ reason }) => reason === 'repeat')?.count ?? 0;
  const count = within + repeats;
  return count === 0 ? others : [...others, { reason: 'repeat', count }];
}

function usdOrNull(picoUsd: bigint | null): number | null {
  return picoUsd === null ? null : usdFromPicoUsd(picoUsd);
}

/** Samples the resident memory of the process until it is stopped; then gives the peak in MB. */
function trackPeakRss(): { stop(): number } {
  let peakBytes = process.memoryUsage.rss();
  const sample = () => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, 100);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      sample();
      return Math.round(peakBytes / 1e6);
    },
  };
}
