import { callKindCode, type SessionSet } from '../../sessions/session';
import type { ForecastBasis } from './forecast';

const msPerDay = 86_400_000;

/** Days of traces below which a weekend cannot be told from a quiet day. */
const minWeekendDays = 14;

/** What the traces say of volume and length, as hints beside the plan; null where they do not. */
export type ObservedVolume = Pick<
  ForecastBasis,
  | 'observedSessionsPerDay'
  | 'observedDays'
  | 'observedWeekendFactor'
  | 'observedFailedShare'
  | 'callsPerSessionP50'
>;

/** Measures how many sessions began per day, from the first to the last, and how long they were. */
export function observeVolume(set: SessionSet): ObservedVolume {
  const starts = listStarts(set);
  const days = starts.length < 2 ? 0 : (starts[starts.length - 1] - starts[0]) / msPerDay;
  // A sample of the sessions thins them out evenly over time.
  const scale = set.sessionIds.length === 0 ? 1 : set.sessionsInStore / set.sessionIds.length;
  const isLong = days >= 1;
  return {
    observedDays: isLong ? days : null,
    // The first session opens the span, so that one fewer lies within it.
    observedSessionsPerDay: isLong ? ((starts.length - 1) * scale) / days : null,
    observedWeekendFactor: days >= minWeekendDays ? findWeekendFactor(starts) : null,
    ...observeCalls(set),
  };
}

/** Starts of the sessions whose first call has a time, in order. */
function listStarts({ calls, firstCall, sessionIds }: SessionSet): Float64Array {
  const starts = new Float64Array(sessionIds.length);
  for (let session = 0; session < sessionIds.length; session++) {
    starts[session] = calls.startMs[firstCall[session]] ?? Number.NaN;
  }
  return starts.filter((startMs) => !Number.isNaN(startMs)).sort();
}

/** Sessions per weekend day ÷ per weekday, over the calendar days (UTC) from the first to the last. */
function findWeekendFactor(starts: Float64Array): number | null {
  const firstDay = Math.floor(starts[0] / msPerDay);
  const lastDay = Math.floor(starts[starts.length - 1] / msPerDay);
  // 1970-01-01 was a Thursday.
  const isWeekend = (day: number) => (day + 4) % 7 === 0 || (day + 4) % 7 === 6;
  let weekendDays = 0;
  for (let day = firstDay; day <= lastDay; day++) if (isWeekend(day)) weekendDays++;
  let weekendSessions = 0;
  for (const startMs of starts) if (isWeekend(Math.floor(startMs / msPerDay))) weekendSessions++;
  const weekdays = lastDay - firstDay + 1 - weekendDays;
  const onWeekdays = (starts.length - weekendSessions) / weekdays;
  return onWeekdays > 0 && weekendDays > 0 ? weekendSessions / weekendDays / onWeekdays : null;
}

function observeCalls({ calls, sessionIds }: SessionSet) {
  const perSession = new Float64Array(sessionIds.length);
  let modelCalls = 0;
  let failed = 0;
  for (let row = 0; row < calls.length; row++) {
    if (calls.kind[row] !== callKindCode.model) continue;
    modelCalls++;
    failed += calls.hasError[row];
    perSession[calls.session[row]]++;
  }
  const sorted = perSession.filter((count) => count > 0).sort();
  return {
    observedFailedShare: modelCalls === 0 ? null : failed / modelCalls,
    callsPerSessionP50: sorted.length === 0 ? null : sorted[Math.floor((sorted.length - 1) / 2)],
  };
}
