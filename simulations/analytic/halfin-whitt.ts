import { checkAbove } from './check-argument';
import { normalDensity, normalProbability } from './normal-distribution';

/**
 * Probability of waiting where many servers are run with square-root spare capacity,
 * P(wait) → 1/(1 + β·Φ(β)/φ(β)) as c = a + β√a grows.
 *
 * Within a few percent of Erlang C from some tens of servers on.
 *
 * @param spareFactor β = (c − a)/√a, above 0
 * @throws RangeError when the factor is not above 0
 * @see Halfin and Whitt, Operations Research 29 (1981)
 */
export function halfinWhittWaitProbability(spareFactor: number): number {
  checkAbove('as spare factor', spareFactor, 0);
  const density = normalDensity(spareFactor);
  return density / (density + spareFactor * normalProbability(spareFactor));
}
