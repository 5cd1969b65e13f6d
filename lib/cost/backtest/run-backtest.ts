import type { SessionSet } from '../../sessions/session';
import { selectPredictable } from '../predict/predictable-sessions';
import type { Backtest } from './backtest';
import { backtestLength, backtestPrefix } from './backtest-sessions';
import { backtestTime } from './backtest-time';

/**
 * Works out how far off forecasts would have been on the sessions themselves: earlier against later
 * ones, shorter against longer ones, the beginning of each against its whole.
 *
 * Pure: the same sessions and seed give the same errors.
 */
export function runBacktest(set: SessionSet, { seed }: { readonly seed: number }): Backtest {
  const sessions = selectPredictable(set);
  return {
    sessions: sessions.sessionIds.length,
    unpricedSessions: sessions.unpricedSessions,
    emptySessions: sessions.emptySessions,
    sessionsInStore: set.sessionsInStore,
    time: backtestTime(sessions, seed),
    length: backtestLength(sessions, seed),
    prefix: backtestPrefix(sessions, seed),
  };
}
