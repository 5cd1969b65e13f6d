import type { PricedCallRow } from '@/lib/sessions/group-calls';

/** A model call of the main thread with empty usage; a test states only what it is about. */
export function callRow(row: Partial<PricedCallRow>): PricedCallRow {
  return {
    sessionId: 's',
    threadId: 'main',
    kind: 'model',
    agentName: null,
    model: 'm',
    toolName: null,
    dependencyName: null,
    principal: null,
    turnIndex: null,
    startMs: null,
    endMs: null,
    inputFresh: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknownTtl: 0,
    output: 0,
    reasoning: null,
    listCostPicoUsd: null,
    inputCostPicoUsd: null,
    recordedCostUsd: null,
    hasError: false,
    hasInput: false,
    hasOutput: false,
    inputDigest: null,
    ...row,
  };
}

/** A call whose usage is missing. */
export const usageMissing = {
  inputFresh: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  cacheWriteUnknownTtl: null,
  output: null,
} as const satisfies Partial<PricedCallRow>;
