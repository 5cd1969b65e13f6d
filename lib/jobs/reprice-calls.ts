import type { PriceBookSources } from '../cost/price-override';
import { callColumnNames } from '../db/trace-store/call-table';
import {
  addRepriced,
  type CallPlace,
  pricedColumns,
  readModelCallPart,
} from '../db/trace-store/reprice-import';
import { workerPath } from '../env';
import type {
  FromRepriceWorker,
  RepriceWorkerInput,
  ToRepriceWorker,
} from './reprice-worker-messages';
import type { RepricedTotals } from './repriced-sums';
import { runWorker } from './run-worker';

/** Calls in memory at a time: some ten megabytes of whole rows. */
const callsPerPart = 25_000;

/** How the calls of an import are priced again. */
export interface RepriceOptions {
  readonly sources: PriceBookSources;
  readonly signal: AbortSignal;
  /** The rows with their new costs are added to what is put together aside. */
  readonly isWriting: boolean;
  /** Told how many calls each part had, and waited for before the part is put aside. */
  readonly onCalls?: (calls: number) => unknown;
  readonly callsPerPart?: number; //     25,000 unless given
}

/**
 * Prices every model call of an import in a thread of its own, part by part, so that memory does not
 * grow with their number.
 *
 * @returns cost as stored and by these sources
 * @throws AppError cancelled when the signal is aborted
 */
export async function repriceCalls(
  importId: string,
  options: RepriceOptions,
): Promise<RepricedTotals> {
  const { sources, signal, isWriting, onCalls } = options;
  const columns = isWriting ? callColumnNames : pricedColumns;
  const callsMax = options.callsPerPart ?? callsPerPart;
  let after: CallPlace | null = null;
  const done = await runWorker<FromRepriceWorker>({
    path: workerPath('reprice-worker'),
    input: { sources, columns, isWriting } satisfies RepriceWorkerInput,
    signal,
    onMessage: async (message, reply) => {
      if (message.type === 'done') {
        const { models, assumedBasis } = message;
        return { models, assumedBasis } satisfies RepricedTotals;
      }
      if (message.type === 'priced') {
        await onCalls?.(message.calls);
        if (message.rows !== null) await addRepriced(message.rows);
        after = message.place;
      }
      const rows = await readModelCallPart({ importId, after, callsMax }, columns);
      reply({ rows: rows.length === 0 ? null : rows } satisfies ToRepriceWorker);
      return undefined;
    },
  });
  return done as RepricedTotals;
}
