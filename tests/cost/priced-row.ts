import { priceCall } from '@/lib/cost/price-call';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../sessions/rows';

/** A model call priced from the book; unless told otherwise one of claude-opus-4-5. */
export function pricedRow(part: Partial<PricedCallRow>): PricedCallRow {
  const row = callRow({ model: 'claude-opus-4-5', ...part });
  const cost = priceCall({
    providerName: null,
    requestModel: null,
    responseModel: row.model,
    startMs: row.startMs,
    usage: {
      inputFresh: row.inputFresh ?? 0,
      cacheRead: row.cacheRead ?? 0,
      cacheWrite5m: row.cacheWrite5m ?? 0,
      cacheWrite1h: row.cacheWrite1h ?? 0,
      cacheWriteUnknownTtl: row.cacheWriteUnknownTtl ?? 0,
      output: row.output ?? 0,
      reasoning: row.reasoning,
    },
  });
  if (cost.kind === 'unpriced') return row;
  return {
    ...row,
    listCostPicoUsd: cost.listCostPicoUsd,
    inputCostPicoUsd: cost.inputCostPicoUsd,
  };
}
