import {
  type PredictableSessions,
  selectPredictable,
} from '@/lib/cost/predict/predictable-sessions';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import type { RandomStream } from '@/lib/stats/random-stream';
import { callRow } from '../../sessions/rows';

/** One call by what a prediction reads of it. */
export interface MadeCall {
  readonly agentName?: string;
  readonly promptTokens: number;
  readonly costUsd: number | null; //      null: unpriced
}

/** Rows of sessions whose calls cost what they are given. */
export function rowsOf(sessions: readonly (readonly MadeCall[])[]): PricedCallRow[] {
  return sessions.flatMap((calls, session) =>
    calls.map(({ agentName = null, promptTokens, costUsd }, at) =>
      callRow({
        sessionId: `session ${session}`,
        startMs: session * 3_600_000 + at * 1_000,
        agentName,
        inputFresh: promptTokens,
        output: 1,
        listCostPicoUsd: costUsd === null ? null : Math.round(costUsd * 1e12),
      }),
    ),
  );
}

/** Sessions whose calls cost what they are given, ready to predict from. */
export function makeSessions(sessions: readonly (readonly MadeCall[])[]): PredictableSessions {
  return selectPredictable(groupCalls(rowsOf(sessions), sessions.length));
}

/** A session whose total is level · callsᵇ · exp(deviation · normal), the same for every call. */
export function powerSession(
  calls: number,
  of: { readonly exponent: number; readonly deviation: number },
  stream: RandomStream,
): MadeCall[] {
  const total = 0.02 * calls ** of.exponent * Math.exp(of.deviation * stream.nextNormal());
  return Array.from({ length: calls }, () => ({ promptTokens: 1_000, costUsd: total / calls }));
}

/** A session that sends its whole history again: prompts grow by a fixed step from a first one. */
export function replaySession(calls: number, first: number, step: number): MadeCall[] {
  return Array.from({ length: calls }, (_, k) => ({
    promptTokens: first + k * step,
    costUsd: (first + k * step) * 3e-6,
  }));
}
