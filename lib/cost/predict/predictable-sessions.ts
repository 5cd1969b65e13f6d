import type { SessionSet } from '../../sessions/session';
import { isMetered, rowTokens } from '../price-session';

/** What is known of one kind of call: the agent that makes it and the model that answers. */
export interface CallGroup {
  readonly agentName: string | null;
  readonly model: string | null;
  readonly isMainThread: boolean;
}

/**
 * Sessions from whose calls costs can be predicted: every call with usage is priced.
 *
 * Session `s` owns calls `firstCall[s]` up to but not including `firstCall[s + 1]`, in the order in
 * which they were made.
 */
export interface PredictableSessions {
  readonly sessionIds: readonly string[];
  readonly firstCall: Uint32Array;
  readonly startMs: Float64Array; //       of the first call; NaN not recorded
  readonly totalUsd: Float64Array;
  readonly groups: readonly CallGroup[];
  // Per call:
  readonly group: Uint32Array; //          index into groups
  readonly promptTokens: Float64Array;
  readonly costUsd: Float64Array;
  /** Sessions with a call that has usage and no price: their cost is not known. */
  readonly unpricedSessions: number;
  /** Sessions without a call that has a prompt, or that cost nothing. */
  readonly emptySessions: number;
}

/** Calls in a session. */
export const callsOf = ({ firstCall }: PredictableSessions, session: number): number =>
  firstCall[session + 1] - firstCall[session];

class CallList {
  readonly group: number[] = [];
  readonly promptTokens: number[] = [];
  readonly costUsd: number[] = [];
  readonly groups: CallGroup[] = [];
  readonly #indexes = new Map<string, number>();

  add(set: SessionSet, row: number): void {
    const { calls } = set;
    this.promptTokens.push(promptOf(set, row));
    this.costUsd.push(calls.listCostPicoUsd[row] / 1e12);
    const key = `${calls.agent[row]}/${calls.model[row]}/${calls.isMainThread[row]}`;
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.groups.length;
      this.#indexes.set(key, index);
      this.groups.push({
        agentName: set.names[calls.agent[row]] ?? null,
        model: set.names[calls.model[row]] ?? null,
        isMainThread: calls.isMainThread[row] === 1,
      });
    }
    this.group.push(index);
  }
}

function promptOf({ calls }: SessionSet, row: number): number {
  return (
    calls.inputFresh[row] +
    calls.cacheRead[row] +
    calls.cacheWrite5m[row] +
    calls.cacheWrite1h[row] +
    calls.cacheWriteUnknownTtl[row]
  );
}

/** Rows of a session with a prompt; null where one of them has no price. */
function listPricedRows(set: SessionSet, session: number): number[] | null {
  const rows: number[] = [];
  for (let row = set.firstCall[session]; row < set.firstCall[session + 1]; row++) {
    if (!isMetered(set, row) || !(rowTokens(set, row) > 0)) continue;
    if (Number.isNaN(set.calls.listCostPicoUsd[row])) return null;
    if (promptOf(set, row) > 0) rows.push(row);
  }
  return rows;
}

/**
 * Selects the sessions of a set whose cost is known to the last call, and counts the others.
 *
 * Calls without usage or with an empty prompt (aborted ones) are passed over.
 */
export function selectPredictable(set: SessionSet): PredictableSessions {
  const calls = new CallList();
  const sessionIds: string[] = [];
  const firstCall: number[] = [0];
  const startMs: number[] = [];
  const totalUsd: number[] = [];
  let unpricedSessions = 0;
  let emptySessions = 0;
  for (let session = 0; session < set.sessionIds.length; session++) {
    const rows = listPricedRows(set, session);
    if (rows === null) {
      unpricedSessions++;
      continue;
    }
    const cost = rows.reduce((sum, row) => sum + set.calls.listCostPicoUsd[row], 0) / 1e12;
    if (!(cost > 0)) {
      emptySessions++;
      continue;
    }
    for (const row of rows) calls.add(set, row);
    sessionIds.push(set.sessionIds[session]);
    firstCall.push(calls.group.length);
    startMs.push(set.calls.startMs[rows[0]]);
    totalUsd.push(cost);
  }
  return {
    sessionIds,
    firstCall: Uint32Array.from(firstCall),
    startMs: Float64Array.from(startMs),
    totalUsd: Float64Array.from(totalUsd),
    groups: calls.groups,
    group: Uint32Array.from(calls.group),
    promptTokens: Float64Array.from(calls.promptTokens),
    costUsd: Float64Array.from(calls.costUsd),
    unpricedSessions,
    emptySessions,
  };
}
