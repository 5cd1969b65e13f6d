'use client';

import { useQuery } from '@tanstack/react-query';
import { infrastructureQuery } from '@/app/_queries/forecast-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { InfrastructureStage } from './infrastructure-stage';

/** What memory and state cost beside the tokens. */
export function InfrastructureView({ projectId }: { readonly projectId: string }) {
  const { data, error, refetch } = useQuery(infrastructureQuery(projectId));
  if (data === undefined) {
    if (error === null) {
      return (
        <>
          <PageHead title={null} loadingLabel="Working out what state costs" />
          <Skeleton className="mt-6 h-[40rem]" />
        </>
      );
    }
    return (
      <>
        <PageHead title="What state costs could not be worked out" />
        <QueryFailure
          title="The sessions could not be read"
          error={error}
          onRetry={() => void refetch()}
        />
      </>
    );
  }
  if (data.quantities === null) return <NothingImported projectId={projectId} />;
  return <InfrastructureStage projectId={projectId} loaded={data} traces={data.quantities} />;
}

function NothingImported({ projectId }: { readonly projectId: string }) {
  return (
    <>
      <PageHead title="No sessions to take quantities from yet" />
      <EmptyState
        title="What memory and state cost hangs on recorded sessions"
        text="Bytes of transcripts, checkpoints, messages and hours of workers come from your traces, prices from a rate card that you can change."
        actions={
          <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/import`} variant="primary">
            Import a trace file
          </ButtonLink>
        }
      />
    </>
  );
}
