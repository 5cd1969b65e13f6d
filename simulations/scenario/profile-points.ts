import type { Arrivals } from './arrivals';

/** Rate of a profile from a point on. */
export interface ProfilePoint {
  readonly atSec: number;
  readonly ratePerSec: number;
}

/**
 * The points of a profile in time order, from 0 on; a first point after 0 holds from 0 on.
 *
 * Lines of a profile that repeats go on from its last point to the first one of the next round, so
 * that a day has no jump at midnight; points of both ends are added for that.
 */
export function profilePoints({
  points,
  between,
  repeatEverySec = Number.POSITIVE_INFINITY,
}: Extract<Arrivals, { kind: 'profile' }>): ProfilePoint[] {
  const sorted: ProfilePoint[] = points.toSorted((a, b) => a.atSec - b.atSec);
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  const gapSec = repeatEverySec - last.atSec + first.atSec;
  const isRound = between === 'linear' && gapSec < Number.POSITIVE_INFINITY;
  if (!isRound || last.atSec >= repeatEverySec) {
    return first.atSec > 0 ? [{ ...first, atSec: 0 }, ...sorted] : sorted;
  }
  const share = (repeatEverySec - last.atSec) / gapSec;
  const ratePerSec = last.ratePerSec + share * (first.ratePerSec - last.ratePerSec);
  const end = { atSec: repeatEverySec, ratePerSec };
  return first.atSec > 0 ? [{ atSec: 0, ratePerSec }, ...sorted, end] : [...sorted, end];
}
