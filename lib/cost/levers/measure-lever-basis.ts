import { quantileSorted } from '../../stats/quantile';
import type { ReplaySet } from '../replay/replay-set';
import type { LeverBasis, ObservedRange } from './lever-basis';
import { listPricedModels } from './priced-models';

/** More names than these are found by the search of a field, not on a list. */
const namesMax = 500;

/** Measures where the calls of a set stand on the scales that policies are set on. */
export function measureLeverBasis(set: ReplaySet): LeverBasis {
  const calls = set.price.length;
  const prompt = Float64Array.from(
    { length: calls },
    (_, k) => set.newTokens[k] + set.resentTokens[k],
  );
  const isFirst = new Uint8Array(calls);
  for (const first of set.firstCall) if (first < calls) isFirst[first] = 1;
  const isSent = (k: number) => prompt[k] > 0;
  const rangeWhere = (column: Float64Array, isMeant: (call: number) => boolean) =>
    rangeOf(column.filter((_, k) => isSent(k) && isMeant(k)));
  return {
    promptTokens: rangeWhere(prompt, () => true),
    newTokens: rangeWhere(set.newTokens, (k) => isFirst[k] === 0),
    toolResultTokens: rangeWhere(set.newTokens, (k) => isFirst[k] === 0 && set.toolResults[k] > 0),
    outputTokens: rangeWhere(set.output, (k) => set.output[k] > 0),
    turns: rangeOf(countTurns(set)),
    agents: namesByCalls(set, agentOfCalls(set)),
    models: namesByCalls(set, set.model),
    pricedAs: listPricedModels(set).slice(0, namesMax),
  };
}

function rangeOf(values: Float64Array): ObservedRange | null {
  if (values.length === 0) return null;
  const sorted = values.slice().sort();
  return {
    p50: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
    p99: quantileSorted(sorted, 0.99),
    max: sorted[sorted.length - 1],
  };
}

/** User turns of every session that numbers them; turns begin at 0. */
function countTurns(set: ReplaySet): Float64Array {
  const turns: number[] = [];
  for (let session = 0; session < set.sessionIds.length; session++) {
    const end = set.firstCall[set.firstThread[session + 1]];
    let last = -1;
    for (let k = set.firstCall[set.firstThread[session]]; k < end; k++) {
      last = Math.max(last, set.turn[k]);
    }
    if (last >= 0) turns.push(last + 1);
  }
  return Float64Array.from(turns);
}

function agentOfCalls(set: ReplaySet): Int32Array {
  const agents = new Int32Array(set.price.length);
  for (let t = 0; t < set.agent.length; t++) {
    agents.fill(set.agent[t], set.firstCall[t], set.firstCall[t + 1]);
  }
  return agents;
}

function namesByCalls(set: ReplaySet, indexes: Int32Array): string[] {
  const counts = new Map<number, number>();
  for (const index of indexes) if (index >= 0) counts.set(index, (counts.get(index) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, namesMax)
    .flatMap(([index]) => set.names[index] ?? []);
}
