import type { ImportIssueGroup, ImportSummary } from '../contracts/import';
import type { PriceBookSources } from '../cost/price-override';
import type { ReadOptions } from '../traces/read-options';

/** Calls of one batch; a reading goes on with batches of the size in which it began. */
export const callsPerBatch = 20_000;

/** What an import worker is started with. */
export interface ImportWorkerInput {
  readonly importId: string;
  readonly files: readonly { path: string; name: string; position: number }[];
  /** Batches that the store has acknowledged; they are parsed again and not sent. */
  readonly acknowledgedBatches: number;
  readonly read: ReadOptions;
  /** What the calls are priced with. */
  readonly prices: PriceBookSources;
  /** Whether the text of each record is sent too, redacted. */
  readonly keepsText: boolean;
}

/** How far the files are read. */
export interface ReadProgress {
  readonly bytesRead: number;
  readonly records: number;
}

/** What an import worker sends. */
export type FromImportWorker =
  | ({ readonly type: 'progress' } & ReadProgress)
  | ({ readonly type: 'batch'; readonly batch: number; readonly rows: Uint8Array } & ReadProgress)
  | ({ readonly type: 'texts'; readonly batch: number; readonly rows: string } & ReadProgress)
  | ({
      readonly type: 'done';
      readonly calls: number;
      readonly formats: readonly string[];
      readonly duplicates: number;
      readonly dropped: ImportSummary['dropped'];
      readonly assumedBasis: ImportSummary['assumedBasis'];
      readonly sources: ImportSummary['sources'];
      readonly sourcesTotal: number;
      readonly redactions: number;
      readonly issues: readonly ImportIssueGroup[];
    } & ReadProgress);

/** What an import worker is sent: the store has acknowledged a batch of rows or of texts. */
export interface ToImportWorker {
  readonly type: 'acknowledged';
  readonly batch: number;
}
