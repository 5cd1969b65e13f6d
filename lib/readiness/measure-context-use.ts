import type { Interval } from '../cost/cost-model';
import { callKindCode, type SessionSet } from '../sessions/session';
import { quantileOverSessions } from '../stats/over-sessions';

/** How full the context windows of the models were. */
export interface ContextUseMeasure {
  readonly modelCalls: number;
  readonly callsWithUsage: number;
  readonly callsWithWindow: number; //     of those with usage, whose model's window is known
  readonly p95: number | null; //          prompt ÷ window
  readonly p95Interval95: Interval | null;
  readonly max: number | null;
  readonly modelsWithoutWindow: readonly string[];
}

/** Measures the prompt of every model call against the context window of its model. */
export function measureContextUse(
  set: SessionSet,
  contextWindowTokens: (model: string) => number | null,
): ContextUseMeasure {
  const { calls } = set;
  const windowOf = new Map<number, number | null>();
  const without = new Set<string>();
  const shares: number[] = [];
  const sessionOf: number[] = [];
  let modelCalls = 0;
  let callsWithUsage = 0;
  for (let row = 0; row < calls.length; row++) {
    if (calls.kind[row] !== callKindCode.model) continue;
    modelCalls += 1;
    const prompt = promptOfRow(set, row);
    if (Number.isNaN(prompt)) continue;
    callsWithUsage += 1;
    const model = calls.model[row] ?? -1;
    const name = set.names[model];
    let window = windowOf.get(model);
    if (window === undefined) {
      window = model < 0 || name === undefined ? null : contextWindowTokens(name);
      windowOf.set(model, window);
    }
    if (window === null || !(window > 0)) {
      without.add(model < 0 || name === undefined ? 'calls without a model name' : name);
      continue;
    }
    shares.push(prompt / window);
    sessionOf.push(calls.session[row] ?? 0);
  }
  const p95 = quantileOverSessions(shares, sessionOf, set.sessionIds.length, 0.95);
  return {
    modelCalls,
    callsWithUsage,
    callsWithWindow: shares.length,
    p95: p95?.value ?? null,
    p95Interval95: p95?.interval95 ?? null,
    max: p95?.max ?? null,
    modelsWithoutWindow: [...without].sort(),
  };
}

function promptOfRow({ calls }: SessionSet, row: number): number {
  return (
    (calls.inputFresh[row] ?? Number.NaN) +
    (calls.cacheRead[row] ?? Number.NaN) +
    (calls.cacheWrite5m[row] ?? Number.NaN) +
    (calls.cacheWrite1h[row] ?? Number.NaN) +
    (calls.cacheWriteUnknownTtl[row] ?? Number.NaN)
  );
}
