import { callsOf, type PredictableSessions } from './predictable-sessions';

/** Predicts a session's total from its number of calls alone. */
export type BaselinePredictor = (calls: number) => number;

/**
 * Mean × volume: every session costs what the mean one did, however long it is.
 *
 * @param fit indexes of the sessions to learn from, at least one
 */
export function fitMeanBaseline(
  sessions: PredictableSessions,
  fit: readonly number[],
): BaselinePredictor {
  const mean = fit.reduce((sum, session) => sum + sessions.totalUsd[session], 0) / fit.length;
  return () => mean;
}

/**
 * Per-turn average over surviving sessions: the mean cost of the k-th call over the sessions that
 * reach it, summed to the length, and the last one again for every call beyond.
 *
 * @param fit indexes of the sessions to learn from, at least one
 */
export function fitSurvivorBaseline(
  sessions: PredictableSessions,
  fit: readonly number[],
): BaselinePredictor {
  const sums: number[] = [];
  const survivors: number[] = [];
  for (const session of fit) {
    for (let k = 0; k < callsOf(sessions, session); k++) {
      sums[k] = (sums[k] ?? 0) + sessions.costUsd[sessions.firstCall[session] + k];
      survivors[k] = (survivors[k] ?? 0) + 1;
    }
  }
  const cumulative = [0];
  for (const [k, sum] of sums.entries()) cumulative.push(cumulative[k] + sum / survivors[k]);
  const longest = sums.length;
  const last = sums[longest - 1] / survivors[longest - 1];
  return (calls) =>
    calls <= longest ? cumulative[calls] : cumulative[longest] + (calls - longest) * last;
}
