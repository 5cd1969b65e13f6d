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

/** A session whose context was cut back, and the calls at which it was. */
interface Compacted {
  readonly name: string;
  readonly source: string;
  readonly rows: readonly PricedCallRow[];
  readonly resets: readonly number[];
}

/** At what context a session was compacted, and what that left beyond the standing prefix. */
interface Habit {
  readonly threshold: number;
  readonly kept: number;
}

const contextBefore = ({ rows }: Compacted, at: number) =>
  promptOf(rows[at - 1]) + (rows[at - 1].output ?? 0);

/** The session as if it had never been cut back: all that was added is still there. */
function undoResets(session: Compacted): ReplaySet {
  let undone = 0;
  const rows = session.rows.map((row, i) => {
    if (session.resets.includes(i)) undone += contextBefore(session, i) - promptOf(row);
    const inputFresh = promptOf(row) + undone;
    return { ...row, inputFresh, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  });
  return setOf(rows);
}

function habitOf(session: Compacted): Habit {
  const [at] = session.resets;
  const standing = undoResets(session).standingPrefixTokens[0];
  const kept = Math.max(0, promptOf(session.rows[at]) - standing);
  return { threshold: contextBefore(session, at), kept };
}

const medianHabit = (habits: readonly Habit[]): Habit => ({
  threshold: quantile(
    habits.map(({ threshold }) => threshold),
    0.5,
  ),
  kept: quantile(
    habits.map(({ kept }) => kept),
    0.5,
  ),
});

/** Median relative error of the prompts from a reset on that none of the habit was taken from. */
function predictPrompts(session: Compacted, habit: Habit, from: number) {
  const costs = replay(undoResets(session), {
    kind: 'compaction',
    thresholdTokens: Math.round(habit.threshold),
    summaryTokens: Math.round(habit.kept),
  });
  const errors = session.rows
    .slice(from)
    .map((row, i) => Math.abs(costs.callChangedPromptTokens[from + i] / promptOf(row) - 1));
  return { median: quantile(errors, 0.5), prompts: errors.length, summaries: costs.callsAdded };
}

function findCompacted(name: string, source: string, rows: readonly PricedCallRow[]): Compacted[] {
  const { isContextReset } = setOf(rows);
  const resets = [...isContextReset.keys()].filter((call) => isContextReset[call] === 1);
  return resets.length === 0 ? [] : [{ name, source, rows, resets }];
}

describe.skipIf(!isThere)('compaction on sessions that really were cut back', () => {
  const compacted = [
    ...claudeFiles.flatMap((file) =>
      findCompacted(
        file,
        'Claude Code',
        readClaude(file).filter(({ threadId }) => threadId === 'main'),
      ),
    ),
    ...listKvCacheFiles().flatMap((file) =>
      findCompacted(
        file,
        'block hashes',
        readKvCacheCalls(file).map(({ row }) => row),
      ),
    ),
  ];

  // What a session was given after it was cut back is known here; at what context that happened, and
  // how much was kept, is taken from elsewhere. Real sessions are also cleared by hand at any length,
  // which no threshold foretells: most predictions miss, and the two that hold are asserted.
  test('the prompts after a reset, from an earlier reset or from the other sessions of the source', () => {
    const predictions = compacted.flatMap((session) => {
      const { name, source, resets } = session;
      const [first, second] = resets;
      const others = compacted.filter((one) => one !== session && one.source === source);
      const byOthers = {
        name: `${name.slice(0, 19)} by the others`,
        ...predictPrompts(session, medianHabit(others.map(habitOf)), first),
      };
      if (second === undefined) return [byOthers];
      const own = predictPrompts(session, habitOf(session), second);
      return [byOthers, { name: `${name.slice(0, 19)} by its first reset`, ...own }];
    });
    const reached = predictions.filter(({ median }) => median < 0.15);
    print([
      `Prompts after a reset, predicted for ${compacted.length} sessions:`,
      ...predictions.map(
        ({ name, median, prompts, summaries }) =>
          `  ${name}: ${prompts} prompts, ${summaries} summaries, median error ${(100 * median).toFixed(1)} %`,
      ),
      `  ${reached.length} of ${predictions.length} predictions are within 15 %`,
    ]);
    expect(predictions).toHaveLength(7);
    expect(reached.map(({ name }) => name)).toEqual([
      'trace_0550.json by the others',
      'trace_0699.json by the others',
    ]);
  });
});
