import { describe, expect, test } from 'vitest';
import { describeBacktest, tooLittleText } from '@/lib/charts/describe-backtest';
import {
  listBacktestRows,
  listLaterFigures,
  prepareBacktestScatter,
} from '@/lib/charts/prepare-backtest';
import { runBacktest } from '@/lib/cost/backtest/run-backtest';
import { groupCalls } from '@/lib/sessions/group-calls';
import { replaySession, rowsOf } from '../cost/predict/made-sessions';

const made = Array.from({ length: 20 }, (_, i) => replaySession(6 + i, 2_000 + 100 * (i % 3), 400));
const model = runBacktest(groupCalls(rowsOf(made), made.length), { seed: 1 });
const few = runBacktest(groupCalls(rowsOf(made.slice(0, 3)), 3), { seed: 1 });
const { time, length } = model;
if (time.kind !== 'measured' || length.kind !== 'measured') throw new Error('Not measured.');

describe('a backtest in words', () => {
  test('says how far off ours was and how far the better baseline', () => {
    const survivors = length.methods.find((one) => one.method === 'survivors');
    expect(describeBacktest(model)).toMatch(
      /^On these sessions, longer ones foretold from shorter ones would have been off by .+ in the median, the better baseline by .+$/,
    );
    expect(describeBacktest(model)).toContain(
      `by ${((survivors?.medianError ?? 0) * 100).toFixed(1)}`,
    );
  });

  test('says that there are too few, and how many it takes', () => {
    expect(describeBacktest(few)).toMatch(/^3 priced sessions: too few/);
    if (few.time.kind !== 'too_little') throw new Error('Measured.');
    expect(tooLittleText(few.time)).toBe(
      'Too little data: this needs 10 sessions, and there are 3.',
    );
  });

  test('has a row for every method, baselines last, and for both later figures', () => {
    const rows = listBacktestRows(length);
    expect(rows.map((row) => row.isBaseline)).toEqual([false, false, false, true, true]);
    expect(rows.every((row) => row.cells.length === 5)).toBe(true);
    expect(listLaterFigures(time).map((row) => row.key)).toEqual(['mean', 'p95', 'survivors']);
    expect(listLaterFigures(time)[0].cells[4]).toMatch(/^[−+]/);
  });
});

describe('predicted against actual', () => {
  const chart = prepareBacktestScatter(length);

  test('holds every session that was predicted, and its table too', () => {
    expect(chart.points).toHaveLength(length.testSessions);
    expect(chart.table.rows).toHaveLength(length.testSessions);
    expect(chart.table.values?.[0]?.[2]).toBe(length.points[0].actualUsd);
  });

  test('both axes are one scale that holds every point, with ticks inside it', () => {
    const [from, to] = chart.domainUsd;
    for (const point of chart.points) {
      for (const usd of [point.actualUsd, point.predictedUsd]) {
        expect(usd).toBeGreaterThan(from);
        expect(usd).toBeLessThan(to);
      }
    }
    expect(chart.ticksUsd.length).toBeGreaterThanOrEqual(1);
    expect(chart.ticksUsd.every((tick) => tick >= from && tick <= to)).toBe(true);
  });

  test('the finding says on which side predictions lie', () => {
    const leaning = {
      ...length,
      points: length.points.map((point) => ({ ...point, predictedUsd: point.actualUsd / 2 })),
    };
    const { heading } = prepareBacktestScatter(leaning);
    expect(heading).toBe('10 of 10 sessions cost more than predicted');
    const mixed = {
      ...length,
      points: length.points.map((point, i) => ({
        ...point,
        predictedUsd: point.actualUsd * (i % 2 === 0 ? 2 : 0.5),
      })),
    };
    expect(prepareBacktestScatter(mixed).heading).toMatch(/^Predictions lie on both/);
  });
});
