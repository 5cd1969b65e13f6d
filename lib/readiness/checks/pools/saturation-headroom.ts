import type { SimulationRun } from '@/simulations/simulation-run';
import { formatCount } from '../../../format';
import {
  blocksCustomerLaunch,
  type CheckOutcome,
  observedFrom,
  type ReadinessCheck,
} from '../../check';
import { type Fact, fact, type ReadinessFacts } from '../../facts';
import { findFewestAgentsAtFull } from '../../find-full-load';
import { headroomFactor } from '../../headroom-factor';
import { capAssumedQueries, missingPeak, missingRun } from './pool-evidence';

/**
 * POOL-03. N* is the number of agents at which the pool is 95 % in use. The unfavourable end of its
 * interval decides: the load at which the upper end of the utilisation reaches 95 %.
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

function judge({ system }: ReadinessFacts, run: SimulationRun): CheckOutcome {
  const { saturation } = run;
  const load = measureFullLoad(run);
  const waits = fact(
    'sim.safe_agents',
    'Most agents with waits within target',
    saturation.agents,
    'agents',
    { interval95: saturation.interval95, basis: 'simulated' },
  );
  const evidence = [load.full, load.fewest, waits, ...boundsOf(saturation)];
  const common = { basis: 'simulated', observed: observedFrom(load.full), evidence } as const;
  const found =
    load.full.value === null
      ? `The pool is not 95 % in use up to ${formatCount(saturation.searchedUpTo)} agents`
      : `The pool is 95 % in use at ${formatCount(Math.floor(load.full.value))} agents`;
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
  if (load.certain !== null && load.certain >= needed) {
    return { ...common, status: 'pass', reason: 'met', detail: `${found}, ${against}.` };
  }
  if (load.expected >= needed) {
    const doubt =
      load.fewest.value === null
        ? 'no load was simulated to say how sure that is'
        : `it may be so from ${formatCount(Math.floor(load.fewest.value))} agents on`;
    return {
      ...common,
      status: 'warn',
      reason: 'inconclusive',
      detail: `${found}, ${against}; ${doubt}.`,
    };
  }
  if (load.full.value === null) {
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

/** Loads up to which the pool is less than 95 % in use. */
interface FullLoad {
  readonly full: Fact;
  readonly fewest: Fact;
  /** By the estimate; where 95 % was not reached, the load searched. */
  readonly expected: number;
  /** By the unfavourable end of its interval; null where no load says. */
  readonly certain: number | null;
}

function measureFullLoad({ saturation, sweep }: SimulationRun): FullLoad {
  const { agentsAtUtilization95, searchedUpTo } = saturation;
  const fewest = findFewestAgentsAtFull(sweep);
  const isNotReached = agentsAtUtilization95 === null && sweep.length > 0;
  return {
    full: fact(
      'sim.n_star',
      'Agents at which the pool is 95 % in use',
      agentsAtUtilization95,
      'agents',
      { basis: 'simulated' },
    ),
    fewest: fact('sim.n_star.lower', 'Fewest at which it may be', fewest, 'agents', {
      basis: 'simulated',
    }),
    expected: agentsAtUtilization95 ?? searchedUpTo,
    certain: fewest ?? (isNotReached ? searchedUpTo : null),
  };
}

function boundsOf({ agentsAnalytic, searchedUpTo }: SimulationRun['saturation']): readonly Fact[] {
  return [
    fact('sim.n_star.analytic', 'Closed form, without chance', agentsAnalytic, 'agents', {
      basis: 'modelled',
    }),
    fact('sim.searched_up_to', 'Searched up to', searchedUpTo, 'agents', { basis: 'simulated' }),
  ];
}
