import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import type { Policy } from '@/lib/cost/policies/policy';
import { usualCaching } from '@/lib/cost/policies/policy-defaults';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import type { ReplaySet } from '@/lib/cost/replay/replay-set';
import type { UnitPrices } from '@/lib/cost/unit-prices';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { quantile } from '@/lib/stats/quantile';
import { hasSharedData, listFiles, readClaudeCodeCalls, readPiCalls } from '../shared-traces';
import { listKvCacheFiles, readKvCacheCalls } from './kv-cache-rows';

const isThere = hasSharedData();

const setOf = (rows: readonly PricedCallRow[]) =>
  buildReplaySet(
    groupCalls(rows, new Set(rows.map((row) => row.sessionId)).size),
    standardPriceBook,
  );
const replay = (set: ReplaySet, ...policies: Policy[]) => replayPolicies(set, policies, []);
const sumOf = (values: Float64Array) =>
  values.reduce((sum, one) => sum + (Number.isNaN(one) ? 0 : one), 0);
const usd = (picoUsd: Float64Array) => sumOf(picoUsd) / 1e12;
const print = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`);

/** Prices of one pico-dollar a token, and none for what is read: the cost tells what was not read. */
function readsAreFree(prices: UnitPrices): UnitPrices {
  const source = prices.input?.source;
  if (source === undefined) throw new Error('Expected a price for input.');
  const one = { basePicoUsd: 1, tiers: [], source };
  const none = { ...one, basePicoUsd: 0 };
  return { ...prices, input: one, cacheRead: none, output: none, reasoning: none };
}

const claudeFolder = 'traces/entire-claude-code';
const claudeFiles = isThere ? listFiles(claudeFolder, '.jsonl') : [];
const readClaude = (file: string) => readClaudeCodeCalls(`${claudeFolder}/${file}`, file);
const pi = isThere ? setOf(readPiCalls('traces/pi-coding-agent/large-session.jsonl')) : null;

describe.skipIf(pi === null)('prompt caching where the bill is known', () => {
  test('the pi session of $30.33 costs $143.83 without a prompt cache', () => {
    if (pi === null) return;
    const costs = replay(pi, usualCaching('none'));
    expect(usd(costs.todayPicoUsd)).toBeCloseTo(30.33, 2);
    expect(usd(costs.changedPicoUsd)).toBeCloseTo(143.83, 2);
  });

  test('Claude Code sessions cost by the rules of their cache what was measured, but for its misses', () => {
    const errors: number[] = [];
    const lines = ['Prompt cache by its rules against what was measured:'];
    for (const file of claudeFiles) {
      const set = setOf(readClaude(file));
      if (set.price.length === 0) continue;
      const isHour = sumOf(set.cacheWrite1h) > sumOf(set.cacheWrite5m);
      const costs = replay(set, usualCaching(isHour ? 'explicit_1h' : 'explicit_5m'));
      const error = usd(costs.changedPicoUsd) / usd(costs.todayPicoUsd) - 1;
      errors.push(error);
      lines.push(
        `  ${file.slice(0, 19)}  $${usd(costs.todayPicoUsd).toFixed(2)} measured, ${(100 * error).toFixed(1)} %`,
      );
    }
    const median = quantile(errors.map(Math.abs), 0.5);
    print([...lines, `  median of the absolute errors ${(100 * median).toFixed(1)} %`]);
    expect(errors).toHaveLength(26);
    expect(median).toBeLessThan(0.05);
    // Real caches also lose prefixes within their time: the rules are cheaper, hardly ever dearer.
    expect(quantile(errors, 0.5)).toBeLessThanOrEqual(0.005);
    expect(errors.filter((error) => error > 0.02).length).toBeLessThanOrEqual(3);
  });

  test('calls answered from a store save by the measured cache what they save by its rules', () => {
    const lines = ['Half of the calls answered from a store, as measured against the rules:'];
    const reuse: Policy = { kind: 'response_cache', hitShare: 0.5 };
    const differences: number[] = [];
    let today = 0;
    let changed = 0;
    for (const file of claudeFiles) {
      const set = setOf(readClaude(file));
      if (set.price.length === 0) continue;
      const isHour = sumOf(set.cacheWrite1h) > sumOf(set.cacheWrite5m);
      const rules = usualCaching(isHour ? 'explicit_1h' : 'explicit_5m');
      const all = usd(replay(set, rules).changedPicoUsd);
      const measured = replay(set, reuse);
      today += usd(measured.todayPicoUsd);
      changed += usd(measured.changedPicoUsd);
      // Where the rules do not give today's cost, they are no measure of what is saved from it.
      if (set.price.length < 10 || Math.abs(all / usd(measured.todayPicoUsd) - 1) > 0.005) continue;
      const saved = 1 - usd(measured.changedPicoUsd) / usd(measured.todayPicoUsd);
      const ruled = 1 - usd(replay(set, rules, reuse).changedPicoUsd) / all;
      differences.push(saved - ruled);
      lines.push(
        `  ${file.slice(0, 19)}  ${set.price.length} calls, ${(100 * saved).toFixed(1)} % saved, ${(100 * ruled).toFixed(1)} % by the rules`,
      );
    }
    const median = quantile(differences.map(Math.abs), 0.5);
    print([
      ...lines,
      `  median difference ${(100 * median).toFixed(1)} points; of all sessions ${(100 * (1 - changed / today)).toFixed(1)} % saved`,
    ]);
    expect(differences.length).toBeGreaterThanOrEqual(10);
    expect(median).toBeLessThan(0.005);
  });

  test('what prompts share by their sizes is what they share by the hashes of their blocks', () => {
    const lines = ['Shared prefixes by size against those by hash:'];
    for (const file of listKvCacheFiles()) {
      const calls = readKvCacheCalls(file);
      const truth = calls.reduce((sum, { sharedTokens }) => sum + sharedTokens, 0);
      // Without a clock nothing is lost through time: what is read is what is shared.
      const set = setOf(calls.map(({ row }) => ({ ...row, startMs: null })));
      const free = { ...set, prices: set.prices.map(readsAreFree) };
      const costs = replay(free, {
        kind: 'caching',
        mode: 'implicit',
        minimumPrefixTokens: 0,
        blockTokens: 1,
      });
      const read = sumOf(costs.callChangedPromptTokens) - sumOf(costs.callChangedPicoUsd);
      lines.push(`  ${file}  ${calls.length} calls, ${(100 * (read / truth - 1)).toFixed(1)} %`);
      expect(Math.abs(read / truth - 1)).toBeLessThan(0.05);
    }
    print(lines);
    expect(lines.length).toBeGreaterThan(20);
  });
});

const promptOf = (row: PricedCallRow) =>
  (row.inputFresh ?? 0) + (row.cacheRead ?? 0) + (row.cacheWrite5m ?? 0) + (row.cacheWrite1h ?? 0);

/** A session with a compaction, the call at which it took place, and where the next one is. */
interface Compacted {
  readonly name: string;
  readonly rows: readonly PricedCallRow[];
  readonly at: number;
  readonly end: number;
}

function findCompacted(name: string, rows: readonly PricedCallRow[]): Compacted[] {
  const { isContextReset } = setOf(rows);
  const resets = [...isContextReset.keys()].filter((call) => isContextReset[call] === 1);
  const [at, end = rows.length] = resets;
  if (at === undefined) return [];
  const largest = Math.max(...rows.map(promptOf));
  if (largest > 1.02 * promptOf(rows[at - 1])) {
    print([
      `Skipped ${name}: its prompts pass ${promptOf(rows[at - 1])}, so that was no threshold: cleared or rewound.`,
    ]);
    return [];
  }
  return [{ name, rows, at, end }];
}

describe.skipIf(!isThere)('compaction on sessions that really were compacted', () => {
  const compacted = [
    ...claudeFiles.flatMap((file) =>
      findCompacted(
        file,
        readClaude(file).filter(({ threadId }) => threadId === 'main'),
      ),
    ),
    ...listKvCacheFiles().flatMap((file) =>
      findCompacted(
        file,
        readKvCacheCalls(file).map(({ row }) => row),
      ),
    ),
  ];

  test('there are some of them', () => {
    expect(compacted.length).toBeGreaterThanOrEqual(3);
  });

  test.each(compacted)(
    '$name as if never compacted, then compacted where it was: its later prompts',
    ({ name, rows, at, end }) => {
      const threshold = promptOf(rows[at - 1]) + (rows[at - 1].output ?? 0);
      const undone = threshold - promptOf(rows[at]);
      const never = setOf(
        rows.slice(0, end).map((row, i) => ({
          ...row,
          inputFresh: i < at ? promptOf(row) : promptOf(row) + undone,
          cacheRead: 0,
          cacheWrite5m: 0,
          cacheWrite1h: 0,
        })),
      );
      expect(never.isContextReset.some((reset) => reset === 1)).toBe(false);
      const kept = promptOf(rows[at]) - never.standingPrefixTokens[0];
      const costs = replay(never, {
        kind: 'compaction',
        thresholdTokens: threshold,
        summaryTokens: Math.max(0, kept),
      });
      const errors = rows
        .slice(at, end)
        .map((row, i) => Math.abs(costs.callChangedPromptTokens[at + i] / promptOf(row) - 1));
      const median = quantile(errors, 0.5);
      print([
        `${name}: compacted at ${threshold} to ${promptOf(rows[at])}, ${errors.length} later prompts, median error ${(100 * median).toFixed(1)} %, ${costs.callsAdded} summaries`,
      ]);
      expect(costs.callsAdded).toBe(1);
      expect(median).toBeLessThan(0.15);
    },
  );
});
