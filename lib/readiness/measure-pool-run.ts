import { defaultWaitTargetP95Sec } from '@/simulations/pool-study';
import type { SimulationRun } from '@/simulations/simulation-run';
import type { PoolDescription, SystemDescription } from '../system/system-description';

/** Why a run decides nothing about the deployed pool, or that it does. */
export type RunFitness = 'usable' | 'no_run' | 'stale' | 'other_system' | 'open_load' | 'what_if';

/** What a run says about the pool that is described. */
export interface PoolRunMeasure {
  readonly fitness: RunFitness;
  /** The run, where it is usable. */
  readonly run: SimulationRun | null;
  readonly agents: number | null; //       concurrent agents of the run's load
  readonly hasMeasuredQueries: boolean; // else query times are assumed
}

const behaviour = [
  'slots',
  'holdingScope',
  'acquireTimeoutSec',
  'assumedQuerySec',
  'assumedQueriesPerTurn',
] as const satisfies readonly (keyof PoolDescription)[];

/**
 * Tells whether a run may decide about the described pool: it is there, not stale, keeps a number
 * of agents in the system, and simulated this pool, wait target and behaviour of agents, not ones
 * only tried out. Think time other than observed, or a rest between sessions, is a lighter or
 * heavier load than the traces show.
 */
export function measurePoolRun(
  run: SimulationRun | null,
  isRunStale: boolean,
  system: SystemDescription,
): PoolRunMeasure {
  const unusable = (fitness: RunFitness): PoolRunMeasure => ({
    fitness,
    run: null,
    agents: null,
    hasMeasuredQueries: false,
  });
  if (run === null) return unusable('no_run');
  if (isRunStale) return unusable('stale');
  if (run.scenario.load.kind !== 'closed') return unusable('open_load');
  if (run.scenario.thinkTimeFactor !== 1 || run.scenario.load.restSecMean !== 0) {
    return unusable('what_if');
  }
  const isThisPool = behaviour.every((key) => run.scenario.pool[key] === system.pool[key]);
  const waitTargetSec = run.scenario.waitTargetP95Sec ?? defaultWaitTargetP95Sec;
  if (!isThisPool || waitTargetSec !== system.waitTargetP95Sec) return unusable('other_system');
  return {
    fitness: 'usable',
    run,
    agents: run.scenario.load.agents,
    hasMeasuredQueries: run.basis.databaseSpans > 0,
  };
}
