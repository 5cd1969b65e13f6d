'use client';

import { latestRun } from '@/app/_queries/evidence-queries';
import { Notice } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { messageOf } from '@/app/_ui/query-failure';
import { Band } from '@/app/_ui/section';
import { describeSaturation } from '@/lib/charts/describe-saturation';
import type { Project } from '@/lib/contracts/project';
import type { SimulationState } from '@/lib/contracts/simulation';
import { formatCount, formatUtc } from '@/lib/format';
import { defaultSystemDescription } from '@/lib/system/system-description';
import type { SimulationRun } from '@/simulations/simulation-run';
import { Answers } from './answers';
import { ClosedForm } from './closed-form';
import { RunControls } from './run-controls';
import { RunFacts } from './run-facts';
import { type HashedWorkload, useBrowserSimulation } from './use-browser-simulation';
import { useWhatIf } from './use-what-if';
import { isSameScenario, scenarioOf } from './what-if';
import { WhatIfPanel } from './what-if-panel';

interface SimulationStageProps {
  readonly project: Project;
  readonly simulations: readonly SimulationState[];
  readonly source: HashedWorkload;
}

/** The panel with its answers: the stored run where it answers the question, else this browser. */
export function SimulationStage({ project, simulations, source }: SimulationStageProps) {
  const { whatIf, saved, change, reset, settle } = useWhatIf(project.system);
  const scenario = scenarioOf(whatIf, project, source.workload);
  const stored = latestRun(simulations);
  const answering =
    stored?.run != null && !stored.isStale && isSameScenario(stored.run.scenario, scenario)
      ? stored.run
      : null;
  const { look, curve } = useBrowserSimulation({
    source,
    scenario,
    isEnabled: answering === null,
  });
  const run = answering ?? curve.data ?? null;
  const finding = run === null ? null : describeSaturation(run);
  const isDescribed =
    stored !== null ||
    JSON.stringify(project.system.pool) !== JSON.stringify(defaultSystemDescription.pool);
  const error = look.error ?? curve.error;
  return (
    <>
      <PageHead
        title={finding?.headline ?? (error === null ? null : 'The simulation has no answer')}
        lede={
          isDescribed
            ? finding?.lede
            : `A pool to begin with, not yours yet. ${finding?.lede ?? ''}`
        }
        loadingLabel="Simulating"
      />
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[306px_minmax(0,1fr)]">
        <div className="pt-5 pb-7 lg:border-r lg:border-rule lg:pr-7">
          <WhatIfPanel
            whatIf={whatIf}
            saved={saved}
            hasPlannedPeak={project.system.plannedPeakAgents !== null}
            isDescribed={isDescribed}
            onChange={change}
          >
            <RunControls
              project={project}
              whatIf={whatIf}
              scenario={scenario}
              simulations={simulations}
              onReset={reset}
              onSaved={settle}
            />
          </WhatIfPanel>
        </div>
        <div className="min-w-0 border-t border-rule pt-5 pb-7 lg:border-t-0 lg:pl-7">
          <ClosedForm source={source} scenario={scenario} agents={whatIf.agents} />
          {error !== null && (
            <Notice tone="no_go" title="The simulation stopped" isAlert>
              {messageOf(error)}
            </Notice>
          )}
          <Answers
            run={run}
            isRunStale={
              answering === null && (curve.isPlaceholderData || curve.isFetching || look.isFetching)
            }
            look={answering ?? look.data ?? null}
            isLookStale={answering === null && look.isPlaceholderData}
            whatIf={whatIf}
            isPlannedPeak={whatIf.agents === project.system.plannedPeakAgents}
          />
        </div>
      </div>
      <Band>
        <StoredRun stored={stored} isAnswering={answering !== null} sketch={curve.data ?? null} />
      </Band>
    </>
  );
}

interface StoredRunProps {
  readonly stored: SimulationState | null;
  readonly isAnswering: boolean;
  readonly sketch: SimulationRun | null;
}

function StoredRun({ stored, isAnswering, sketch }: StoredRunProps) {
  if (stored === null || stored.run === null) {
    if (sketch === null) return null;
    return (
      <RunFacts
        run={sketch}
        title={`At ${formatCount(sketch.atLoad.agents)}: sketched in this browser`}
        note="Run and save for more replications, and for readiness to count it."
      />
    );
  }
  const when = `Saved ${formatUtc(stored.finishedAt ?? stored.createdAt)}`;
  const state = stored.isStale
    ? 'imports or engine have changed since, so it decides no check'
    : isAnswering
      ? 'it answers the question above'
      : 'the question above differs from it';
  return (
    <RunFacts
      run={stored.run}
      title={`Saved run at ${formatCount(stored.run.atLoad.agents)} agents`}
      note={`${when}; ${state}.`}
    />
  );
}
