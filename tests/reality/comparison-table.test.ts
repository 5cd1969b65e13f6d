import { describe, expect, test } from 'vitest';
import {
  type ComparedPoint,
  formatTable,
  formatVerdict,
  judge,
  relativeError,
  waitDeviation,
} from './comparison-table';

/** A point of which only throughput and P95 wait matter, measured and predicted. */
function pointOf(
  kneeShare: number,
  [measuredX, measuredP95]: readonly [number, number],
  [predictedX, predictedP95]: readonly [number, number],
): ComparedPoint {
  const figures = (throughputPerSec: number, waitSecP95: number) => ({
    throughputPerSec,
    waitSecMean: waitSecP95 / 3,
    waitSecP95,
    utilization: 0.5,
    waits: 100,
  });
  const predicted = figures(predictedX, predictedP95);
  return {
    holding: 'hold',
    agents: 10,
    kneeShare,
    measured: figures(measuredX, measuredP95),
    engine: predicted,
    replay: predicted,
    asPlayed: predicted,
    fixedCost: { querySec: 0.001, delaySec: 0 },
    queryCostSecMean: 0.001,
    loadAverage: 0,
  };
}

const byEngine = (points: readonly ComparedPoint[]) => judge(points, (point) => point.engine);

describe('errors', () => {
  test('a prediction above what was measured errs upwards, and beside 0 there is no share', () => {
    expect(relativeError(11, 10)).toBeCloseTo(0.1, 12);
    expect(relativeError(9, 10)).toBeCloseTo(-0.1, 12);
    expect(relativeError(9, 0)).toBeNaN();
  });

  test('where the measured P95 is under 2 ms the deviation is in seconds', () => {
    expect(waitDeviation(0.0015, 0.001, 0.0019)).toEqual({ kind: 'absolute', sec: 0.0005 });
    const deviation = waitDeviation(0.0015, 0.001, 0.002);
    expect(deviation.kind === 'relative' ? deviation.share : null).toBeCloseTo(0.5, 12);
  });
});

describe('judge', () => {
  test('takes the worst throughput of all points, and the worst wait of those below saturation where waits are not rare', () => {
    const verdict = byEngine([
      pointOf(0.4, [10, 0.001], [10, 0.002]), // rare: twice as long says nothing
      pointOf(0.8, [10, 0.1], [10.1, 0.093]),
      pointOf(1, [10, 0.1], [9.8, 0.05]), //     saturated: its wait is not judged
    ]);
    expect(verdict.throughputErrorMax).toBeCloseTo(0.02, 12);
    expect(verdict.waitP95ErrorMax).toBeCloseTo(0.07, 12);
    expect(verdict.isWithinTolerance).toBe(true);
  });

  test.each([
    { because: 'throughput is off by more than 3 %', measured: [10, 0.1], predicted: [10.31, 0.1] },
    { because: 'P95 wait is off by more than 10 %', measured: [10, 0.1], predicted: [10, 0.111] },
    { because: 'nothing was completed', measured: [0, 0.1], predicted: [1, 0.1] },
  ] as const)('is not within the tolerance where $because', ({ measured, predicted }) => {
    expect(byEngine([pointOf(0.8, measured, predicted)]).isWithinTolerance).toBe(false);
  });

  test('nothing measured is no verdict', () => {
    const verdict = byEngine([]);
    expect(verdict.isWithinTolerance).toBeNull();
    expect(formatVerdict('Engine', verdict)).toBe('Engine: nothing was measured.');
  });
});

describe('formatTable', () => {
  test('all rows are as wide as the head', () => {
    const lines = formatTable([
      pointOf(0.4, [10, 0.001], [10, 0.002]),
      pointOf(1.7, [100, 10], [110, 12]),
    ]).split('\n');
    expect(lines).toHaveLength(3);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines[1]).toContain('+1.00 ms');
    expect(lines[2]).toContain('+10.0 %');
    expect(lines[2]).toContain('+20.0 %');
  });
});
