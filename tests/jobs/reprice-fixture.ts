import { standardPriceBook } from '@/lib/cost/create-price-book';
import { priceCall } from '@/lib/cost/price-call';
import { createImport, updateImport } from '@/lib/db/import-store';
import { createProject } from '@/lib/db/project-store';
import { queryRows } from '@/lib/db/trace-store/connection';
import { encodeCalls, type PricedCall } from '@/lib/db/trace-store/encode-call';
import { finishStaging, stageBatch } from '@/lib/db/trace-store/write-import';
import { createRandomStream } from '@/lib/stats/random-stream';
import type { CallRecord } from '@/lib/traces/call-record';
import { pricedCall, usageOf } from '../db/priced-call';

const models = ['gpt-4o', 'claude-sonnet-4-5', 'gpt-5', 'no-such-model', null];
const sessions = ['plain', 'tab\tand \\ stroke', 'line\nfeed', '夜\u0301', "quote'", '\\N', ''];
const tiers = [null, 'standard', 'priority', 'batch'];

/** Calls of every shape that pricing looks at, stored with costs that no book would give. */
export function inventCalls(importId: string, count: number): PricedCall[] {
  const random = createRandomStream(1, 0, 'reprice', 0);
  const share = () => random.nextFloat();
  const tokens = () => Math.floor(share() ** 3 * 400_000);
  const pick = <T>(list: readonly T[]) => list[Math.floor(share() * list.length)] ?? null;
  return Array.from({ length: count }, (_, seq) => {
    const usage = usageOf({
      inputFresh: tokens(),
      cacheRead: tokens(),
      cacheWrite5m: tokens(),
      cacheWriteUnknownTtl: share() < 0.3 ? tokens() : 0,
      output: tokens(),
      reasoning: share() < 0.5 ? null : tokens(),
    });
    const call: Partial<CallRecord> = {
      sessionId: `${pick(sessions)}${seq % 7}`,
      kind: share() < 0.2 ? 'tool' : 'model',
      startMs: share() < 0.1 ? null : Date.UTC(2026, 3, 1) + share() * 1e9,
      providerName: pick(['openai', 'anthropic', null]),
      requestModel: pick(models),
      responseModel: pick(models),
      serviceTier: pick(tiers),
      isResponseCacheHit: share() < 0.05,
      recordedCostUsd: share() < 0.5 ? null : share() / 7,
      usageBasis: pick(['inclusive', 'assumed_inclusive', null]),
      toolName: 'a tool\twith a tab',
      usage: share() < 0.1 ? null : usage,
    };
    return pricedCall(importId, seq, call, share() < 0.3 ? null : 123_456_789 + seq);
  });
}

/** A completed import of a new project. */
export interface StoredCalls {
  readonly projectId: string;
  readonly importId: string;
  readonly calls: readonly PricedCall[];
}

/** Stores invented calls as one completed import, as if they had been priced otherwise. */
export async function storeCalls(name: string, count: number): Promise<StoredCalls> {
  const { projectId } = await createProject(name);
  return storeMoreCalls(projectId, count);
}

/** Stores invented calls as one more completed import of a project. */
export async function storeMoreCalls(projectId: string, count: number): Promise<StoredCalls> {
  const { importId } = await createImport(projectId, 'calls');
  const calls = inventCalls(importId, count);
  await stageBatch(importId, 0, encodeCalls(calls));
  await finishStaging(importId, []);
  await updateImport(importId, { status: 'completed' });
  return { projectId, importId, calls };
}

/** The four costs of a call as text, by its number. */
export async function readCosts(importId: string): Promise<Map<number, unknown[]>> {
  const rows = await queryRows(
    `SELECT seq, toString(list_cost_pico), toString(input_cost_pico), toString(list_cost_pico_max),
            sku_price_id
     FROM calls WHERE import_id = {importId:String}`,
    { importId },
  );
  return new Map(rows.map(([seq, ...costs]) => [Number(seq), costs]));
}

/** What {@link readCosts} has to give of calls under the installed book. */
export function expectCosts(calls: readonly PricedCall[]): Map<number, unknown[]> {
  return new Map(calls.map((one) => [one.seq, costsOf(one)]));
}

function costsOf({ call }: PricedCall): unknown[] {
  const cost = call.kind === 'model' ? priceCall(call, standardPriceBook) : null;
  if (cost?.kind !== 'priced') return [null, null, null, null];
  const { listCostPicoUsd, inputCostPicoUsd, listCostPicoUsdMax, skuPriceId } = cost;
  return [...[listCostPicoUsd, inputCostPicoUsd, listCostPicoUsdMax].map(String), skuPriceId];
}

/** Sums of the calls and of the sessions of an import; equal wherever both tables tell of one state. */
export async function readSums(importId: string): Promise<{ calls: unknown; sessions: unknown }> {
  const [calls, sessionSums] = await Promise.all([
    queryRows(
      `SELECT toString(sum(toInt128(list_cost_pico))), countIf(list_cost_pico IS NULL AND output IS NOT NULL)
       FROM calls WHERE import_id = {importId:String} AND kind = 'model'`,
      { importId },
    ),
    queryRows(
      `SELECT toString(sum(list_cost_pico)), sum(unpriced_calls)
       FROM sessions WHERE import_id = {importId:String}`,
      { importId },
    ),
  ]);
  return { calls: calls[0]?.map(String), sessions: sessionSums[0]?.map(String) };
}

/** Rows that are put together aside, of any import. */
export async function countAside(): Promise<number> {
  const [row] = await queryRows(
    'SELECT (SELECT count() FROM finishing_calls) + (SELECT count() FROM finishing_sessions)',
  );
  return Number(row?.[0]);
}
