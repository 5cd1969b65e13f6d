'use client';

import { useQuery } from '@tanstack/react-query';
import { costAnatomyQuery } from '@/app/_queries/evidence-queries';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import type { CostModel } from '@/lib/cost/cost-model';
import { CostBreakdown } from './cost-breakdown';
import { CostMatrix } from './cost-matrix';
import { DearestSessions } from './dearest-sessions';
import { ListAgainstRecorded } from './list-against-recorded';

interface CostAnatomySectionsProps {
  readonly projectId: string;
  readonly model: CostModel;
}

/** What the cost is made of, why the dearest sessions are dear, and what was recorded instead. */
export function CostAnatomySections({ projectId, model }: CostAnatomySectionsProps) {
  const { data, error, refetch } = useQuery(costAnatomyQuery(projectId));
  if (data === undefined) {
    if (error === null) return <Skeleton className="my-6 h-80" />;
    return (
      <QueryFailure
        title="The cost could not be taken apart"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  const { anatomy } = data;
  if (anatomy === null) return null;
  return (
    <>
      <CostMatrix anatomy={anatomy} />
      <CostBreakdown model={model} anatomy={anatomy} />
      <DearestSessions projectId={projectId} anatomy={anatomy} />
      {anatomy.difference !== null && <ListAgainstRecorded difference={anatomy.difference} />}
    </>
  );
}
