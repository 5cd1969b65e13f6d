'use client';

import { useQuery } from '@tanstack/react-query';
import { simulationsQuery } from '@/app/_queries/evidence-queries';
import { projectQuery } from '@/app/_queries/project-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { SimulationStage } from './simulation-stage';
import { useWorkload } from './use-browser-simulation';

/** Where the pool gives way: a question at the left, its answer at the right. */
export function SimulationView({ projectId }: { readonly projectId: string }) {
  const project = useQuery(projectQuery(projectId));
  const simulations = useQuery(simulationsQuery(projectId));
  const hasSessions = (project.data?.modelCalls ?? 0) > 0;
  const workload = useWorkload(projectId, hasSessions);

  if (project.data !== undefined && !hasSessions) {
    return <NothingToSimulate projectId={projectId} />;
  }
  const queries = [project, simulations, workload];
  const failed = queries.find((query) => query.error !== null && query.data === undefined);
  if (failed !== undefined) {
    return (
      <>
        <PageHead title="There is nothing to simulate with" />
        <QueryFailure
          title="The sessions could not be read"
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      </>
    );
  }
  if (project.data === undefined || simulations.data === undefined || workload.data === undefined) {
    return (
      <>
        <PageHead title={null} loadingLabel="Reading the sessions" />
        <Skeleton className="mt-6 h-[32rem]" />
      </>
    );
  }
  return (
    <SimulationStage
      project={project.data}
      simulations={simulations.data.simulations}
      source={workload.data}
    />
  );
}

function NothingToSimulate({ projectId }: { readonly projectId: string }) {
  return (
    <>
      <PageHead title="No sessions to simulate yet" />
      <EmptyState
        title="Saturation is found by replaying observed sessions"
        text="Their model calls, queries and pauses are played by many agents at once against one connection pool."
        actions={
          <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/import`} variant="primary">
            Import a trace file
          </ButtonLink>
        }
      />
    </>
  );
}
