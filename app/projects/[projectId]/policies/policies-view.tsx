'use client';

import { useQuery } from '@tanstack/react-query';
import { policySetsQuery, replaySetQuery } from '@/app/_queries/policy-queries';
import { projectQuery } from '@/app/_queries/project-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { PoliciesStage } from './policies-stage';
import { usePolicyBasis } from './use-replay';

/** What sessions would cost under other policies: levers at the left, their answer at the right. */
export function PoliciesView({ projectId }: { readonly projectId: string }) {
  const project = useQuery(projectQuery(projectId));
  const hasSessions = (project.data?.modelCalls ?? 0) > 0;
  const sets = useQuery(policySetsQuery(projectId));
  const replaySet = useQuery({ ...replaySetQuery(projectId, null), enabled: hasSessions });
  const basis = usePolicyBasis(replaySet.data);

  if (project.data !== undefined && !hasSessions) return <NothingToReplay projectId={projectId} />;
  const failed = [project, sets, replaySet, basis].find(
    (query) => query.error !== null && query.data === undefined,
  );
  if (failed !== undefined) {
    return (
      <>
        <PageHead title="There is nothing to try policies on" />
        <QueryFailure
          title="The sessions could not be read"
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      </>
    );
  }
  if (sets.data === undefined || replaySet.data === undefined || basis.data === undefined) {
    return (
      <>
        <PageHead title={null} loadingLabel="Reading the sessions" />
        <Skeleton className="mt-6 h-[40rem]" />
      </>
    );
  }
  return (
    <PoliciesStage
      projectId={projectId}
      sets={sets.data.policySets}
      replaySet={replaySet.data}
      basis={basis.data}
    />
  );
}

function NothingToReplay({ projectId }: { readonly projectId: string }) {
  return (
    <>
      <PageHead title="No sessions to try policies on yet" />
      <EmptyState
        title="Policies are tried on recorded sessions"
        text="Caching, compaction, another model: each call of your sessions is priced again as if it had been made that way."
        actions={
          <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/import`} variant="primary">
            Import a trace file
          </ButtonLink>
        }
      />
    </>
  );
}
