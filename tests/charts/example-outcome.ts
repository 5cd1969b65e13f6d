import type { ReplayChange, ReplayOutcome, ReplayPoint } from '@/lib/cost/replay/replay-outcome';

/** A statistic on both sides; without an interval unless one is given. */
export function change(
  today: number,
  changed: number,
  interval95: [number, number] | null = null,
): ReplayChange {
  return { today, changed, difference: changed - today, interval95 };
}

/** A point of the curve with a tenth of a dollar per call today and a twentieth changed. */
export function replayPoint(call: number, sessions: number): ReplayPoint {
  const band = (usd: number) => ({ p10: usd * 0.8, p50: usd, p90: usd * 1.2 });
  return {
    call,
    sessions,
    todayUsd: band(call * 0.1),
    changedUsd: band(call * 0.05),
    todayPromptTokensMean: call * 1_000,
    changedPromptTokensMean: call * 500,
  };
}

/** What 40 sessions cost on both sides. */
export const costUsd = {
  mean: change(1.24, 0.71, [-0.58, -0.47]),
  p50: change(1, 0.6),
  p95: change(3, 2),
  total: change(49.6, 28.4),
};

/** An outcome of 40 sessions; what is given takes the place of its own. */
export function replayOutcome(part: Partial<ReplayOutcome> = {}): ReplayOutcome {
  return {
    sessions: 40,
    sessionsInStore: 40,
    calls: 400,
    callsAdded: 0,
    callsRemoved: 0,
    unpricedCalls: 0,
    costUsd,
    tokens: { mean: change(80_000, 50_000), p50: change(70_000, 45_000), p95: change(2e5, 1e5) },
    byBucket: [
      { name: 'inputFresh', todayUsd: 30, changedUsd: 10 },
      { name: 'cacheRead', todayUsd: 0, changedUsd: 4 },
      { name: 'cacheWrite1h', todayUsd: 0, changedUsd: 0 },
      { name: 'output', todayUsd: 19.6, changedUsd: 14.4 },
    ],
    curve: Array.from({ length: 12 }, (_, i) => replayPoint(i + 1, 40 - i * 3)),
    assumptions: [],
    ...part,
  };
}
