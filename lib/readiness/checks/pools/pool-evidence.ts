import { formatCount } from '../../../format';
import { type CheckOutcome, unknownOutcome } from '../../check';
import type { ReadinessFacts } from '../../facts';
import type { RunFitness } from '../../measure-pool-run';

const reasons: Record<Exclude<RunFitness, 'usable'>, readonly [detail: string, remedy: string]> = {
  no_run: [
    'The pool has not been simulated.',
    'Run a simulation with the described pool at the planned peak.',
  ],
  stale: [
    'Imports or the engine have changed since the simulation was run.',
    'Run the simulation again.',
  ],
  other_system: [
    'The latest simulation tried out another pool or wait target than the one that is described.',
    'Run the simulation with the described pool and wait target, or describe those that were simulated.',
  ],
  what_if: [
    'The latest simulation tried out other think times than observed, or rests between sessions.',
    'Run the simulation with think time × 1 and no rest between sessions.',
  ],
  open_load: [
    'The latest simulation has open arrivals, so that its number of agents is not fixed.',
    'Run a simulation with a fixed number of concurrent agents.',
  ],
};

/** The unknown outcome of a pool check where no run may decide it; null where one may. */
export function missingRun({ pool }: ReadinessFacts): CheckOutcome | null {
  if (pool.fitness === 'usable') return null;
  const [detail, remedy] = reasons[pool.fitness];
  return unknownOutcome('no_evidence', detail, remedy);
}

/** The unknown outcome of a pool check without a planned peak, with the number there is. */
export function missingPeak(
  found: string,
  more: Pick<CheckOutcome, 'observed' | 'evidence'>,
): CheckOutcome {
  return unknownOutcome(
    'not_declared',
    `${found}; the planned peak is not declared.`,
    'Declare the planned peak of concurrent agents in the system description.',
    { ...more, basis: 'simulated' },
  );
}

/** Caps a pass at warn where no database span was seen, since query times are then assumed. */
export function capAssumedQueries(outcome: CheckOutcome, facts: ReadinessFacts): CheckOutcome {
  if (outcome.status !== 'pass' || facts.pool.hasMeasuredQueries) return outcome;
  const { assumedQueriesPerTurn, assumedQuerySec } = facts.system.pool;
  return {
    ...outcome,
    status: 'warn',
    reason: 'not_observable',
    basis: 'modelled',
    detail: `${outcome.detail.replace(/\.$/, '')}; no database span was seen, so ${formatCount(assumedQueriesPerTurn)} queries a turn of ${assumedQuerySec} s are assumed.`,
    remedy: 'Export database spans, so that the time a connection is held is measured.',
  };
}
