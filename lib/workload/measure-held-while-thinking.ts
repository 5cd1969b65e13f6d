import { measureConnectionOverlap } from '../sessions/connection-overlap';
import type { SessionSet } from '../sessions/session';

/**
 * Share of database time during which a model call of the same session was under way.
 *
 * Near 0 where connections are used and given back; near 1 where a connection or transaction stays
 * open while the agent waits for the model. Model calls that overlap each other count once; every
 * database span counts by itself, because each has a connection.
 *
 * @returns in [0, 1]; null when no database span with a duration was recorded
 */
export function measureHeldWhileThinking(set: SessionSet): number | null {
  const { databaseMs, heldMs } = measureConnectionOverlap(set);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const totalMs = sum(databaseMs);
  return totalMs > 0 ? Math.min(1, sum(heldMs) / totalMs) : null;
}
