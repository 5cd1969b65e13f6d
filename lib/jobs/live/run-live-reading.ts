import { randomUUID } from 'node:crypto';
import { removeUploads } from '../../db/data-dir';
import type { StoredImport } from '../../db/import-store';
import { getImportOrThrow, updateImport } from '../../db/import-store';
import { completeLiveReading } from '../../db/live-import-store';
import { dropStaged, finishStaging } from '../../db/trace-store/write-import';
import { describeHeld } from '../held-calls';
import { listKnownImports, readFiles, summarize } from '../import-job';
import { insertRollupExcess } from '../insert-rollup-excess';
import type { JobContext } from '../job-context';
import { readProjectBook } from '../price-sources';
import { segmentSizes } from './live-spool';
import { noteReading, scheduleReading } from './schedule-reading';

/** A line that is cut at the end was never acknowledged, and files that grow are meant to. */
const expectedKinds = new Set(['truncated', 'file_changed']);

/**
 * Reads everything that a live import has been sent, and puts it in the place of what was read before.
 *
 * The whole is read again each time: spans of one trace arrive over minutes, children first, and only
 * together do they tell their session, their turn and what an agent reports beyond them. Pages keep
 * the earlier state until the new one is complete.
 */
export async function runLiveReading(target: StoredImport, context: JobContext): Promise<void> {
  const startedMs = performance.now();
  const { importId } = target;
  const positions = target.files.map((file) => file.position);
  const sizes = await segmentSizes(importId, positions);
  const files = target.files
    .map((file) => ({ ...file, bytes: sizes.get(file.position) ?? 0 }))
    .filter((file) => file.bytes > 0);
  if (files.length > 0) {
    await dropStaged(importId);
    const live = { ...target, files };
    const prices = await readProjectBook(target.projectId);
    const read = await readFiles(live, context, { prices, attempt: randomUUID() });
    const done = { ...read, issues: read.issues.filter((issue) => !expectedKinds.has(issue.kind)) };
    const knownImportIds = await listKnownImports(target);
    const repeats = await finishStaging(importId, knownImportIds, {
      complete: () => insertRollupExcess(importId, { knownImportIds, book: prices.book }),
    });
    const seconds = (performance.now() - startedMs) / 1_000;
    const peakRssMb = Math.round(process.memoryUsage.rss() / 1e6);
    const heldBy = await describeHeld(target, knownImportIds);
    const measured = { duplicatesDropped: done.duplicates + repeats, heldBy, seconds, peakRssMb };
    const summary = await summarize(live, done, measured);
    const contentHash = `live:${[...sizes.values()].join(':')}`;
    await completeLiveReading(importId, { summary, segmentBytes: sizes, contentHash });
    await updateImport(importId, { pricedWith: prices.hash });
    await dropStaged(importId);
  }
  noteReading(importId, performance.now() - startedMs);
  await goOn(importId, target, sizes);
}

/** Ends a closed live import that was read to its end; any other that has grown is read again. */
async function goOn(
  importId: string,
  before: StoredImport,
  sizes: ReadonlyMap<number, number>,
): Promise<void> {
  const now = await getImportOrThrow(null, importId);
  const sizesNow = await segmentSizes(
    importId,
    now.files.map((file) => file.position),
  );
  const hasGrown = [...sizesNow].some(([position, bytes]) => sizes.get(position) !== bytes);
  if (hasGrown) scheduleReading(importId);
  else if (before.closedAt !== null) removeUploads(importId);
}
