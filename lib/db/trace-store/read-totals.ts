import type { TokenUsage } from '../../traces/call-record';
import { queryRows } from './connection';
import { numberOf, numberOrNull } from './decode-row';

/** Exact sums over all calls of some imports; no sampling. */
export interface CallTotals {
  readonly sessions: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly databaseCalls: number;
  readonly usage: TokenUsage;
  readonly listCostPicoUsd: bigint | null; // null: no call is priced
  readonly recordedCostPicoUsd: bigint | null; // null: no call has a recorded cost
  readonly recordedCostCalls: number;
  readonly unpricedCalls: number;
  readonly unpricedTokens: number;
  readonly usageMissingCalls: number;
  readonly unattributedCalls: number;
  readonly firstCallMs: number | null;
  readonly lastCallMs: number | null;
}

const buckets = [
  'input_fresh',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown_ttl',
  'output',
] as const;

const allTokens = `${buckets.join(' + ')} + ifNull(reasoning, 0)`;

/** Sums the calls of imports; only model calls count as calls, tokens and cost. */
export async function readTotals(importIds: readonly string[]): Promise<CallTotals> {
  const isModel = "kind = 'model'";
  const [row = []] = await queryRows(
    `SELECT
       uniqExact(session_id),
       countIf(${isModel}), countIf(kind = 'tool'), countIf(kind = 'database'),
       ${buckets.map((name) => `toString(ifNull(sumIf(${name}, ${isModel}), 0))`).join(', ')},
       toString(sumIf(reasoning, ${isModel})),
       toString(sumIf(list_cost_pico, ${isModel})),
       toString(sumIf(toInt128(round(recorded_cost_usd * 1e12)), ${isModel})),
       countIf(recorded_cost_usd IS NOT NULL AND ${isModel}),
       countIf(list_cost_pico IS NULL AND output IS NOT NULL AND ${isModel}),
       toString(ifNull(sumIf(${allTokens}, list_cost_pico IS NULL AND ${isModel}), 0)),
       countIf(output IS NULL AND ${isModel}),
       countIf(is_unattributed = 1),
       min(start_ms), max(coalesce(end_ms, start_ms))
     FROM calls WHERE import_id IN {importIds:Array(String)}`,
    { importIds },
  );
  return {
    sessions: numberOf(row[0]),
    modelCalls: numberOf(row[1]),
    toolCalls: numberOf(row[2]),
    databaseCalls: numberOf(row[3]),
    usage: {
      inputFresh: numberOf(row[4]),
      cacheRead: numberOf(row[5]),
      cacheWrite5m: numberOf(row[6]),
      cacheWrite1h: numberOf(row[7]),
      cacheWriteUnknownTtl: numberOf(row[8]),
      output: numberOf(row[9]),
      reasoning: numberOrNull(row[10]),
    },
    listCostPicoUsd: bigintOrNull(row[11]),
    recordedCostPicoUsd: bigintOrNull(row[12]),
    recordedCostCalls: numberOf(row[13]),
    unpricedCalls: numberOf(row[14]),
    unpricedTokens: numberOf(row[15]),
    usageMissingCalls: numberOf(row[16]),
    unattributedCalls: numberOf(row[17]),
    firstCallMs: numberOrNull(row[18]),
    lastCallMs: numberOrNull(row[19]),
  };
}

function bigintOrNull(value: unknown): bigint | null {
  return value === null || value === undefined ? null : BigInt(String(value));
}

/** Exact quantiles (type 7) and mean of one quantity over all sessions. */
interface ExactQuantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly mean: number;
}

/** Quantiles of cost and tokens per session over all sessions of imports; null where none counts. */
export interface SessionQuantileTotals {
  readonly costPerSessionUsd: ExactQuantiles | null;
  readonly tokensPerSession: ExactQuantiles | null;
}

/** Reads exact quantiles over sessions: of cost where a call is priced, of tokens where usage is known. */
export async function readSessionQuantiles(
  importIds: readonly string[],
): Promise<SessionQuantileTotals> {
  const levels = '0.5, 0.9, 0.95, 0.99';
  const [row = []] = await queryRows(
    `SELECT
       countIf(cost IS NOT NULL),
       quantilesExactInclusiveIf(${levels})(assumeNotNull(cost) / 1e12, cost IS NOT NULL),
       avgIf(cost, cost IS NOT NULL) / 1e12,
       countIf(tokens IS NOT NULL),
       quantilesExactInclusiveIf(${levels})(toFloat64(assumeNotNull(tokens)), tokens IS NOT NULL),
       avgIf(tokens, tokens IS NOT NULL)
     FROM (
       SELECT sum(list_cost_pico) AS cost, sum(${allTokens}) AS tokens
       FROM calls WHERE import_id IN {importIds:Array(String)} AND kind = 'model'
       GROUP BY session_id
     )`,
    { importIds },
  );
  return {
    costPerSessionUsd: numberOf(row[0]) === 0 ? null : quantilesOf(row[1], row[2]),
    tokensPerSession: numberOf(row[3]) === 0 ? null : quantilesOf(row[4], row[5]),
  };
}

function quantilesOf(levels: unknown, mean: unknown): ExactQuantiles {
  const [p50, p90, p95, p99] = Array.isArray(levels) ? levels : [];
  return {
    p50: numberOf(p50),
    p90: numberOf(p90),
    p95: numberOf(p95),
    p99: numberOf(p99),
    mean: numberOf(mean),
  };
}
