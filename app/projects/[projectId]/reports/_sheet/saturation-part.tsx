import { ResponseCurve } from '@/app/_charts/response-curve';
import { UtilizationBars } from '@/app/_charts/utilization-bars';
import { Band } from '@/app/_ui/section';
import { StatusMark } from '@/app/_ui/status-mark';
import { describeSaturation } from '@/lib/charts/describe-saturation';
import { prepareResponseCurve } from '@/lib/charts/prepare-response-curve';
import { prepareUtilization } from '@/lib/charts/prepare-utilization';
import { formatCount } from '@/lib/format';
import { measurePoolRun } from '@/lib/readiness/measure-pool-run';
import type { Report } from '@/lib/report/report';
import { defaultWaitTargetP95Sec } from '@/simulations/pool-study';
import { describeRunFitness } from '../../_checks/describe-run-fitness';
import { RunFacts } from '../../simulation/run-facts';

/** Where the pool gives way; or that it was not simulated. */
export function SaturationPart({ report }: { readonly report: Report }) {
  const run = report.simulation;
  if (run === null) {
    return (
      <Band>
        <h2 className="text-body font-semibold">Saturation was not known</h2>
        <p className="text-ink-2">
          No simulation of the imported sessions was up to date when the report was frozen.
        </p>
      </Band>
    );
  }
  const { headline, lede } = describeSaturation(run);
  const mark = describeRunFitness(measurePoolRun(run, false, report.system).fitness);
  const chart = prepareResponseCurve(run, {
    targetSec: run.scenario.waitTargetP95Sec ?? defaultWaitTargetP95Sec,
    plannedPeak: report.system.plannedPeakAgents,
  });
  return (
    <Band>
      <h2 className="text-lede font-semibold">{headline}</h2>
      <p className="mb-5 text-pretty text-ink-2">{lede}</p>
      {mark !== null && (
        <p className="mb-5">
          <StatusMark tone="unknown">{mark}</StatusMark>
          <span className="text-ink-2"> It decides no check.</span>
        </p>
      )}
      {chart !== null && <ResponseCurve chart={chart} level={3} initialWidth={680} />}
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-7 border-t border-rule pt-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <UtilizationBars
          chart={prepareUtilization(run.atLoad, run.scenario.pool.slots)}
          level={3}
        />
        <RunFacts
          run={run}
          level={3}
          title={`At ${formatCount(run.atLoad.agents)} agents`}
          note={`${run.scenario.pool.name}, ${formatCount(run.scenario.pool.slots)} slots`}
        />
      </div>
    </Band>
  );
}
