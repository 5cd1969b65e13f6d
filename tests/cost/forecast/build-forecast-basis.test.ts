import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import {
  buildForecastBasis,
  type ForecastBasisOptions,
} from '@/lib/cost/forecast/build-forecast-basis';
import { tabulateReplayedLengths } from '@/lib/cost/forecast/replayed-lengths';
import { tabulateLengthCosts } from '@/lib/cost/predict/length-costs';
import { priceCall } from '@/lib/cost/price-call';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';

const model = 'claude-opus-4-5';
const hourMs = 3_600_000;

/** A session of equal calls that begins at an hour of January 2026, a Thursday. */
function session(id: number, calls: number, hour: number, agentName = 'a'): PricedCallRow[] {
  return Array.from({ length: calls }, (_, call) => {
    const usage = {
      inputFresh: 1_000 * (call + 1),
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      cacheWriteUnknownTtl: 0,
      output: 100,
      reasoning: null,
    };
    const startMs = Date.UTC(2026, 0, 1) + hour * hourMs + call * 1_000;
    const cost = priceCall({
      usage,
      providerName: 'anthropic',
      requestModel: null,
      responseModel: model,
      startMs,
    });
    if (cost.kind !== 'priced') throw new Error('unpriced');
    return callRow({
      ...usage,
      sessionId: `s${String(id).padStart(3, '0')}`,
      agentName,
      model,
      providerName: 'anthropic',
      startMs,
      endMs: startMs + 500,
      turnIndex: call,
      listCostPicoUsd: cost.listCostPicoUsd,
      inputCostPicoUsd: cost.inputCostPicoUsd,
    });
  });
}

const options: ForecastBasisOptions = {
  book: standardPriceBook,
  policies: [],
  segmentKey: 'agent',
  lengthFit: { exponent: 2, exponentInterval95: [1.6, 2.4] },
  load: { low: 1, high: 1, source: 'No run.' },
  seed: 1,
  resamples: 50,
};

/** 25 sessions of four calls, twelve hours apart: 12 days. */
const even = Array.from({ length: 25 }, (_, i) => session(i, 4, i * 12, i % 5 === 0 ? 'b' : 'a'));
/** 1,000 + 2,000 + 3,000 + 4,000 tokens at 5 USD and 400 at 25 USD a million. */
const usdOfFour = (10_000 * 5 + 400 * 25) / 1e6;

describe('buildForecastBasis', () => {
  test('holds the mean cost of sessions, by group, with their shares', () => {
    const basis = buildForecastBasis(groupCalls(even.flat(), 25), options);
    expect(basis.all).toMatchObject({ sessions: 25, share: 1 });
    expect(basis.all?.meanUsd).toBeCloseTo(usdOfFour, 12);
    expect(basis.all?.secondMoment).toBeCloseTo(usdOfFour ** 2, 12);
    expect(basis.segments.map(({ name, sessions, share }) => [name, sessions, share])).toEqual([
      ['a', 20, 0.8],
      ['b', 5, 0.2],
    ]);
  });

  test('counts sessions per day over the time between the first and the last start', () => {
    const basis = buildForecastBasis(groupCalls(even.flat(), 25), options);
    expect(basis.observedDays).toBe(12);
    expect(basis.observedSessionsPerDay).toBe(2);
    expect(basis.observedWeekendFactor).toBeNull();
    // A sample of 25 out of 100 sessions is a quarter of the volume.
    const sample = buildForecastBasis(groupCalls(even.flat(), 100), options);
    expect(sample.observedSessionsPerDay).toBe(8);
    expect(sample.sessionsInStore).toBe(100);
  });

  test('tells weekends from weekdays once two weeks are seen', () => {
    const rows = Array.from({ length: 28 }, (_, day) => {
      const isWeekend = day % 7 === 2 || day % 7 === 3; // 2026-01-03 is a Saturday
      return Array.from({ length: isWeekend ? 1 : 4 }, (__, i) =>
        session(day * 10 + i, 1, day * 24 + 1 + i),
      );
    });
    const basis = buildForecastBasis(groupCalls(rows.flat(2), 88), options);
    expect(basis.observedWeekendFactor).toBeCloseTo(0.25, 12);
  });

  test('says nothing of volume within one day', () => {
    const basis = buildForecastBasis(groupCalls(session(1, 3, 0), 1), options);
    expect(basis.observedSessionsPerDay).toBeNull();
    expect(basis.observedDays).toBeNull();
  });

  test('leaves unpriced sessions out and counts them', () => {
    const unpriced = session(90, 2, 300).map((row) => ({
      ...row,
      model: 'unknown',
      listCostPicoUsd: null,
      inputCostPicoUsd: null,
    }));
    const basis = buildForecastBasis(groupCalls([...even.flat(), ...unpriced], 26), options);
    expect(basis.unpricedSessions).toBe(1);
    expect(basis.all?.meanUsd).toBeCloseTo(usdOfFour, 12);
    const nothing = buildForecastBasis(groupCalls(unpriced, 1), options);
    expect(nothing.all).toBeNull();
    expect(nothing.length.source).toContain('power of 2.00');
  });

  test('doubling the length of sessions that re-send their history costs more than double', () => {
    const { points, exponentSd } = buildForecastBasis(groupCalls(even.flat(), 25), options).length;
    const at = (length: number) => points.find((p) => p.lengthFactor === length)?.costFactor ?? 0;
    expect(at(1)).toBe(1);
    // Eight calls instead of four, each 1,000 tokens longer than the last.
    expect(at(2)).toBeCloseTo(((36_000 * 5 + 800 * 25) / 1e6 / usdOfFour) * 1, 1);
    expect(exponentSd).toBeCloseTo(0.8 / 3.92, 3);
  });

  test('costs sessions under a policy, and keeps what they cost today beside it', () => {
    const basis = buildForecastBasis(groupCalls(even.flat(), 25), {
      ...options,
      policies: [{ kind: 'caching', mode: 'none', minimumPrefixTokens: 0, blockTokens: 1 }],
    });
    // Nothing was cached, so that doing without costs the same.
    expect(basis.all?.meanUsd).toBeCloseTo(usdOfFour, 12);
    expect(basis.all?.meanUsdToday).toBeCloseTo(usdOfFour, 12);
    expect(basis.policyNote).toContain('replay');
    const cached = buildForecastBasis(groupCalls(even.flat(), 25), {
      ...options,
      policies: [{ kind: 'caching', mode: 'explicit_5m', minimumPrefixTokens: 0, blockTokens: 1 }],
    });
    expect(cached.all?.meanUsd).toBeLessThan(usdOfFour);
    expect(cached.all?.meanUsdToday).toBeCloseTo(usdOfFour, 12);
  });

  test('replays policies on sessions of the planned length, not on imported ones alone', () => {
    const setOf = (calls: number) =>
      groupCalls(Array.from({ length: 25 }, (_, i) => session(i, calls, i * 12)).flat(), 25);
    const replaySetOf = (calls: number) => buildReplaySet(setOf(calls), standardPriceBook);
    const draws = { draws: 300, seed: options.seed };
    const compactAt = (thresholdTokens: number) => [
      { kind: 'compaction' as const, thresholdTokens, summaryTokens: 500 },
    ];
    const tabulate = (thresholdTokens: number) =>
      tabulateReplayedLengths(replaySetOf(8), {
        ...draws,
        policies: compactAt(thresholdTokens),
        catalogue: [],
      });
    const meanUsd = (calls: number) => {
      const { changedPicoUsd } = replayPolicies(replaySetOf(calls), compactAt(10_000), []);
      return changedPicoUsd.reduce((sum, usd) => sum + usd, 0);
    };
    // A threshold that nothing reaches is no policy: the draws are the same ones.
    const today = tabulateLengthCosts(replaySetOf(8), draws);
    tabulate(100_000_000).forEach(({ lengthFactor, costFactor }, i) => {
      expect(lengthFactor).toBe(today[i]?.lengthFactor);
      expect(costFactor / (today[i]?.costFactor ?? Number.NaN)).toBeCloseTo(1, 9);
    });
    // Of 8 calls none reaches 10,000 tokens; of 32 calls most would: cost is bounded per call.
    const compacted = tabulate(10_000);
    const atFour = (points: typeof compacted) =>
      points.find(({ lengthFactor }) => lengthFactor === 4)?.costFactor ?? Number.NaN;
    const measured = meanUsd(32) / meanUsd(8);
    expect(atFour(compacted) / measured).toBeGreaterThan(0.8);
    expect(atFour(compacted) / measured).toBeLessThan(1.25);
    expect(atFour(today) / measured).toBeGreaterThan(2);

    const basis = buildForecastBasis(setOf(8), { ...options, policies: compactAt(10_000) });
    expect(basis.length.points).toEqual(compacted);
    expect(basis.length.source).toContain('replayed on these');
  });
});
