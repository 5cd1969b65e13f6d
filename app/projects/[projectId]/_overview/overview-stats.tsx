import type { ReactNode } from 'react';
import { DataStrip } from '@/app/_ui/data-strip';
import { Stat, StatRow } from '@/app/_ui/stat';
import { StatusMark } from '@/app/_ui/status-mark';
import { formatSaturationInterval } from '@/lib/charts/describe-saturation';
import type { CostModel } from '@/lib/cost/cost-model';
import { formatCount, formatPercent, formatUsd } from '@/lib/format';
import type { Assessment } from '@/lib/readiness/assessment';
import type { RunFitness } from '@/lib/readiness/measure-pool-run';
import type { SimulationRun } from '@/simulations/simulation-run';
import { describeRunFitness } from '../_checks/describe-run-fitness';

interface OverviewStatsProps {
  readonly cost: CostModel | null;
  readonly run: SimulationRun | null;
  /** Whether the run speaks for the described system. */
  readonly fitness: RunFitness;
  readonly assessment: Assessment | undefined;
  /** The figure of what the plan costs, which comes by itself. */
  readonly planCost: ReactNode;
}

/** Four figures, each with its doubt, and under them what the data is made of. */
export function OverviewStats({ cost, run, fitness, assessment, planCost }: OverviewStatsProps) {
  return (
    <>
      <StatRow>
        <CostStat cost={cost} />
        {planCost}
        <SaturationStat run={run} fitness={fitness} />
        <DecidedStat assessment={assessment} />
      </StatRow>
      {cost !== null && <CoverageStrip cost={cost} />}
    </>
  );
}

function CostStat({ cost }: { readonly cost: CostModel | null }) {
  const perSession = cost?.costPerSessionUsd ?? null;
  if (perSession === null) {
    return <Stat label="Cost per session" value="—" note="No session has a priced call" />;
  }
  const interval = perSession.meanInterval95;
  const half = interval === null ? '' : ` ± ${formatUsd((interval[1] - interval[0]) / 2)}`;
  const share = cost?.historyShare ?? null;
  const history = share === null ? '' : `; ${formatPercent(share)} of input spend is history`;
  return (
    <Stat
      label="Cost per session"
      value={formatUsd(perSession.p50)}
      unit="P50"
      note={`P95 ${formatUsd(perSession.p95)}, mean ${formatUsd(perSession.mean)}${half}${history}`}
    />
  );
}

function SaturationStat({ run, fitness }: Pick<OverviewStatsProps, 'run' | 'fitness'>) {
  if (run === null) {
    return <Stat label="Saturation" value="—" note="No simulation has run yet" />;
  }
  const { agents, searchedUpTo } = run.saturation;
  const interval = formatSaturationInterval(run);
  const isBeyond = agents !== null && agents >= searchedUpTo;
  const mark = describeRunFitness(fitness);
  const replications = `${formatCount(run.scenario.replications)} replications`;
  return (
    <Stat
      label="Saturation"
      value={isBeyond ? `> ${formatCount(searchedUpTo)}` : formatCount(agents)}
      unit="agents"
      note={
        <>
          {mark !== null && (
            <span className="block">
              <StatusMark tone="unknown">{mark}</StatusMark>
            </span>
          )}
          {agents === null
            ? 'No load meets the wait target'
            : interval === null || isBeyond
              ? replications
              : `95 %: ${interval}, ${replications}`}
        </>
      }
    />
  );
}

function DecidedStat({ assessment }: { readonly assessment: Assessment | undefined }) {
  if (assessment === undefined) return <Stat label="Decided by evidence" value="—" />;
  const { decided, applicable, inChecklist } = assessment.coverage;
  return (
    <Stat
      label="Decided by evidence"
      value={formatCount(decided)}
      unit={`of ${formatCount(applicable)} checks`}
      note={`${formatCount(applicable - decided)} not assessed; the checklist has ${formatCount(inChecklist)}`}
    />
  );
}

/** How much data stands behind the numbers, and what is missing from it. */
export function CoverageStrip({ cost }: { readonly cost: CostModel }) {
  const { coverage } = cost;
  const sampled =
    coverage.sessions < coverage.sessionsInStore
      ? [{ value: formatCount(coverage.sessions), label: 'sessions sampled for models' }]
      : [];
  return (
    <DataStrip
      items={[
        { value: formatCount(coverage.modelCalls), label: 'model calls' },
        { value: formatCount(coverage.sessionsInStore), label: 'sessions' },
        ...sampled,
        { value: formatCount(coverage.unpricedCalls), label: 'unpriced' },
        { value: formatCount(coverage.usageMissingCalls), label: 'without usage' },
        {
          value: coverage.priceBook.date,
          label: `${coverage.priceBook.name} prices of`,
          isLabelFirst: true,
        },
      ]}
    />
  );
}
