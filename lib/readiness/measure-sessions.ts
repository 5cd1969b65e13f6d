import { findFailedSessions } from '../sessions/failed-sessions';
import { callKindCode, type SessionSet } from '../sessions/session';

/** Size, span and steps of a session set. */
export interface SessionMeasure {
  readonly sessions: number;
  readonly modelCalls: number;
  readonly agentNames: number;
  readonly spanHours: number | null; //   first start to last end; null without timestamps
  readonly failedSessions: number; //     whose last call of the main thread ended in an error
  readonly callsWithError: number;
  readonly maxModelCallsPerSession: number;
}

/** Measures how much evidence a session set holds. */
export function measureSessions(set: SessionSet): SessionMeasure {
  const { calls } = set;
  const agents = new Set<number>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let modelCalls = 0;
  let callsWithError = 0;
  let maxModelCallsPerSession = 0;

  for (let s = 0; s < set.sessionIds.length; s++) {
    let steps = 0;
    for (let row = set.firstCall[s] ?? 0; row < (set.firstCall[s + 1] ?? 0); row++) {
      const start = calls.startMs[row] ?? Number.NaN;
      const end = calls.endMs[row] ?? Number.NaN;
      if (start < first) first = start;
      if (start > last) last = start;
      if (end > last) last = end;
      const agent = calls.agent[row] ?? -1;
      if (agent >= 0) agents.add(agent);
      if (calls.kind[row] === callKindCode.agent) continue;
      if (calls.hasError[row] === 1) callsWithError += 1;
      if (calls.kind[row] === callKindCode.model) steps += 1;
    }
    modelCalls += steps;
    maxModelCallsPerSession = Math.max(maxModelCallsPerSession, steps);
  }
  return {
    sessions: set.sessionIds.length,
    modelCalls,
    agentNames: agents.size,
    spanHours: last >= first ? (last - first) / 3_600_000 : null,
    failedSessions: findFailedSessions(set).reduce((count, failed) => count + failed, 0),
    callsWithError,
    maxModelCallsPerSession,
  };
}
