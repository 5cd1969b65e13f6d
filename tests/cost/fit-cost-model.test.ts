import fc from 'fast-check';
import { linearRegression, mean } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { CostModel } from '@/lib/cost/cost-model';
import { fitCostModel, sumTotals } from '@/lib/cost/fit-cost-model';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { createRandomStream } from '@/lib/stats/random-stream';
import { callRow, usageMissing } from '../sessions/rows';
import { pricedRow } from './priced-row';

const fitRows = (rows: readonly PricedCallRow[]) => {
  const set = groupCalls(rows, new Set(rows.map((row) => row.sessionId)).size);
  return fitCostModel(set, { seed: 1, resamples: 200 });
};

/** Full replay without output: call k of a session sends `standing + (k − 1) · growth` tokens. */
const replay = (sessionId: string, calls: number, standing: number, growth: number) =>
  Array.from({ length: calls }, (_, k) =>
    pricedRow({ sessionId, inputFresh: standing + k * growth }),
  );

describe('fitCostModel', () => {
  test('no sessions at all: nothing is known, and nothing is zero that is not', () => {
    const model = fitRows([]);
    expect(CostModel.parse(model)).toEqual(model);
    expect(model).toMatchObject({
      listCostUsd: 0,
      recordedCostUsd: null,
      costPerSessionUsd: null,
      tokensPerSession: null,
      growth: null,
      historyShare: null,
      growthCurve: [],
      byBucket: [],
      failedCostShare: null,
      topDecileShare: null,
      attributedShare: null,
    });
  });

  test('a quadratic session gives back its growth, whatever its standing prefix', () => {
    const rows = [...replay('a', 30, 5_000, 400), ...replay('b', 5, 90_000, 400)];
    const { growth } = fitRows(rows);
    expect(growth?.tokensPerCall).toBeCloseTo(400, 9);
    expect(growth?.rSquared).toBeCloseTo(1, 12);
    expect(growth).toMatchObject({ calls: 35, segments: 2, contextResets: 0, interval95: null });
  });

  test('a reset begins a new segment: the slope holds where one line per session would fall', () => {
    const rows = [
      ...replay('a', 10, 2_000, 1_000),
      ...replay('a', 10, 2_000, 1_000),
      ...replay('a', 2, 2_000, 1_000),
    ];
    const { growth } = fitRows(rows);
    expect(growth?.tokensPerCall).toBeCloseTo(1_000, 9);
    expect(growth).toMatchObject({ contextResets: 2, segments: 2, calls: 20 });
    const prompts = rows.map((row, i): [number, number] => [i + 1, row.inputFresh ?? 0]);
    expect(growth?.tokensPerCallUnsegmented).toBeCloseTo(linearRegression(prompts).m, 9);
    expect(growth?.tokensPerCallUnsegmented).toBeLessThan(500);
  });

  test('cost grows with exponent 1 when every call costs the same, and towards 2 under full replay', () => {
    const flat = fitRows(replay('a', 40, 1_000, 0)).growth;
    expect(flat?.exponent).toBeCloseTo(1, 12);
    expect(flat).toMatchObject({ tokensPerCall: 0, rSquared: 1 });
    const pure = fitRows(replay('a', 300, 100, 100)).growth;
    expect(pure?.exponent).toBeGreaterThan(1.9);
    expect(pure?.exponent).toBeLessThan(2);
  });

  test('the interval of the slope narrows on the true growth', () => {
    const stream = createRandomStream(5, 0, 'growth', 0);
    const rows = Array.from({ length: 60 }, (_, s) =>
      replay(`s${s}`, 12, 4_000, Math.round(500 + 60 * stream.nextNormal())),
    ).flat();
    const interval = fitRows(rows).growth?.interval95;
    expect(interval?.[0]).toBeGreaterThan(460);
    expect(interval?.[0]).toBeLessThan(500);
    expect(interval?.[1]).toBeGreaterThan(500);
    expect(interval?.[1]).toBeLessThan(540);
  });

  test('the same sessions and seed give the same model, another seed other intervals', () => {
    const rows = Array.from({ length: 25 }, (_, s) => replay(`s${s}`, 3 + s, 1_000, 50)).flat();
    const set = groupCalls(rows, 25);
    const first = fitCostModel(set, { seed: 1, resamples: 100 });
    expect(fitCostModel(set, { seed: 1, resamples: 100 })).toEqual(first);
    expect(fitCostModel(set, { seed: 2, resamples: 100 })).not.toEqual(first);
    expect(first.costPerSessionUsd?.p95Interval95).not.toBeNull();
  });

  test('below 20 sessions no bootstrap interval is given', () => {
    const rows = Array.from({ length: 19 }, (_, s) => replay(`s${s}`, 3, 1_000, 50)).flat();
    const model = fitRows(rows);
    expect(model.costPerSessionUsd?.p95Interval95).toBeNull();
    expect(model.growth?.interval95).toBeNull();
  });

  test('sub-agent threads count in totals and never in growth', () => {
    const sub = replay('a', 9, 50_000, 7_000).map((row) => ({ ...row, threadId: 'sub' }));
    const alone = fitRows(replay('a', 9, 1_000, 100));
    const both = fitRows([...replay('a', 9, 1_000, 100), ...sub]);
    expect(both.growth).toEqual(alone.growth);
    expect(both.listCostUsd).toBeGreaterThan(alone.listCostUsd);
  });

  test('history is what went before, less the standing prefix', () => {
    const rows = [
      pricedRow({ inputFresh: 1_000, output: 100 }),
      pricedRow({ inputFresh: 1_500, output: 0 }),
    ];
    // Of the second prompt 1,000 stand, 100 are history and 400 new; all is priced alike.
    expect(fitRows(rows).historyShare).toBeCloseTo(100 / 2_500, 12);
    const cached = [rows[0], pricedRow({ cacheRead: 1_000, cacheWrite5m: 500 })];
    // Reads cover the standing prefix; the history lies in the writes, at 1.25 times the input.
    expect(fitRows(cached).historyShare).toBeCloseTo(125 / (1_000 + 100 + 625), 12);
  });

  test('an unpriced or usage-less call never changes a total', () => {
    const rows = replay('a', 5, 1_000, 100);
    const before = fitRows(rows);
    const after = fitRows([
      ...rows,
      callRow({ sessionId: 'a', model: 'no-such-model', inputFresh: 9_000, output: 10 }),
      callRow({ sessionId: 'a', ...usageMissing }),
    ]);
    expect(after.listCostUsd).toBe(before.listCostUsd);
    expect(after.byBucket).toEqual(before.byBucket);
    expect(after.coverage).toMatchObject({
      modelCalls: 7,
      unpricedCalls: 1,
      unpricedTokens: 9_010,
      usageMissingCalls: 1,
    });
    expect(after.byModel.at(-1)).toEqual({
      name: 'no-such-model',
      pricingQuantity: 9_010,
      listCostUsd: null,
      share: null,
    });
  });

  test('sessions without a price still have tokens and growth, and no cost', () => {
    const rows = replay('a', 5, 1_000, 100).map((row) => ({
      ...row,
      listCostPicoUsd: null,
      inputCostPicoUsd: null,
    }));
    const model = fitRows(rows);
    expect(model.costPerSessionUsd).toBeNull();
    expect(model.growthCurve).toEqual([]);
    expect(model.tokensPerSession?.mean).toBe(6_000);
    expect(model.growth?.tokensPerCall).toBeCloseTo(100, 9);
    expect(model.growth?.exponent).toBeGreaterThan(1);
  });

  test('failed spend is that of sessions whose last main-thread call failed', () => {
    const rows = [
      pricedRow({ sessionId: 'a', inputFresh: 100, hasError: true }),
      pricedRow({ sessionId: 'a', inputFresh: 200 }),
      pricedRow({ sessionId: 'b', inputFresh: 100 }),
      callRow({ sessionId: 'b', kind: 'tool', hasError: true }),
      callRow({ sessionId: 'b', kind: 'tool', threadId: 'sub' }),
    ];
    const model = fitRows(rows);
    expect(model.failedCostShare).toBeCloseTo(0.25, 12);
    expect(model.failedCostRatio).toBeCloseTo(1 / 3, 12);
    expect(model.failedCostInterval95).toBeNull();
  });

  test('its interval counts the same sessions as failed: those of sub-agents are not', () => {
    const rows = Array.from({ length: 100 }, (_, s) => [
      pricedRow({ sessionId: `s${s}`, inputFresh: 100, hasError: s % 10 === 0 }),
      callRow({ sessionId: `s${s}`, kind: 'tool', threadId: 'sub', hasError: s % 2 === 0 }),
    ]).flat();
    const { failedCostShare, failedCostInterval95 } = fitRows(rows);
    expect(failedCostShare).toBeCloseTo(0.1, 12);
    // With equal sessions it is the binomial interval about that share.
    const reach = 1.959963984540054 * Math.sqrt((0.1 * 0.9) / 99);
    expect(failedCostInterval95?.[0]).toBeCloseTo(0.1 - reach, 12);
    expect(failedCostInterval95?.[1]).toBeCloseTo(0.1 + reach, 12);
  });

  test('recorded costs add up without rounding', () => {
    const costs = [...Array<number>(1_000).fill(0.1), 0.3301977];
    const rows = costs.map((recordedCostUsd) => callRow({ recordedCostUsd }));
    expect(costs.reduce((sum, cost) => sum + cost, 0)).not.toBe(100.3301977);
    expect(fitRows(rows).recordedCostUsd).toBe(100.3301977);
    const dear = [20_000, 0.1, 0.2].map((recordedCostUsd) => callRow({ recordedCostUsd }));
    expect(fitRows(dear).recordedCostUsd).toBe(20_000.3);
  });

  test('long sessions are the longest quarter of ten calls or more', () => {
    const short = Array.from({ length: 30 }, (_, s) => replay(`s${s}`, 9, 1_000, 100)).flat();
    const long = Array.from({ length: 9 }, (_, s) => replay(`t${s}`, 12 + s, 1_000, 100)).flat();
    const reset = [...replay('u', 10, 1_000, 1_000), ...replay('u', 10, 1_000, 1_000)];
    expect(fitRows(short).growth).toMatchObject({ longSessions: 0, longSessionsWithReset: 0 });
    expect(fitRows([...short, ...long, ...reset]).growth).toMatchObject({
      longSessions: 10,
      longSessionsWithReset: 1,
    });
    const even = Array.from({ length: 40 }, (_, s) => replay(`s${s}`, 11 + s, 1_000, 100)).flat();
    expect(fitRows(even).growth).toMatchObject({ longSessions: 10, longSessionsWithReset: 0 });
  });

  test('the dearest tenth and the attributed share by hand', () => {
    const rows = Array.from({ length: 10 }, (_, s) =>
      pricedRow({
        sessionId: `s${s}`,
        inputFresh: s === 4 ? 11_000 : 1_000,
        ...(s === 4 ? { agentName: 'a', principal: 'u', turnIndex: 0, startMs: 0 } : {}),
      }),
    );
    expect(fitRows(rows).topDecileShare).toBeCloseTo(0.55, 12);
    expect(fitRows(rows).attributedShare).toBeCloseTo(0.55, 12);
    expect(fitRows(rows.slice(0, 9)).topDecileShare).toBeNull();
  });

  test('the curve counts the sessions that reached each call, and marks where they are few', () => {
    const rows = Array.from({ length: 12 }, (_, s) =>
      replay(`s${s}`, s < 9 ? 2 : 3, 1_000, 0),
    ).flat();
    const { growthCurve } = fitRows(rows);
    expect(
      growthCurve.map(({ call, sessions, isExtrapolated }) => [call, sessions, isExtrapolated]),
    ).toEqual([
      [1, 12, false],
      [2, 12, false],
      [3, 3, true],
    ]);
    expect(growthCurve[1].costUsd.p50).toBeCloseTo(2_000 * 5e-6, 12);
    expect(growthCurve[1]).toMatchObject({ promptTokensMean: 1_000, resentTokensMean: 1_000 });
  });

  test('a session of 5,000 calls is drawn in 400 points, the first 50 and the last among them', () => {
    const { growthCurve } = fitRows(replay('a', 5_000, 100, 1));
    const calls = growthCurve.map((point) => point.call);
    expect(calls).toHaveLength(400);
    expect(calls.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(calls.at(-1)).toBe(5_000);
    expect(new Set(calls).size).toBe(400);
  });

  test('exact totals of the store replace those of the sample', () => {
    const set = groupCalls(replay('a', 3, 1_000, 10), 40_000);
    const exact = { ...sumTotals(set), modelCalls: 7_000, listCostPicoUsd: 12_340_000_000_000n };
    const model = fitCostModel(set, { seed: 1, exact });
    expect(model.listCostUsd).toBe(12.34);
    expect(model.coverage).toMatchObject({
      sessions: 1,
      sessionsInStore: 40_000,
      modelCalls: 7_000,
    });
  });

  test('more than 100 agents keep their total in one last line', () => {
    const rows = Array.from({ length: 150 }, (_, i) =>
      pricedRow({ agentName: `agent ${i}`, inputFresh: 1_000 + i }),
    );
    const { byAgent, listCostUsd } = fitRows(rows);
    expect(byAgent).toHaveLength(101);
    expect(byAgent.at(-1)?.name).toBe('all others');
    expect(byAgent.reduce((sum, line) => sum + (line.listCostUsd ?? 0), 0)).toBeCloseTo(
      listCostUsd,
      12,
    );
  });

  test('for any calls, every breakdown adds up to the total and the mean to the sessions', () => {
    const tokens = fc.nat(60_000);
    const call = fc.record({
      session: fc.nat(4),
      model: fc.constantFrom('claude-opus-4-5', 'claude-haiku-4-5', 'no-such-model'),
      agentName: fc.constantFrom('planner', 'writer', null),
      inputFresh: tokens,
      cacheRead: tokens,
      cacheWrite5m: tokens,
      cacheWrite1h: tokens,
      cacheWriteUnknownTtl: tokens,
      output: tokens,
      reasoning: fc.option(tokens),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
        const rows = calls
          .toSorted((a, b) => a.session - b.session)
          .map(({ session, ...rest }) => pricedRow({ ...rest, sessionId: `s${session}` }));
        const model = fitRows(rows);
        expect(CostModel.safeParse(model).success).toBe(true);
        const sum = (amounts: number[]) => amounts.reduce((total, one) => total + BigInt(one), 0n);
        const total = sum(rows.map((row) => row.listCostPicoUsd ?? 0));
        for (const lines of [model.byBucket, model.byModel, model.byAgent]) {
          const picoUsd = lines.map((line) => Math.round((line.listCostUsd ?? 0) * 1e12));
          expect(sum(picoUsd)).toBe(total);
        }
        const sessions = new Set(
          rows.filter((row) => row.listCostPicoUsd !== null).map((row) => row.sessionId),
        );
        if (sessions.size > 0) {
          expect(model.costPerSessionUsd?.mean).toBeCloseTo(model.listCostUsd / sessions.size, 9);
        }
      }),
    );
  });
});

describe('a cost model against a naive one', () => {
  test('slope and quantiles equal those of a direct computation on random sessions', () => {
    const stream = createRandomStream(11, 0, 'sessions', 0);
    const sessions = Array.from({ length: 40 }, (_, s) => {
      let prompt = 2_000 + stream.nextInt(3_000);
      return Array.from({ length: 3 + stream.nextInt(20) }, () => {
        prompt += stream.nextInt(2_000);
        return pricedRow({ sessionId: `s${s}`, inputFresh: prompt });
      });
    });
    const points = sessions.flatMap((rows) => {
      const prompts = rows.map((row) => row.inputFresh ?? 0);
      const middle = mean(prompts.map((_, i) => i));
      return prompts.map((p, i): [number, number] => [i - middle, p - mean(prompts)]);
    });
    expect(fitRows(sessions.flat()).growth?.tokensPerCall).toBeCloseTo(
      linearRegression(points).m,
      6,
    );
  });
});
