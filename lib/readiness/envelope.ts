import { formatUtcDate } from '../format';
import type { OperatingEnvelope } from './assessment';
import type { ReadinessFacts } from './facts';
import { headroomFactor } from './headroom-factor';
import { maxEvidenceAgeDays, maxPriceAgeDays } from './max-age';

const msPerDay = 86_400_000;

/**
 * States the limits inside which a verdict holds.
 *
 * Most concurrent agents: the smaller of the load up to which waits stay within target (the wait
 * limit), and the load at which the pool is 95 % in use divided by 1.5 (the reserve limit). Where the search did not reach 95 %, the
 * load searched stands in for it, as a lower bound. A run that decides nothing gives no limit.
 *
 * @param lastCallAt time of the newest call, which ages the evidence
 */
export function stateEnvelope(facts: ReadinessFacts, lastCallAt: string | null): OperatingEnvelope {
  const constraints = constraintsOf(facts);
  const binding = constraints.find((constraint) => constraint.isBinding) ?? null;
  return {
    maxConcurrentAgents: binding === null ? null : Math.floor(binding.agents),
    bindingConstraint: binding?.name ?? null,
    maxCostPerSessionUsdP95: facts.cost?.costPerSessionUsd?.p95 ?? null,
    validUntil: validUntil(facts, lastCallAt),
    constraints,
  };
}

function constraintsOf({ pool, system }: ReadinessFacts): OperatingEnvelope['constraints'] {
  if (pool.run === null) return [];
  const { saturation } = pool.run;
  const { name } = system.pool;
  const basis = pool.hasMeasuredQueries ? 'simulated' : 'modelled';
  const full = saturation.agentsAtUtilization95;
  const limits = [
    { name: `${name}: wait limit`, agents: saturation.agents ?? 0 },
    {
      name: `${name}: ${full === null ? 'two thirds of the load tried' : 'reserve limit'}`,
      agents: Math.floor((full ?? saturation.searchedUpTo) / headroomFactor),
    },
  ];
  const least = Math.min(...limits.map((limit) => limit.agents));
  const bindingAt = limits.findIndex((limit) => limit.agents === least);
  const constraints: OperatingEnvelope['constraints'] = limits.map((limit, index) => ({
    ...limit,
    basis,
    isBinding: index === bindingAt,
  }));
  if (full !== null) {
    constraints.push({ name: `${name}: 95 % in use`, agents: full, basis, isBinding: false });
  }
  return constraints;
}

function validUntil({ cost }: ReadinessFacts, lastCallAt: string | null): string | null {
  const ends = [
    expiry(cost?.coverage.priceBook.date ?? null, maxPriceAgeDays),
    expiry(lastCallAt, maxEvidenceAgeDays),
  ].filter((end) => end !== null);
  return ends.length === 0 ? null : formatUtcDate(Math.min(...ends));
}

function expiry(date: string | null, days: number): number | null {
  const start = date === null ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(start) ? null : start + days * msPerDay;
}
