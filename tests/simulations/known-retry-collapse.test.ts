import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from '@/lib/stats/wilson';
import { judgeCollapse } from '@/simulations/analysis/collapse';
import { playCollapse } from './collapse-scenario';

const folder = resolve('../shared/data/queueing');
const isThere = existsSync(folder);
if (!isThere) console.log('Skipped retry collapse: ../shared/data/queueing is not here.');

const lastTwentySec = (horizonSec: number) => ({
  sessionClass: 0,
  lastShare: 20 / horizonSec,
  goodputBelow: 0.5,
});

/** P(collapse) as printed, from 400 runs a cell. */
function printed(backoff: boolean, basePerSec: number, widthSec: number): number {
  const text = readFileSync(resolve(folder, 'retry-collapse.txt'), 'utf8');
  const line = text
    .split('\n')
    .find((row) => row.startsWith(`backoff=${backoff} base=${basePerSec}/s`));
  const [, names = '', values = ''] = /of width ([\d,]+) s: (.*)$/.exec(line ?? '') ?? [];
  const at = names.split(',').indexOf(String(widthSec));
  const value = Number(values.trim().split(' ')[at]);
  if (at < 0 || Number.isNaN(value)) throw new Error(`No cell ${basePerSec}/s, ${widthSec} s.`);
  return value;
}

/** b "begins at 10 s and doubles before each retry": before the first one too. */
const firstBackoffSec = 20;

function collapseShare(backoff: boolean, basePerSec: number, widthSec: number, runs: number) {
  const replications = playCollapse(
    {
      basePerSec,
      peakPerSec: 80,
      atSec: 20,
      forSec: widthSec,
      horizonSec: 80,
      backoffSec: backoff ? firstBackoffSec : null,
    },
    runs,
  );
  return judgeCollapse(replications, lastTwentySec(80)).collapse;
}

describe.skipIf(!isThere)('a spike that may never be got over', () => {
  test('5 s of 80/s bring a service at 40/s down in 74 ± 5 of 100 cases, for good', () => {
    const replications = playCollapse(
      { basePerSec: 40, peakPerSec: 80, atSec: 20, forSec: 5, horizonSec: 80, backoffSec: null },
      300,
    );
    const { collapse, recovery, goodputShares } = judgeCollapse(replications, lastTwentySec(80));
    expect(Math.abs(Number(collapse.share) - printed(false, 40, 5))).toBeLessThan(0.05);
    expect(collapse.of).toBe(300);
    expect(recovery.count).toBeLessThanOrEqual(0.03 * recovery.of);
    // Two end states, and hardly anything between them: a mean would describe neither.
    const between = goodputShares.filter((share) => share > 0.2 && share < 0.8).length;
    expect(between).toBeLessThanOrEqual(0.05 * goodputShares.length);
  });

  test.each([
    [false, 30, 6],
    [false, 40, 4],
    [false, 50, 3],
    [true, 40, 8],
    [true, 50, 5],
    [true, 36, 8],
    [true, 40, 5],
  ])('backoff %s, %i/s, %i s: within what 400 and our runs leave open', (backoff, base, width) => {
    const runs = 80;
    const known = printed(backoff, base, width);
    const { share, of } = collapseShare(backoff, base, width, runs);
    expect(of).toBe(runs);
    // Errors of both, from the middle of the interval so that 0 of 400 is not taken for never.
    const [low, high] = wilsonInterval(known * 400, 400);
    const p = 0.5 * (low + high);
    const error = Math.sqrt(p * (1 - p) * (1 / runs + 1 / 400));
    expect(Math.abs(Number(share) - known)).toBeLessThan(3.5 * error);
  });

  test('the first backoff is U(0, 20), not U(0, 10), which would be told apart', () => {
    const replications = playCollapse(
      { basePerSec: 36, peakPerSec: 80, atSec: 20, forSec: 8, horizonSec: 80, backoffSec: 10 },
      40,
    );
    const { interval95 } = judgeCollapse(replications, lastTwentySec(80)).collapse;
    expect(interval95[0]).toBeGreaterThan(2 * printed(true, 36, 8));
  });

  test('after a strong trigger 22/s come back and 26/s stay down, far below the 64/s it can carry', () => {
    const after = (basePerSec: number) => {
      const horizonSec = 400;
      const replications = playCollapse(
        { basePerSec, peakPerSec: 120, atSec: 20, forSec: 10, horizonSec, backoffSec: null },
        6,
      );
      return judgeCollapse(replications, lastTwentySec(horizonSec));
    };
    const low = after(22);
    expect([low.collapse.count, low.recovery.count, low.recovery.of]).toEqual([0, 6, 6]);
    const high = after(26);
    expect([high.collapse.count, high.recovery.count, high.recovery.of]).toEqual([6, 0, 6]);
  });
});
