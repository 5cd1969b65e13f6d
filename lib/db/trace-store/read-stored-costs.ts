import { queryRows } from './connection';
import { numberOf, textOrNull } from './decode-row';

/** What the calls of one model cost as they are stored; no price of theirs is to change. */
interface StoredModelCost {
  readonly providerName: string | null;
  readonly model: string | null;
  readonly calls: number;
  readonly changedCalls: 0;
  readonly newlyPricedCalls: 0;
  readonly newlyUnpricedCalls: 0;
  readonly unpricedCalls: number;
  readonly unpricedTokens: number;
  readonly storedPicoUsd: bigint | null; // null: no call has a price
  readonly presentPicoUsd: bigint | null;
}

const unpriced = 'list_cost_pico IS NULL AND output IS NOT NULL';
const tokens = `input_fresh + cache_read + cache_write_5m + cache_write_1h
  + cache_write_unknown_ttl + output + ifNull(reasoning, 0)`;

/** Sums the stored list costs of imports by provider and model, exactly. */
export async function readStoredCosts(importIds: readonly string[]): Promise<StoredModelCost[]> {
  if (importIds.length === 0) return [];
  const rows = await queryRows(
    `SELECT provider_name, coalesce(response_model, request_model) AS model, count(),
            countIf(${unpriced}), toString(ifNull(sumIf(${tokens}, ${unpriced}), 0)),
            toString(sum(toInt128(list_cost_pico)))
     FROM calls WHERE import_id IN {importIds:Array(String)} AND kind = 'model'
     GROUP BY provider_name, model ORDER BY provider_name, model`,
    { importIds },
  );
  return rows.map(([providerName, model, calls, unpricedCalls, unpricedTokens, stored]) => {
    const picoUsd = textOrNull(stored);
    const storedPicoUsd = picoUsd === null ? null : BigInt(picoUsd);
    return {
      providerName: textOrNull(providerName),
      model: textOrNull(model),
      calls: numberOf(calls),
      changedCalls: 0,
      newlyPricedCalls: 0,
      newlyUnpricedCalls: 0,
      unpricedCalls: numberOf(unpricedCalls),
      unpricedTokens: numberOf(unpricedTokens),
      storedPicoUsd,
      presentPicoUsd: storedPicoUsd,
    };
  });
}
