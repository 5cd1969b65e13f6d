import { describe, expect, test } from 'vitest';
import { preparePolicyCurve } from '@/lib/charts/prepare-policy-curve';
import { replayOutcome, replayPoint } from './example-outcome';

const names = { a: 'today', b: 'changed' };
const chosen = { names, hasChange: true, isModelled: { a: false, b: true } };
const curveOf = (reached: readonly number[]) => ({
  curve: reached.map((sessions, i) => replayPoint(i + 1, sessions)),
});

describe('the curve of a comparison', () => {
  test('is no chart without a call', () => {
    expect(preparePolicyCurve({ curve: [] }, chosen)).toBeNull();
  });

  test('ends half as far again as ten sessions reach, and says where they end', () => {
    const reached = Array.from({ length: 100 }, (_, i) => (i < 20 ? 10 : 1));
    const chart = preparePolicyCurve(curveOf(reached), chosen);
    expect(chart).toMatchObject({ observedCalls: 20, lastCall: 30 });
    expect(chart?.points.at(-1)?.call).toBe(30);
    expect(chart?.method).toContain('Past 20 calls fewer than ten sessions are left');
  });

  test('heads with the last call that ten sessions reach, not with the longest session', () => {
    const chart = preparePolicyCurve(curveOf([40, 20, 10, 1, 1]), chosen);
    expect(chart?.heading).toBe(
      'The median of the sessions that reach call 3 has cost $0.30 by then today and $0.15 changed',
    );
  });

  test('draws all there is where no call is reached by ten, and says so', () => {
    const chart = preparePolicyCurve(curveOf([3, 2, 1]), chosen);
    expect(chart).toMatchObject({ observedCalls: 0, lastCall: 3 });
    expect(chart?.method).toContain('No call number was reached by ten sessions');
  });

  test('covers both bands with its axes', () => {
    const chart = preparePolicyCurve(replayOutcome(), chosen);
    for (const point of chart?.points ?? []) {
      expect(chart?.usdTicks.at(-1)).toBeGreaterThanOrEqual(point.todayUsd.p90);
      expect(chart?.tokenTicks.at(-1)).toBeGreaterThanOrEqual(point.todayPromptTokensMean);
    }
    expect(chart?.points.length).toBeGreaterThan(1);
  });

  test('goes on where one side has ended, and heads with the last call of both', () => {
    const none = { p10: Number.NaN, p50: Number.NaN, p90: Number.NaN };
    const { curve } = curveOf([40, 30, 20, 20]);
    const chart = preparePolicyCurve(
      { curve: curve.map((point) => (point.call > 2 ? { ...point, changedUsd: none } : point)) },
      chosen,
    );
    expect(chart?.lastCall).toBe(4);
    expect(chart?.heading).toContain('that reach call 2 has');
    expect(chart?.usdTicks.every(Number.isFinite)).toBe(true);
    expect(chart?.ends).toEqual([
      { side: 'a', call: 4, usd: chart?.points[3]?.todayUsd.p50 },
      { side: 'b', call: 2, usd: chart?.points[1]?.changedUsd.p50 },
    ]);
    expect(chart?.table.rows.at(-1)).toContain('—');
  });

  test('names no line that has no known point', () => {
    const none = { p10: Number.NaN, p50: Number.NaN, p90: Number.NaN };
    const { curve } = curveOf([40, 30]);
    const unknown = { curve: curve.map((point) => ({ ...point, todayUsd: none })) };
    expect(preparePolicyCurve(unknown, chosen)?.ends.map(({ side }) => side)).toEqual(['b']);
  });

  test('says nothing of a second side that is not there', () => {
    const chart = preparePolicyCurve(replayOutcome(), { ...chosen, hasChange: false });
    const text = `${chart?.heading} ${chart?.method} ${chart?.summary} ${chart?.table.columns.join()}`;
    expect(text).not.toContain('changed');
  });

  test('says which sides are worked out and which were measured', () => {
    const methodOf = (a: boolean, b: boolean) =>
      preparePolicyCurve(replayOutcome(), { ...chosen, isModelled: { a, b } })?.method;
    expect(methodOf(false, true)).toContain('Dashed: changed,');
    expect(methodOf(true, false)).toContain('Dashed: today,');
    expect(methodOf(true, true)).toContain('Dashed: today and changed,');
    expect(methodOf(false, false)).not.toContain('Dashed');
  });

  test('has one cell per column, and the numbers behind them unrounded', () => {
    const table = preparePolicyCurve(replayOutcome(), chosen)?.table;
    for (const row of table?.rows ?? []) expect(row).toHaveLength(table?.columns.length ?? 0);
    expect(table?.values?.[0]).toEqual([
      1,
      40,
      0.1 * 0.8,
      0.1,
      0.1 * 1.2,
      1_000,
      0.05 * 0.8,
      0.05,
      0.05 * 1.2,
      500,
    ]);
  });
});
