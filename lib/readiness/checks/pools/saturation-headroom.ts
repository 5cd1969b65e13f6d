import type { SimulationRun } from '@/simulations/simulation-run';
import { formatCount } from '../../../format';
import {
  blocksCustomerLaunch,
  type CheckOutcome,
  observedFrom,
  type ReadinessCheck,
} from '../../check';
import { type Fact, fact, type ReadinessFacts } from '../../facts';
import { headroomFactor } from '../../headroom-factor';
import { capAssumedQueries, missingPeak, missingRun } from './pool-evidence';

/**
 * POOL-03. N* is the number of agents at which the pool is 95 % in use.
 *
 * Beyond the room above the planned peak, the wait target has to hold at the peak itself.
 */
export const saturationHeadroom: ReadinessCheck = {
  id: 'POOL-03',
  version: '1.0.0',
  area: 'pools',
  question: 'Is the load at which the pool saturates well above the planned peak?',
  titles: {
    pass: 'The pool saturates well above the planned peak',
    warn: 'The pool may saturate close to the planned peak',
    fail: 'The pool saturates too close to the planned peak',
    unknown: 'How far saturation is from the planned peak is not known',
  },
  severity: blocksCustomerLaunch,
  threshold: '95 % in use at no less than 1.5 × the planned peak, waits within target at the peak',
  remedy: 'Release connections during model calls, enlarge the pool, or cap concurrent agents.',
  isTraceDerived: true,
  assess: (facts) => {
    const missing = missingRun(facts);
    if (missing !== null) return missing;
    const { run } = facts.pool;
    if (run === null) throw new Error('A usable run is there.');
    return capAssumedQueries(judge(facts, run), facts);
  },
};

function judge({ system }: ReadinessFacts, { saturation }: SimulationRun): CheckOutcome {
  const full = fact(
    'sim.n_star',
    'Agents at which the pool is 95 % in use',
    saturation.agentsAtUtilization95,
    'agents',
    { basis: 'simulated' },
  );
  const waits = fact(
    'sim.safe_agents',
    'Most agents with waits within target',
    saturation.agents,
    'agents',
    { interval95: saturation.interval95, basis: 'simulated' },
  );
  const evidence: readonly Fact[] = [
    full,
    waits,
    fact(
      'sim.n_star.analytic',
      'Closed form, without chance',
      saturation.agentsAnalytic,
      'agents',
      {
        basis: 'modelled',
      },
    ),
    fact('sim.searched_up_to', 'Searched up to', saturation.searchedUpTo, 'agents', {
      basis: 'simulated',
    }),
  ];
  const common = { basis: 'simulated', observed: observedFrom(full), evidence } as const;
  // Not reached in the searched range: the load searched is what is known to be safe.
  const loadKnown = full.value ?? saturation.searchedUpTo;
  const found =
    full.value === null
      ? `The pool is not 95 % in use up to ${formatCount(saturation.searchedUpTo)} agents`
      : `The pool is 95 % in use at ${formatCount(Math.floor(full.value))} agents`;
  const peak = system.plannedPeakAgents;
  if (peak === null) return missingPeak(found, common);

  const needed = headroomFactor * peak;
  const against = `against 1.5 × ${formatCount(peak)} = ${formatCount(Math.ceil(needed))}`;
  const waitsHold = saturation.agents ?? 0;
  if (waitsHold < peak && waitsHold < saturation.searchedUpTo) {
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      title: 'Waits miss their target at the planned peak',
      detail: `Waits stay within target up to ${formatCount(waitsHold)} agents, below the planned peak of ${formatCount(peak)}.`,
    };
  }
  if (loadKnown >= needed) {
    return { ...common, status: 'pass', reason: 'met', detail: `${found}, ${against}.` };
  }
  if (full.value === null) {
    return {
      ...common,
      status: 'unknown',
      reason: 'no_evidence',
      detail: `${found}, and no higher load was tried, ${against}.`,
      remedy: 'Run the simulation at the planned peak, so that the search reaches 1.5 times it.',
    };
  }
  return { ...common, status: 'fail', reason: 'not_met', detail: `${found}, ${against}.` };
}
