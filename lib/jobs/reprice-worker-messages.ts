import type { PriceBookSources } from '../cost/price-override';
import type { CallPlace } from '../db/trace-store/reprice-import';
import type { RepricedTotals } from './repriced-sums';

/** What a re-price worker is started with. */
export interface RepriceWorkerInput {
  readonly sources: PriceBookSources;
  /** Of the rows that it is sent, in their order. */
  readonly columns: readonly string[];
  /** Whether rows are sent back, or only what they add up to. */
  readonly isWriting: boolean;
}

/** What a re-price worker sends; after `ready` and each `priced` it waits for a part. */
export type FromRepriceWorker =
  | { readonly type: 'ready' }
  | {
      readonly type: 'priced';
      readonly rows: Uint8Array | null;
      readonly calls: number;
      readonly place: CallPlace;
    }
  | ({ readonly type: 'done' } & RepricedTotals);

/** What a re-price worker is sent: TabSeparated rows, or null after the last. */
export interface ToRepriceWorker {
  readonly rows: Uint8Array | null;
}
