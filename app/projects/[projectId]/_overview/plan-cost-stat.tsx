'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { forecastPlanQuery, planForecastQuery } from '@/app/_queries/forecast-queries';
import { messageOf } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { Stat } from '@/app/_ui/stat';
import { describePlanCost, type PlanCostWords } from './describe-plan-cost';

const label = 'Monthly cost at plan';

/** What the first month of the saved plan costs; asked for apart, so that nothing waits for it. */
export function PlanCostStat({ projectId }: { readonly projectId: string }) {
  const saved = useQuery(forecastPlanQuery(projectId));
  const plan = saved.data?.plan ?? null;
  const drawn = useQuery(planForecastQuery(projectId, plan));
  const error = saved.error ?? drawn.error;
  const isReady = saved.data !== undefined && (plan === null || drawn.data !== undefined);
  if (!isReady && error === null) return <WaitingStat />;
  const words: PlanCostWords =
    error === null
      ? describePlanCost(plan, drawn.data?.forecast ?? null)
      : { value: '—', note: messageOf(error), link: 'Open the forecast' };
  return (
    <Stat
      label={label}
      value={words.value}
      note={
        <>
          {words.note}.{' '}
          <Link href={`/projects/${encodeURIComponent(projectId)}/forecast`} className="link">
            {words.link}
          </Link>
        </>
      }
    />
  );
}

function WaitingStat() {
  return (
    <Stat
      label={label}
      value={
        <>
          <span className="sr-only">Drawing the forecast</span>
          <Skeleton className="h-[1.2em] w-36" />
        </>
      }
    />
  );
}
