'use client';

import { useQuery } from '@tanstack/react-query';
import { isBeingGenerated, projectQuery } from '@/app/_queries/project-queries';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { ScenarioStage } from './scenario-stage';

/** Any system under any load, described as a text: what it does, and how much it carries. */
export function ScenariosView({ projectId }: { readonly projectId: string }) {
  const project = useQuery({
    ...projectQuery(projectId),
    // The sample is there before its sessions are; nothing else tells this page that they came.
    refetchInterval: ({ state }) =>
      state.data !== undefined && isBeingGenerated(state.data) ? 2_000 : false,
  });
  if (project.data !== undefined) return <ScenarioStage project={project.data} />;
  if (project.error === null) {
    return (
      <>
        <PageHead title={null} loadingLabel="Reading the project" />
        <Skeleton className="mt-6 h-[32rem]" />
      </>
    );
  }
  return (
    <>
      <PageHead title="The project could not be read" />
      <QueryFailure
        title="The project could not be read"
        error={project.error}
        onRetry={() => void project.refetch()}
      />
    </>
  );
}
