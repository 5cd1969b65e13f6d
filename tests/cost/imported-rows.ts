import { standardPriceBook } from '@/lib/cost/create-price-book';
import type { PriceBook } from '@/lib/cost/price-book';
import { priceCall } from '@/lib/cost/price-call';
import { sessionRow } from '@/lib/jobs/session-source';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import type { CallRecord } from '@/lib/traces/call-record';
import { readCalls, sharedPath } from '../traces/expected-figures';

/** A call as an import would keep it: priced, in the session it names. */
function rowOf(call: CallRecord, book: PriceBook): PricedCallRow {
  const cost = priceCall(call, book);
  const isPriced = cost.kind === 'priced' && call.kind === 'model';
  return sessionRow({
    ...call,
    sessionId: call.sessionId ?? `alone ${call.dedupeKey}`,
    listCostPicoUsd: isPriced ? cost.listCostPicoUsd : null,
    inputCostPicoUsd: isPriced ? cost.inputCostPicoUsd : null,
  });
}

/** Reads shared traces through the adapters of the project, ordered as sessions are grouped. */
export async function readImportedRows(
  paths: readonly string[],
  book: PriceBook = standardPriceBook,
): Promise<PricedCallRow[]> {
  const { calls } = await readCalls(paths.map((path) => sharedPath(...path.split('/'))));
  return calls
    .map((call, index) => ({ row: rowOf(call, book), index }))
    .sort((a, b) => {
      if (a.row.sessionId !== b.row.sessionId) return a.row.sessionId < b.row.sessionId ? -1 : 1;
      const later = (a.row.startMs ?? 0) - (b.row.startMs ?? 0);
      return later === 0 ? a.index - b.index : later;
    })
    .map(({ row }) => row);
}
