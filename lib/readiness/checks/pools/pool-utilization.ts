import { formatCount } from '../../../format';
import {
  blocksEveryLaunch,
  type CheckOutcome,
  observedFrom,
  type ReadinessCheck,
  unknownOutcome,
} from '../../check';
import { fact, type ReadinessFacts } from '../../facts';
import { hasPendingWaits } from '../../find-full-load';
import { writeFact, writeValue } from '../../write-fact';
import { capAssumedQueries, missingPeak, missingRun } from './pool-evidence';

const passBelow = 0.8;
const failFrom = 0.95;

/** POOL-01. The 99th percentile of slots in use at the planned peak, from the simulation. */
export const poolUtilization: ReadinessCheck = {
  id: 'POOL-01',
  version: '1.0.0',
  area: 'pools',
  question: 'Does the pool keep free connections at the planned peak?',
  titles: {
    pass: 'The pool keeps free connections at the planned peak',
    warn: 'The pool gets short of connections at the planned peak',
    fail: 'The pool runs out of connections at the planned peak',
    unknown: 'How full the pool is at the planned peak is not known',
  },
  severity: blocksEveryLaunch,
  threshold: 'P99 of slots in use below 80 % of the pool; from 95 % it fails',
  remedy: 'Release connections during model calls, shorten transactions, or enlarge the pool.',
  isTraceDerived: true,
  assess: (facts) => {
    const missing = missingRun(facts);
    const { run, agents } = facts.pool;
    if (missing !== null) return missing;
    if (run === null || agents === null) throw new Error('A usable run has agents.');
    return capAssumedQueries(judge(facts, run, agents), facts);
  },
};

function judge(
  { system }: ReadinessFacts,
  run: NonNullable<ReadinessFacts['pool']['run']>,
  agents: number,
): CheckOutcome {
  const { slotsInUseP99 } = run.atLoad.pool;
  const { slots } = run.scenario.pool;
  const used = fact(
    'sim.pool.util_p99',
    'P99 of slots in use ÷ slots',
    slotsInUseP99.mean / slots,
    'ratio',
    {
      sample: slotsInUseP99.replications,
      interval95: [slotsInUseP99.interval95[0] / slots, slotsInUseP99.interval95[1] / slots],
      basis: 'simulated',
    },
  );
  const evidence = [
    used,
    fact('sim.agents', 'Concurrent agents simulated', agents, 'agents', { basis: 'simulated' }),
    fact('config.pool.slots', 'Slots', slots, 'count', { basis: 'declared' }),
  ];
  const common = { basis: 'simulated', observed: observedFrom(used), evidence } as const;
  const found = `P99 of slots in use is ${writeFact({ ...used, sample: null })} of ${formatCount(slots)} at ${formatCount(agents)} agents`;
  if (system.plannedPeakAgents === null) return missingPeak(found, common);
  if (agents < system.plannedPeakAgents) {
    return unknownOutcome(
      'no_evidence',
      `${found}; the planned peak is ${formatCount(system.plannedPeakAgents)}.`,
      'Run the simulation at the planned peak.',
      common,
    );
  }
  const share = used.value ?? Number.NaN;
  const upper = used.interval95?.[1] ?? Number.NaN;
  const against = `against ${writeValue(passBelow, 'ratio')}`;
  if (run.atLoad.isOverloaded || share >= failFrom) {
    const queue = run.atLoad.isOverloaded ? ', and its queue grows without end' : '';
    return {
      ...common,
      status: 'fail',
      reason: 'not_met',
      detail: `${found}, ${against}${queue}.`,
    };
  }
  if (hasPendingWaits(run.atLoad)) {
    return {
      ...common,
      status: 'warn',
      reason: 'inconclusive',
      detail: `${found}, ${against}, but ${writeValue(run.atLoad.pendingWaitShare?.mean ?? null, 'ratio')} of the waits had not ended when the simulated time did.`,
    };
  }
  if (share >= passBelow) {
    return { ...common, status: 'warn', reason: 'near_threshold', detail: `${found}, ${against}.` };
  }
  if (!(upper < passBelow)) {
    return {
      ...common,
      status: 'warn',
      reason: 'inconclusive',
      detail: `${found}; the upper end is not below ${writeValue(passBelow, 'ratio')}.`,
    };
  }
  return { ...common, status: 'pass', reason: 'met', detail: `${found}, ${against}.` };
}
