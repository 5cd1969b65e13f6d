import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bracketSaturation,
  chooseNextLoad,
  findAgentsAtUtilization95,
} from '@/simulations/analysis/find-saturation';
import type { Estimate, LoadPoint } from '@/simulations/simulation-run';

const estimateOf = (mean: number, halfWidth = 0): Estimate => ({
  mean,
  interval95: [mean - halfWidth, mean + halfWidth],
  replications: 10,
});

/** A load whose P95 wait is its distance beyond `knee`, known to within a half-width. */
function pointAt(agents: number, knee: number, halfWidth: number): LoadPoint {
  const nothing = estimateOf(0);
  return {
    agents,
    pool: {
      utilization: estimateOf(Math.min(1, agents / knee)),
      slotsInUseP99: nothing,
      waitSecMean: nothing,
      waitSecP50: nothing,
      waitSecP95: estimateOf(Math.max(0, agents - knee) + 1, halfWidth),
      waitSecP99: nothing,
      waitingMean: nothing,
      throughputPerSec: nothing,
      timeoutShare: nothing,
      shareOfTimeAbove95: nothing,
    },
    turnSecP50: nothing,
    turnSecP95: nothing,
    turnSecP99: nothing,
    isOverloaded: false,
    analytic: { utilization: 0, waitSecMean: null },
  };
}

function search(knee: number, halfWidth: number, start: readonly number[], searchUpTo = 1e6) {
  const points = start.map((agents) => pointAt(agents, knee, halfWidth));
  const goal = { waitTargetP95Sec: 1 + halfWidth, searchUpTo };
  let steps = 0;
  for (;;) {
    points.sort((a, b) => a.agents - b.agents);
    const agents = chooseNextLoad(points, goal);
    if (agents === null)
      return { steps, points, bracket: bracketSaturation(points, 1 + halfWidth) };
    expect(points.map((point) => point.agents)).not.toContain(agents);
    points.push(pointAt(agents, knee, halfWidth));
    steps++;
    expect(steps).toBeLessThan(60);
  }
}

describe('chooseNextLoad', () => {
  test('closes in on any knee from any start, within 2 % or one agent, and never asks twice', () => {
    const start = fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), start, (knee, loads) => {
        const { bracket } = search(knee, 0, loads);
        expect(bracket.holds).toBeLessThanOrEqual(knee);
        expect(bracket.holds).toBeGreaterThanOrEqual(Math.min(knee - 1, knee * 0.975));
      }),
    );
  });

  test('the interval reaches to the smallest load that is clearly beyond the target', () => {
    const { bracket } = search(100, 3, [10, 200]);
    expect(bracket.holds).toBeGreaterThanOrEqual(98);
    expect(bracket.holds).toBeLessThanOrEqual(100);
    expect(bracket.breaks).toBeGreaterThan(106);
    expect(bracket.breaks).toBeLessThanOrEqual(110);
  });

  test('stops at the end of the range when every load holds', () => {
    const { bracket, points } = search(1e6, 0, [10, 50], 400);
    expect(bracket).toMatchObject({ holds: 400, fails: null, breaks: null });
    expect(points.at(-1)?.agents).toBe(400);
  });

  test('finds that no load holds', () => {
    expect(search(0, 0, [50]).bracket.holds).toBe(0);
  });
});

describe('a load does not hold the target', () => {
  const point = pointAt(5, 10, 0);
  const holds = (part: Partial<LoadPoint>) =>
    bracketSaturation([{ ...point, ...part }], 1).holds === point.agents;

  test('where more waits than a P95 leaves room for had not ended', () => {
    expect(holds({ pendingWaitShare: estimateOf(0.03) })).toBe(true);
    expect(holds({ pendingWaitShare: estimateOf(0.03, 0.03) })).toBe(false);
  });

  test('where agents waited and fewer than two replications saw how long', () => {
    const seenOnce = { ...estimateOf(0), replications: 1 };
    const waitingMean = estimateOf(2);
    expect(holds({ pool: { ...point.pool, waitSecP95: seenOnce } })).toBe(true);
    expect(holds({ pool: { ...point.pool, waitSecP95: seenOnce, waitingMean } })).toBe(false);
  });
});

describe('findAgentsAtUtilization95', () => {
  test('interpolates between the loads around 95 %', () => {
    const points = [50, 90, 100, 200].map((agents) => pointAt(agents, 100, 0));
    expect(findAgentsAtUtilization95(points)).toBeCloseTo(95, 9);
    expect(findAgentsAtUtilization95(points.slice(0, 2))).toBeNull();
  });
});
