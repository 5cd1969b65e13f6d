import { Section } from '@/app/_ui/section';
import { explainAnalyticGap } from '@/lib/charts/describe-saturation';
import { meanOf } from '@/lib/charts/mean-of';
import { formatCount, formatDecimal, formatDurationSec, formatPercent } from '@/lib/format';
import { type Estimate, isWaitUndecided, type SimulationRun } from '@/simulations/simulation-run';

interface RunFactsProps {
  readonly run: SimulationRun;
  readonly title: string;
  readonly note: string;
  readonly level?: 2 | 3;
}

/** The numbers of a run beside its pictures: times, endings, the closed form and what it rests on. */
export function RunFacts({ run, title, note, level = 2 }: RunFactsProps) {
  const { atLoad, outcomes, saturation, basis } = run;
  const gap = explainAnalyticGap(run);
  return (
    <Section title={title} note={note} level={level}>
      <dl className="grid gap-x-10 sm:grid-cols-2 lg:grid-cols-3">
        <Fact
          label={isWaitUndecided(atLoad) ? 'Wait, P95, at least' : 'Wait, P95'}
          value={withInterval(atLoad.pool.waitSecP95, formatDurationSec)}
        />
        <Fact label="Turn, P50" value={withInterval(atLoad.turnSecP50, formatDurationSec)} />
        <Fact label="Turn, P95" value={withInterval(atLoad.turnSecP95, formatDurationSec)} />
        <Fact
          label="Turns left out of these times"
          value={withInterval(atLoad.turnsLeftOutShare, formatPercent)}
        />
        <Fact
          label="Waits not over at the end"
          value={withInterval(atLoad.pendingWaitShare, formatPercent)}
        />
        <Fact
          label="Acquisitions"
          value={`${formatDecimal(meanOf(atLoad.pool.throughputPerSec))} per second`}
        />
        <Fact
          label="Acquire attempts that time out"
          value={withInterval(atLoad.pool.timeoutShare, formatPercent)}
        />
        <Fact
          label="Waiting on average"
          value={withInterval(atLoad.pool.waitingMean, formatAgents)}
        />
        <Fact
          label="Sessions completed"
          value={`${formatCount(outcomes.completed)} of ${formatCount(outcomes.started)}`}
        />
        <Fact
          label="Failed waiting for a connection"
          value={formatCount(outcomes.failedAcquireTimeout)}
        />
        <Fact
          label="95 % utilisation at"
          value={
            saturation.agentsAtUtilization95 === null
              ? `not up to ${formatCount(saturation.searchedUpTo)}`
              : `${formatCount(saturation.agentsAtUtilization95)} agents`
          }
        />
      </dl>
      {gap !== null && <p className="mt-3 max-w-[51rem] text-pretty">{gap}</p>}
      <p className="mt-3 max-w-[51rem] text-note text-pretty text-ink-3">
        {saturation.rule} {describeBasis(basis)} Engine {run.engineVersion}, seed{' '}
        {run.scenario.seed}, {formatCount(run.scenario.replications)} replications of{' '}
        {formatDurationSec(atLoad.simulatedSec ?? run.scenario.horizonSec)}. Turns left out failed
        or were unfinished at the end.
      </p>
    </Section>
  );
}

function describeBasis(basis: SimulationRun['basis']): string {
  const sessions = `Programs of ${formatCount(basis.sessions)} observed sessions.`;
  const queries =
    basis.databaseSpans === 0
      ? 'The traces hold no database spans: queries are assumed, not measured.'
      : `${formatCount(basis.databaseSpans)} database spans were measured.`;
  const imputed =
    basis.imputedDurations === 0
      ? ''
      : ` ${formatCount(basis.imputedDurations)} durations were missing and taken from the median of their kind.`;
  return `${sessions} ${queries}${imputed}`;
}

function formatAgents(agents: number): string {
  return agents > 0 && agents < 0.01 ? '< 0.01' : formatDecimal(agents);
}

function withInterval(estimate: Estimate | undefined, format: (value: number) => string): string {
  if (estimate === undefined || estimate.replications === 0) return '— not observed';
  const [low, high] = estimate.interval95;
  return `${format(estimate.mean)} (${format(low)} – ${format(high)})`;
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-t border-rule-2 py-2">
      <dt className="text-ink-2">{label}</dt>
      <dd className="text-right font-medium">{value}</dd>
    </div>
  );
}
