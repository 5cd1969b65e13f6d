'use client';

import { useMemo } from 'react';
import { formatCount, formatDurationSec, formatPercent } from '@/lib/format';
import { describeAnalytic, findAgentsAnalytic } from '@/simulations/analytic/describe-analytic';
import type { PoolStudy } from '@/simulations/pool-study';
import type { HashedWorkload } from './use-browser-simulation';

interface ClosedFormProps {
  readonly source: HashedWorkload;
  readonly scenario: PoolStudy;
  readonly agents: number;
}

/** What counting and queueing theory say at once, while the simulation is still at work. */
export function ClosedForm({ source, scenario, agents }: ClosedFormProps) {
  const answer = useMemo(
    () => ({
      load: describeAnalytic(source.workload, scenario, agents),
      knee: findAgentsAnalytic(source.workload, scenario),
    }),
    [source, scenario, agents],
  );
  const wait =
    answer.load.waitSecMean === null
      ? 'no steady state'
      : `mean wait ${formatDurationSec(answer.load.waitSecMean)}`;
  return (
    <p className="mb-5 text-ink-2">
      <span className="font-medium text-ink">Closed form</span> at {formatCount(agents)} agents:{' '}
      {formatPercent(answer.load.utilization)} of slots in use, {wait};{' '}
      {answer.knee === null
        ? 'the sessions hold no connection.'
        : `the pool is the limit from ${formatCount(answer.knee)} agents.`}
    </p>
  );
}
