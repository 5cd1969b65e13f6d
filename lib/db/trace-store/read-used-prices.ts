import { queryRows } from './connection';
import { numberOf, numberOrNull, textOrNull } from './decode-row';

/** Calls of one model that were priced alike, and when they were made. */
export interface UsedPrice {
  readonly providerName: string | null;
  readonly requestModel: string | null;
  readonly responseModel: string | null;
  readonly serviceTier: string | null;
  readonly skuPriceId: string | null; // null: unpriced
  readonly calls: number;
  readonly tokens: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/**
 * Lists which prices the calls of imports were given, by how the traces name their models.
 *
 * Calls without usage and answers out of a response cache are not priced by the token, and left out.
 */
export async function readUsedPrices(importIds: readonly string[]): Promise<UsedPrice[]> {
  const rows = await queryRows(
    `SELECT provider_name, request_model, response_model, service_tier, sku_price_id, count(),
            toString(sum(input_fresh + cache_read + cache_write_5m + cache_write_1h
              + cache_write_unknown_ttl + output + ifNull(reasoning, 0))),
            min(start_ms), max(start_ms)
     FROM calls
     WHERE import_id IN {importIds:Array(String)} AND kind = 'model' AND output IS NOT NULL
       AND is_response_cache_hit = 0
     GROUP BY provider_name, request_model, response_model, service_tier, sku_price_id
     ORDER BY count() DESC, provider_name, request_model, response_model, service_tier, sku_price_id
     LIMIT 10000`,
    { importIds },
  );
  return rows.map((row) => ({
    providerName: textOrNull(row[0]),
    requestModel: textOrNull(row[1]),
    responseModel: textOrNull(row[2]),
    serviceTier: textOrNull(row[3]),
    skuPriceId: textOrNull(row[4]),
    calls: numberOf(row[5]),
    tokens: numberOf(row[6]),
    firstMs: numberOrNull(row[7]),
    lastMs: numberOrNull(row[8]),
  }));
}
