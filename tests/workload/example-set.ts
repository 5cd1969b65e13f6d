import { type CallColumns, callKindCode, type SessionSet } from '@/lib/sessions/session';

/** One call of an example session; times in seconds, left out where the trace has none. */
export interface ExampleCall {
  readonly kind: keyof typeof callKindCode;
  readonly startSec?: number;
  readonly endSec?: number;
  readonly turn?: number;
}

/** Builds a set of sessions that holds what the workload reads of one. */
export function setOf(...sessions: readonly (readonly ExampleCall[])[]): SessionSet {
  const rows = sessions.flat();
  const firstCall = [0];
  for (const session of sessions) firstCall.push((firstCall.at(-1) ?? 0) + session.length);
  const unknownNumbers = () => new Float64Array(rows.length).fill(Number.NaN);
  const unknownIndexes = () => new Int32Array(rows.length).fill(-1);
  const calls: CallColumns = {
    length: rows.length,
    kind: Uint8Array.from(rows, ({ kind }) => callKindCode[kind]),
    session: Uint32Array.from(sessions.flatMap((session, index) => session.map(() => index))),
    thread: new Uint32Array(rows.length),
    isMainThread: new Uint8Array(rows.length).fill(1),
    agent: unknownIndexes(),
    model: unknownIndexes(),
    provider: unknownIndexes(),
    serviceTier: unknownIndexes(),
    tenant: unknownIndexes(),
    tool: unknownIndexes(),
    dependency: unknownIndexes(),
    principal: unknownIndexes(),
    turn: Int32Array.from(rows, ({ turn = 0 }) => turn),
    startMs: Float64Array.from(rows, ({ startSec = Number.NaN }) => startSec * 1_000),
    endMs: Float64Array.from(rows, ({ endSec = Number.NaN }) => endSec * 1_000),
    inputFresh: unknownNumbers(),
    cacheRead: unknownNumbers(),
    cacheWrite5m: unknownNumbers(),
    cacheWrite1h: unknownNumbers(),
    cacheWriteUnknownTtl: unknownNumbers(),
    output: unknownNumbers(),
    reasoning: unknownNumbers(),
    listCostPicoUsd: unknownNumbers(),
    inputCostPicoUsd: unknownNumbers(),
    recordedCostUsd: unknownNumbers(),
    isResponseCacheHit: new Uint8Array(rows.length),
    isAfterCompaction: new Uint8Array(rows.length),
    hasError: new Uint8Array(rows.length),
    hasInput: new Uint8Array(rows.length),
    hasOutput: new Uint8Array(rows.length),
    inputDigest: unknownIndexes(),
  };
  return {
    sessionIds: sessions.map((_, index) => `session-${index}`),
    firstCall: Uint32Array.from(firstCall),
    names: [],
    calls,
    sessionsInStore: sessions.length,
  };
}
