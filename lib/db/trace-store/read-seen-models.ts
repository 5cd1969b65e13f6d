import { queryRows } from './connection';
import { numberOf, numberOrNull, textOrNull } from './decode-row';

/** Calls of one model, as their traces name it, that use the same kinds of tokens. */
export interface SeenModelCalls {
  readonly providerName: string | null;
  readonly requestModel: string | null;
  readonly responseModel: string | null;
  readonly serviceTier: string | null;
  /** Which token buckets are above zero, one bit each in the order of {@link usedBuckets}. */
  readonly used: number;
  readonly hasUsage: boolean;
  readonly calls: number;
  readonly tokens: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** The buckets of `used`, the lowest bit first. */
export const usedBuckets = [
  'inputFresh',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknownTtl',
  'output',
  'reasoning',
] as const;

const columns = [
  ...['input_fresh', 'cache_read', 'cache_write_5m', 'cache_write_1h'],
  ...['cache_write_unknown_ttl', 'output', 'reasoning'],
];
const used = columns.map((name, bit) => `(ifNull(${name}, 0) > 0) * ${2 ** bit}`).join(' + ');
const tokens = columns.map((name) => `ifNull(${name}, 0)`).join(' + ');

/** Most groups that are read: every name times the kinds of tokens that its calls use. */
const groupsMax = 20_000;

/** Adds up the model calls of imports by what they name; answers out of a cache are left out. */
export async function readSeenModels(importIds: readonly string[]): Promise<SeenModelCalls[]> {
  if (importIds.length === 0) return [];
  const rows = await queryRows(
    `SELECT provider_name, request_model, response_model, service_tier,
            ${used} AS used, output IS NOT NULL AS has_usage,
            count() AS calls, toString(sum(${tokens})), min(start_ms), max(start_ms)
     FROM calls
     WHERE import_id IN {importIds:Array(String)} AND kind = 'model' AND is_response_cache_hit = 0
     GROUP BY provider_name, request_model, response_model, service_tier, used, has_usage
     ORDER BY calls DESC LIMIT ${groupsMax}`,
    { importIds },
  );
  return rows.map((row) => ({
    providerName: textOrNull(row[0]),
    requestModel: textOrNull(row[1]),
    responseModel: textOrNull(row[2]),
    serviceTier: textOrNull(row[3]),
    used: numberOf(row[4]),
    hasUsage: numberOf(row[5]) === 1,
    calls: numberOf(row[6]),
    tokens: numberOf(row[7]),
    firstMs: numberOrNull(row[8]),
    lastMs: numberOrNull(row[9]),
  }));
}
