import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitGrowth, listMainThreads } from '@/lib/cost/cost-growth';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { extendGrowth } from '@/lib/cost/growth/extend-growth';
import { fitGrowthModel } from '@/lib/cost/growth/fit-growth-model';
import { type GrowthGroup, GrowthModel } from '@/lib/cost/growth-model';
import { measureContext } from '@/lib/sessions/context-growth';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';
import { makeRows, setOf } from './session-maker';

const fitRows = (rows: readonly PricedCallRow[]) =>
  fitGrowthModel(setOf(rows), { seed: 1, resamples: 100, book: standardPriceBook });

function mainOf(model: GrowthModel): GrowthGroup {
  const main = model.groups.find((group) => group.by === 'all' && group.isMainThread);
  if (main === undefined) throw new Error('No main threads.');
  return main;
}

/** One session whose prompts are given; each call says 100 tokens unless told otherwise. */
const promptsOf = (
  sessionId: string,
  prompts: readonly number[],
  part: Partial<PricedCallRow> = {},
) =>
  prompts.map((inputFresh) =>
    callRow({ sessionId, inputFresh, output: 100, model: 'claude-opus-4-5', ...part }),
  );

const line = (first: number, growth: number, calls: number) =>
  Array.from({ length: calls }, (_, call) => first + growth * call);

describe('fitGrowthModel', () => {
  const known = { sessions: 40, firstPromptTokens: 5_000, tokensPerCall: 400, growthSpread: 0.3 };

  test('survives being stored', () => {
    const reset = { thresholdTokens: 9_000, retainedShare: 0.4 };
    const model = fitRows(makeRows({ ...known, reset, seed: 2 }));
    expect(GrowthModel.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
    expect(model.byTurn?.callsPerUnit).toBeGreaterThan(2);
  });

  test('has the slope, exponent and intervals of the cost model', () => {
    const set = setOf(makeRows({ ...known, seed: 3 }));
    const context = measureContext(set);
    const options = { seed: 1, resamples: 100 };
    const cost = fitGrowth(set, context, listMainThreads(set, context), options);
    const { slope, exponent } = mainOf(
      fitGrowthModel(set, { ...options, book: standardPriceBook }),
    );
    expect(slope).toMatchObject({
      tokensPerCall: cost?.tokensPerCall,
      interval95: cost?.interval95,
      tokensPerCallUnsegmented: cost?.tokensPerCallUnsegmented,
      rSquared: cost?.rSquared,
    });
    expect(exponent).toMatchObject({
      exponent: cost?.exponent,
      interval95: cost?.exponentInterval95,
      of: 'list_cost',
    });
  });

  test('is a function of sessions and seed', () => {
    const rows = makeRows({ ...known, seed: 4 });
    expect(fitRows(rows)).toEqual(fitRows(rows));
  });

  test('keeps agents, models and sub-agents apart', () => {
    const model = fitRows([
      ...promptsOf('a', line(1_000, 100, 5), { agentName: 'one' }),
      ...promptsOf('b', line(2_000, 700, 5), { agentName: 'two', model: 'gpt-4.1' }),
      ...promptsOf('c', line(500, 50, 4), { agentName: 'two' }),
      ...promptsOf('c', line(9_000, 30, 4), { agentName: 'helper', threadId: 'sub' }),
    ]);
    const slopes = model.groups.map(({ by, name, isMainThread, slope }) => [
      by,
      name,
      isMainThread,
      Math.round(slope?.tokensPerCall ?? Number.NaN),
    ]);
    expect(slopes).toEqual(
      expect.arrayContaining([
        ['agent', 'one', true, 100],
        ['agent', 'helper', false, 30],
        ['model', 'gpt-4.1', true, 700],
        ['all', null, false, 30],
      ]),
    );
    // Two sessions of one agent: weights n(n² − 1)/12 are 10 and 5.
    const two = model.groups.find((group) => group.by === 'agent' && group.name === 'two');
    expect(two?.slope?.tokensPerCall).toBeCloseTo((10 * 700 + 5 * 50) / 15, 9);
  });

  test('names the session that weighs most and the slope without it', () => {
    const model = fitRows([
      ...promptsOf('long', line(1_000, 900, 40)),
      ...promptsOf('a', line(1_000, 100, 5)),
      ...promptsOf('b', line(1_000, 100, 5)),
    ]);
    const weight = (40 * (40 * 40 - 1)) / 12;
    const heaviest = mainOf(model).slope?.heaviest;
    expect(heaviest?.sessionId).toBe('long');
    expect(heaviest?.share).toBeCloseTo(weight / (weight + 20), 12);
    expect(heaviest?.tokensPerCallWithout).toBeCloseTo(100, 9);
  });

  test('reaches the context window where the fitted prompt does', () => {
    const group = mainOf(fitRows(promptsOf('a', line(10_000, 1_000, 6))));
    expect(group.contextWindowTokens).toBe(200_000);
    expect(group.windowReachedAtCall).toBeCloseTo(191, 9);
    expect(group.windowReachedInterval95).toBeNull();
  });

  test('says nothing of a window the book does not know, and of calls without usage', () => {
    const model = fitRows(promptsOf('a', line(10, 5, 4), { model: 'house-model' }));
    expect(mainOf(model)).toMatchObject({ contextWindowTokens: null, windowReachedAtCall: null });
    expect(fitRows([])).toMatchObject({ groups: [], byCall: null, callsPerSession: null });
  });
});

describe('where history is cut back', () => {
  const before = [1_000, 5_000, 9_000, 10_000];

  test('threshold and retained share are those of the prompts around it', () => {
    const { plateau } = mainOf(fitRows(promptsOf('a', [...before, 4_000, 6_000])));
    expect(plateau).toMatchObject({ resets: 1, sessions: 1, summaryCalls: 0 });
    expect(plateau?.thresholdTokens).toMatchObject({ p50: 10_000, p50Interval95: null });
    expect(plateau?.retainedShare.p50).toBe(0.4);
    expect(plateau?.thresholdWindowShare?.p50).toBe(10_000 / 200_000);
  });

  test.each([
    { output: 2_500, summaryCalls: 1, because: 'it is long and most of what follows' },
    { output: 250, summaryCalls: 0, because: 'it is no longer than three usual answers' },
    { output: 1_000, summaryCalls: 0, because: 'it makes less than half of what follows' },
    { output: 3_500, summaryCalls: 0, because: 'it is more than what follows could hold' },
  ])('the call before it is a summary or not: $because', ({ output, summaryCalls }) => {
    const rows = promptsOf('a', [...before, 4_000, 6_000]);
    const withOutput = rows.map((row, i) =>
      i === 3 ? { ...row, output, listCostPicoUsd: 7e10, inputCostPicoUsd: 5e10 } : row,
    );
    const { plateau } = mainOf(fitRows(withOutput));
    expect(plateau).toMatchObject({
      resets: 1,
      summaryCalls,
      summaryCostUsd: summaryCalls === 1 ? 0.07 : null,
    });
  });

  test('a reset the source tells of is counted as told', () => {
    const rows = promptsOf('a', [...before, 4_000, 6_000]);
    const told = rows.map((row, i) => ({ ...row, isAfterCompaction: i === 4 }));
    expect(mainOf(fitRows(told)).plateau?.toldBySource).toBe(1);
  });
});

describe('the fitted curve', () => {
  const parameters = {
    firstPromptTokens: 3_000,
    tokensPerCall: 200,
    thresholdTokens: null,
    retainedShare: 1,
    inputUsdPerToken: 2e-6,
    otherUsdPerCall: 0.01,
    callsPerUnit: 1,
  };

  test('is n·S + g·n(n−1)/2 and its price', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_000 }), fc.nat({ max: 900 }), (first, growth) => {
        const { points } = extendGrowth(
          [1, 2, 7, 30],
          { ...parameters, firstPromptTokens: first, tokensPerCall: growth },
          null,
          null,
        );
        for (const { at, promptTokens, contextTokens, costUsd } of points) {
          const tokens = at * first + (growth * at * (at - 1)) / 2;
          expect(promptTokens.value).toBeCloseTo(tokens, 6);
          expect(contextTokens).toBeCloseTo(first + growth * (at - 1), 6);
          expect(costUsd?.value).toBeCloseTo(tokens * 2e-6 + at * 0.01, 9);
        }
      }),
    );
  });

  test('counts turns in calls', () => {
    const byTurn = extendGrowth([4], { ...parameters, callsPerUnit: 2.5 }, null, null);
    const byCall = extendGrowth([10], parameters, null, null);
    expect(byTurn.points[0]?.promptTokens).toEqual(byCall.points[0]?.promptTokens);
  });

  test('restarts at the retained share of the threshold', () => {
    const cut = { ...parameters, thresholdTokens: 3_300, retainedShare: 0.5 };
    const { points } = extendGrowth([1, 2, 3, 4], cut, null, 3_400);
    expect(points.map((point) => point.contextTokens)).toEqual([3_000, 3_200, 1_650, 1_850]);
  });

  test('ends where the prompt outgrows the context window', () => {
    const { points, endsAtWindow } = extendGrowth([1, 2, 3, 4], parameters, null, 3_300);
    expect(points.map((point) => point.at)).toEqual([1, 2]);
    expect(endsAtWindow).toBe(true);
  });

  test('lies within its band where sessions are many, and has none where they are few', () => {
    const known = { firstPromptTokens: 5_000, tokensPerCall: 400, growthSpread: 0.3, seed: 6 };
    const many = fitRows(makeRows({ ...known, sessions: 60 })).byCall?.fitted.at(-1);
    expect(many?.promptTokens.low).toBeLessThan(many?.promptTokens.value ?? 0);
    expect(many?.promptTokens.high).toBeGreaterThan(many?.promptTokens.value ?? 0);
    expect(many?.costUsd?.low).toBeLessThan(many?.costUsd?.value ?? 0);
    const few = fitRows(makeRows({ ...known, sessions: 8 })).byCall;
    expect(few?.observed).toBe(0);
    expect(few?.fitted.at(-1)?.promptTokens).toMatchObject({ low: null, high: null });
  });
});
