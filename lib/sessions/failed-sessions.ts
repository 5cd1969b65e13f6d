import { callKindCode, type SessionSet } from './session';

/**
 * Which sessions failed: those whose last call of the main thread ended in an error.
 *
 * What a sub-agent did last says nothing about how the session ended. Nor does an agent span, which
 * encloses others: that it began last does not mean that it ended so.
 *
 * @returns 1 per failed session, else 0
 */
export function findFailedSessions({ calls, sessionIds }: SessionSet): Uint8Array {
  const hasFailed = new Uint8Array(sessionIds.length);
  for (let row = 0; row < calls.length; row++) {
    if (calls.isMainThread[row] === 0 || calls.kind[row] === callKindCode.agent) continue;
    hasFailed[calls.session[row]] = calls.hasError[row];
  }
  return hasFailed;
}
