import type { SessionSet } from '../../sessions/session';
import type { GrowthThread } from './list-threads';

/** What growth is drawn over. */
export type GrowthUnit = 'call' | 'turn';

/**
 * Places in a thread's rows at which its calls or turns end, in order.
 *
 * A turn ends before the first call of a later one; calls without a turn belong to the one before.
 *
 * @returns none where the thread records no turn
 */
export function listUnitEnds(set: SessionSet, { rows }: GrowthThread, unit: GrowthUnit): number[] {
  if (unit === 'call') return rows.map((_, i) => i);
  const ends: number[] = [];
  let turn = -1;
  for (let i = 0; i < rows.length; i++) {
    const next = set.calls.turn[rows[i]];
    if (next > turn) {
      if (turn >= 0) ends.push(i - 1);
      turn = next;
    }
  }
  if (turn >= 0) ends.push(rows.length - 1);
  return ends;
}

const maxPoints = 400;
const firstPoints = 50;

/** Call numbers to draw: the first ones all, then evenly up to the last. */
export function choosePoints(longest: number): number[] {
  const points: number[] = [];
  if (longest <= maxPoints) {
    for (let call = 1; call <= longest; call++) points.push(call);
    return points;
  }
  for (let call = 1; call <= firstPoints; call++) points.push(call);
  const rest = maxPoints - firstPoints;
  for (let i = 1; i <= rest; i++) {
    points.push(firstPoints + Math.round((i * (longest - firstPoints)) / rest));
  }
  return points;
}
