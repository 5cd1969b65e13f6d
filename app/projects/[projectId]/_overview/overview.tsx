'use client';

import { useQuery } from '@tanstack/react-query';
import { CostGrowth } from '@/app/_charts/cost-growth';
import { LoadLine } from '@/app/_charts/load-line';
import {
  costQuery,
  latestRun,
  readinessQuery,
  simulationsQuery,
} from '@/app/_queries/evidence-queries';
import { projectQuery } from '@/app/_queries/project-queries';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Columns, Section } from '@/app/_ui/section';
import { StatusMark } from '@/app/_ui/status-mark';
import { describeHeadroom } from '@/lib/charts/describe-headroom';
import { prepareCostGrowth } from '@/lib/charts/prepare-cost-growth';
import { prepareLoadLine } from '@/lib/charts/prepare-load-line';
import type { Project } from '@/lib/contracts/project';
import type { CostModel } from '@/lib/cost/cost-model';
import type { Assessment } from '@/lib/readiness/assessment';
import { measurePoolRun } from '@/lib/readiness/measure-pool-run';
import { verdictWord } from '../_checks/check-tone';
import { BeforeLaunch } from './before-launch';
import { describePlan } from './describe-plan';
import { NextStep } from './next-step';
import { OverviewSkeleton } from './overview-skeleton';
import { OverviewStats } from './overview-stats';
import { PlanCostStat } from './plan-cost-stat';

/** The four answers of a project: verdict, load line, cost growth and what stands before launch. */
export function Overview({ projectId }: { readonly projectId: string }) {
  const project = useQuery(projectQuery(projectId));
  const readiness = useQuery(readinessQuery(projectId));
  const cost = useQuery(costQuery(projectId));
  const simulations = useQuery(simulationsQuery(projectId));

  if (project.data === undefined) {
    if (project.error === null) return <OverviewSkeleton />;
    return (
      <QueryFailure
        title="The project could not be read"
        error={project.error}
        onRetry={() => void project.refetch()}
      />
    );
  }
  if (project.data.modelCalls === 0) return <NothingImported project={project.data} />;

  const assessment = readiness.data?.assessment;
  const costModel = cost.data?.model ?? null;
  const latest = latestRun(simulations.data?.simulations ?? []);
  const run = latest?.run ?? null;
  const { fitness } = measurePoolRun(run, latest?.isStale ?? false, project.data.system);
  return (
    <>
      <OverviewHead project={project.data} assessment={assessment} cost={costModel} />
      {readiness.error !== null && (
        <QueryFailure
          title="Readiness could not be assessed"
          error={readiness.error}
          onRetry={() => void readiness.refetch()}
        />
      )}
      {cost.error !== null && (
        <QueryFailure
          title="Cost could not be worked out"
          error={cost.error}
          onRetry={() => void cost.refetch()}
        />
      )}
      <Columns template="276px minmax(0, 1fr) 316px">
        <LoadLineColumn project={project.data} assessment={assessment} />
        <CostColumn cost={cost.isPending ? undefined : costModel} />
        <BeforeLaunch projectId={projectId} assessment={assessment} />
      </Columns>
      <OverviewStats
        cost={costModel}
        run={run}
        fitness={fitness}
        assessment={assessment}
        planCost={<PlanCostStat projectId={projectId} />}
      />
      <NextStep project={project.data} assessment={assessment} />
    </>
  );
}

function NothingImported({ project }: { readonly project: Project }) {
  return (
    <>
      <PageHead
        title={`${project.name} has nothing to say yet`}
        lede="Everything here is worked out from your own trace files."
      />
      <NextStep project={project} assessment={undefined} />
    </>
  );
}

interface OverviewHeadProps {
  readonly project: Project;
  readonly assessment: Assessment | undefined;
  readonly cost: CostModel | null;
}

function OverviewHead({ project, assessment, cost }: OverviewHeadProps) {
  if (assessment === undefined) return <PageHead title={null} loadingLabel="Assessing readiness" />;
  return (
    <PageHead
      status={
        <StatusMark tone={assessment.verdict} variant="badge">
          {verdictWord[assessment.verdict]}
        </StatusMark>
      }
      title={assessment.headline}
      lede={describePlan(project, assessment, cost)}
    />
  );
}

function LoadLineColumn({
  project,
  assessment,
}: {
  readonly project: Project;
  readonly assessment: Assessment | undefined;
}) {
  const model = prepareLoadLine(
    assessment?.envelope.constraints ?? [],
    project.system.plannedPeakAgents,
  );
  return (
    <Section
      title="Load line"
      note={assessment === undefined ? 'Looking for constraints' : describeHeadroom(model)}
    >
      <LoadLine model={model} initialWidth={224} />
    </Section>
  );
}

function CostColumn({ cost }: { readonly cost: CostModel | null | undefined }) {
  const chart = cost === null || cost === undefined ? null : prepareCostGrowth(cost);
  if (chart !== null)
    return (
      <div>
        <CostGrowth chart={chart} />
      </div>
    );
  return (
    <Section title="Cost growth">
      {cost !== undefined && (
        <EmptyState
          title="No session has a priced call"
          text="Cost growth needs sessions with usage whose model is in the price book."
        />
      )}
    </Section>
  );
}
