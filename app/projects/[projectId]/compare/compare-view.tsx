'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { policySetsQuery } from '@/app/_queries/policy-queries';
import { projectQuery } from '@/app/_queries/project-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { importsQuery } from '../import/import-queries';
import { CompareStage } from './compare-stage';

/** Two sides, difference first: today, saved policies, or imports of the project. */
export function CompareView({ projectId }: { readonly projectId: string }) {
  const queryClient = useQueryClient();
  const project = useQuery(projectQuery(projectId));
  const sets = useQuery(policySetsQuery(projectId));
  const imports = useQuery(importsQuery(projectId, queryClient, false));
  const failed = [project, sets, imports].find(
    (query) => query.error !== null && query.data === undefined,
  );
  if (failed !== undefined) {
    return (
      <>
        <PageHead title="There is nothing to compare" />
        <QueryFailure
          title="The sides could not be read"
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      </>
    );
  }
  if (project.data === undefined || sets.data === undefined || imports.data === undefined) {
    return (
      <>
        <PageHead title={null} loadingLabel="Reading what can be compared" />
        <Skeleton className="mt-6 h-[36rem]" />
      </>
    );
  }
  if (project.data.modelCalls === 0) return <NothingToCompare projectId={projectId} />;
  const completed = imports.data.filter(({ status }) => status === 'completed');
  return (
    <CompareStage
      projectId={projectId}
      choices={{ sets: sets.data.policySets, imports: completed }}
    />
  );
}

function NothingToCompare({ projectId }: { readonly projectId: string }) {
  return (
    <>
      <PageHead title="No sessions to compare yet" />
      <EmptyState
        title="Two sides, difference first"
        text="Sessions as they were run against the same under other policies, or one import against another."
        actions={
          <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/import`} variant="primary">
            Import a trace file
          </ButtonLink>
        }
      />
    </>
  );
}
