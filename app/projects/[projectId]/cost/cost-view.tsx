'use client';

import { useQuery } from '@tanstack/react-query';
import { costQuery } from '@/app/_queries/evidence-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Columns } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';
import { describeCost } from '@/lib/charts/describe-cost';
import type { CostModel } from '@/lib/cost/cost-model';
import { ListPricesNotice } from '../_checks/list-prices-notice';
import { CoverageStrip } from '../_overview/overview-stats';
import { BacktestLink } from '../forecast/backtest-link';
import { StalePricesNotice } from '../prices/stale-prices-notice';
import { CostAnatomySections } from './cost-anatomy-sections';
import { CostStats } from './cost-stats';
import { GrowthDetail } from './growth-detail';
import { GrowthFacts } from './growth-facts';
import { GrowthSection } from './growth-section';

/** What sessions cost, what it is spent on, and how that grows with their length. */
export function CostView({ projectId }: { readonly projectId: string }) {
  const { data, error, refetch } = useQuery(costQuery(projectId));
  if (data === undefined) {
    if (error === null) return <CostSkeleton />;
    return (
      <>
        <PageHead title="Cost could not be worked out" />
        <QueryFailure
          title="The calls could not be priced"
          error={error}
          onRetry={() => void refetch()}
        />
      </>
    );
  }
  const { headline, lede } = describeCost(data.model);
  return (
    <>
      <PageHead title={headline} lede={lede} />
      <StalePricesNotice projectId={projectId} />
      {data.model === null ? (
        <EmptyState
          title="No import is completed"
          text="Cost is worked out from the usage of imported calls and the price book."
          actions={
            <ButtonLink
              href={`/projects/${encodeURIComponent(projectId)}/import`}
              variant="primary"
            >
              Import a trace file
            </ButtonLink>
          }
        />
      ) : (
        <CostSections
          projectId={projectId}
          model={data.model}
          listCostUsdMax={data.listCostUsdMax}
        />
      )}
    </>
  );
}

interface CostSectionsProps {
  readonly projectId: string;
  readonly model: CostModel;
  readonly listCostUsdMax: number | null;
}

function CostSections({ projectId, model, listCostUsdMax }: CostSectionsProps) {
  return (
    <>
      <CostStats model={model} listCostUsdMax={listCostUsdMax} />
      <ListPricesNotice projectId={projectId} />
      <CostAnatomySections projectId={projectId} model={model} />
      <Columns template="minmax(0, 1fr) 316px" className="border-y border-rule">
        <GrowthSection projectId={projectId} />
        <GrowthFacts model={model} />
      </Columns>
      <GrowthDetail projectId={projectId} />
      <div className="border-t border-rule">
        <CoverageStrip cost={model} />
      </div>
      <BacktestLink projectId={projectId} />
    </>
  );
}

function CostSkeleton() {
  return (
    <>
      <PageHead title={null} loadingLabel="Working out cost" />
      <Skeleton className="mt-4 h-24" />
      <Skeleton className="mt-6 h-96" />
    </>
  );
}
