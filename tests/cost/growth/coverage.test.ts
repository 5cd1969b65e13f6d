import { linearRegression } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { fitGrowthModel } from '@/lib/cost/growth/fit-growth-model';
import type { GrowthGroup } from '@/lib/cost/growth-model';
import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';
import { type KnownGrowth, makeRows, setOf } from './session-maker';

const seeds = Array.from({ length: 100 }, (_, seed) => seed + 1);

function fitMain(rows: readonly PricedCallRow[], seed = 1, resamples = 250): GrowthGroup {
  const model = fitGrowthModel(setOf(rows), { seed, resamples, book: standardPriceBook });
  const main = model.groups[0];
  if (main === undefined) throw new Error('No group.');
  return main;
}

const covers = (interval: readonly [number, number] | null | undefined, truth: number) =>
  interval !== null && interval !== undefined && interval[0] <= truth && truth <= interval[1];

const grows = {
  sessions: 60,
  firstPromptTokens: 6_000,
  tokensPerCall: 500,
  growthSpread: 0.4,
} as const;

describe('intervals of a bootstrap over sessions', () => {
  test('cover the slope and the first prompt that sessions were made with', () => {
    const fits = seeds.map((seed) => fitMain(makeRows({ ...grows, seed }), seed));
    const slopes = fits.filter((fit) => covers(fit.slope?.interval95, grows.tokensPerCall));
    // First prompts are spread evenly about their mean, which is their median too.
    const prompts = fits.filter((fit) =>
      covers(fit.firstPromptTokens.p50Interval95, grows.firstPromptTokens),
    );
    expect(slopes.length).toBeGreaterThanOrEqual(90);
    expect(prompts.length).toBeGreaterThanOrEqual(90);
  });

  test('cover slope, threshold and retained share where history is cut back', () => {
    const known = {
      ...grows,
      tokensPerCall: 900,
      growthSpread: 0,
      reset: { thresholdTokens: 18_000, retainedShare: 0.4 },
    } satisfies Omit<KnownGrowth, 'seed'>;
    // The last prompt below the threshold depends on the step before it: its median is taken from
    // far more sessions than are fitted.
    const population = fitMain(makeRows({ ...known, sessions: 4_000, seed: 999 }), 1, 1);
    const thresholdTokens = population.plateau?.thresholdTokens.p50 ?? Number.NaN;
    expect(thresholdTokens).toBeGreaterThan(known.reset.thresholdTokens - known.tokensPerCall);
    expect(thresholdTokens).toBeLessThan(known.reset.thresholdTokens);
    const fits = seeds.map((seed) => fitMain(makeRows({ ...known, seed }), seed));
    const count = (read: (fit: GrowthGroup) => boolean) => fits.filter(read).length;
    expect(
      count((fit) => covers(fit.slope?.interval95, known.tokensPerCall)),
    ).toBeGreaterThanOrEqual(90);
    expect(
      count((fit) => covers(fit.plateau?.thresholdTokens.p50Interval95, thresholdTokens)),
    ).toBeGreaterThanOrEqual(90);
    expect(
      count((fit) => covers(fit.plateau?.retainedShare.p50Interval95, known.reset.retainedShare)),
    ).toBeGreaterThanOrEqual(90);
  });

  test('follow a slope that leans to slow sessions where history is cut back', () => {
    const known = { ...grows, tokensPerCall: 900, sessions: 2_000, seed: 3 };
    const reset = { thresholdTokens: 18_000, retainedShare: 0.4 };
    const free = fitMain(makeRows(known), 1, 1).slope?.tokensPerCall ?? 0;
    const cut = fitMain(makeRows({ ...known, reset }), 1, 1).slope?.tokensPerCall ?? 0;
    expect(free / known.tokensPerCall).toBeCloseTo(1, 1);
    expect(cut).toBeLessThan(0.97 * known.tokensPerCall);
    expect(cut).toBeGreaterThan(0.8 * known.tokensPerCall);
  });

  test('are wider than those that take calls for independent', () => {
    const rows = makeRows({ ...grows, seed: 5 });
    const interval = fitMain(rows, 1, 1000).slope?.interval95 ?? [0, 0];
    // Ordinary least squares on centred calls: the error of the slope as if every call counted.
    const sessions = [...new Set(rows.map((row) => row.sessionId))].map((sessionId) =>
      rows.filter((row) => row.sessionId === sessionId),
    );
    let xx = 0;
    let xy = 0;
    const points: [number, number][] = [];
    for (const calls of sessions) {
      const meanX = (calls.length + 1) / 2;
      const meanY = calls.reduce((sum, row) => sum + (row.inputFresh ?? 0), 0) / calls.length;
      calls.forEach((row, i) => {
        points.push([i + 1 - meanX, (row.inputFresh ?? 0) - meanY]);
        xx += (i + 1 - meanX) ** 2;
        xy += (i + 1 - meanX) * ((row.inputFresh ?? 0) - meanY);
      });
    }
    const slope = xy / xx;
    const residual = points.reduce((sum, [x, y]) => sum + (y - slope * x) ** 2, 0);
    const naiveWidth = 2 * 1.96 * Math.sqrt(residual / points.length / xx);
    expect(interval[1] - interval[0]).toBeGreaterThan(2 * naiveWidth);
  });
});

describe('sessions of which those that grow fast end early', () => {
  const fast = { tokensPerCall: 1_000, calls: 5 };
  const slow = { tokensPerCall: 200, calls: 20 };
  const rows = Array.from({ length: 40 }, (_, session) => {
    const { tokensPerCall, calls } = session % 2 === 0 ? fast : slow;
    return Array.from({ length: calls }, (_, call) =>
      callRow({
        sessionId: `s${session.toString().padStart(2, '0')}`,
        inputFresh: 5_000 + tokensPerCall * call,
      }),
    );
  }).flat();

  test('give the slope within sessions, which the mean over survivors does not', () => {
    const weight = ({ calls }: { calls: number }) => (calls * (calls * calls - 1)) / 12;
    const within =
      (fast.tokensPerCall * weight(fast) + slow.tokensPerCall * weight(slow)) /
      (weight(fast) + weight(slow));
    const survivors = Array.from({ length: slow.calls }, (_, call): [number, number] => {
      const left = [fast, slow].filter((kind) => kind.calls > call);
      const mean =
        left.reduce((sum, kind) => sum + 5_000 + kind.tokensPerCall * call, 0) / left.length;
      return [call + 1, mean];
    });
    const naive = linearRegression(survivors).m;
    expect(fitMain(rows).slope?.tokensPerCall).toBeCloseTo(within, 9);
    expect(within).toBeGreaterThan(slow.tokensPerCall);
    // Every session grows by 200 tokens a call or more; survivors alone seem to grow by less.
    expect(naive).toBeLessThan(slow.tokensPerCall);
  });
});
