import { callKindCode, type SessionSet } from '../sessions/session';

/** Everything called outside the agent itself, by name. */
export interface DependencyMeasure {
  readonly name: string;
  readonly calls: number;
  readonly timedCalls: number; //          with a start and an end
  readonly maxDurationSec: number | null;
  readonly declaredTimeoutSec: number | null;
}

/**
 * Measures the longest finished call of every dependency, and finds its declared timeout.
 *
 * A call is counted under its dependency, tool or model name: under the first of them for which a
 * timeout is declared, else under the first that is known.
 */
export function measureDependencies(
  set: SessionSet,
  declaredTimeoutsSec: Readonly<Record<string, number>>,
): readonly DependencyMeasure[] {
  const { calls } = set;
  const declared = new Map(Object.entries(declaredTimeoutsSec));
  const found = new Map<string, { calls: number; timedCalls: number; maxMs: number }>();
  for (let row = 0; row < calls.length; row++) {
    if (calls.kind[row] === callKindCode.agent) continue;
    const candidates = [calls.dependency[row], calls.tool[row], calls.model[row]]
      .map((index) => (index === undefined || index < 0 ? undefined : set.names[index]))
      .filter((name) => name !== undefined);
    const name = candidates.find((candidate) => declared.has(candidate)) ?? candidates[0];
    const key = name ?? unnamed[calls.kind[row] ?? 0] ?? 'calls without a name';
    let entry = found.get(key);
    if (entry === undefined) {
      entry = { calls: 0, timedCalls: 0, maxMs: Number.NEGATIVE_INFINITY };
      found.set(key, entry);
    }
    entry.calls += 1;
    const durationMs = (calls.endMs[row] ?? Number.NaN) - (calls.startMs[row] ?? Number.NaN);
    if (Number.isNaN(durationMs)) continue;
    entry.timedCalls += 1;
    entry.maxMs = Math.max(entry.maxMs, durationMs);
  }
  return [...found]
    .map(([name, entry]) => ({
      name,
      calls: entry.calls,
      timedCalls: entry.timedCalls,
      maxDurationSec: entry.timedCalls === 0 ? null : entry.maxMs / 1_000,
      declaredTimeoutSec: declared.get(name) ?? null,
    }))
    .sort(
      (a, b) => (b.maxDurationSec ?? -1) - (a.maxDurationSec ?? -1) || (a.name < b.name ? -1 : 1),
    );
}

const unnamed = ['unnamed model', 'unnamed tool', 'unnamed database'];
