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
  const found = new Map<string, Entry>();
  const entryOf = (row: number): Entry => {
    const name = nameOf(set, row, declared);
    const known = found.get(name);
    if (known !== undefined) return known;
    const entry = { calls: 0, timedCalls: 0, maxMs: Number.NEGATIVE_INFINITY };
    found.set(name, entry);
    return entry;
  };
  // Names are looked up once for each combination of the columns that they come from.
  const byColumns = new Map<string, Entry>();
  for (let row = 0; row < calls.length; row++) {
    if (calls.kind[row] === callKindCode.agent) continue;
    const key = `${calls.kind[row]} ${calls.dependency[row]} ${calls.tool[row]} ${calls.model[row]}`;
    const entry = byColumns.get(key) ?? entryOf(row);
    byColumns.set(key, entry);
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

interface Entry {
  calls: number;
  timedCalls: number;
  maxMs: number;
}

function nameOf(
  { calls, names }: SessionSet,
  row: number,
  declared: ReadonlyMap<string, number>,
): string {
  const candidates = [calls.dependency[row], calls.tool[row], calls.model[row]]
    .map((index) => (index === undefined || index < 0 ? undefined : names[index]))
    .filter((name) => name !== undefined);
  const name = candidates.find((candidate) => declared.has(candidate)) ?? candidates[0];
  return name ?? unnamed[calls.kind[row] ?? 0] ?? 'calls without a name';
}

const unnamed = ['unnamed model', 'unnamed tool', 'unnamed database'];
