'use client';

import { useQuery } from '@tanstack/react-query';
import { LayerList } from '@/app/_prices/layer-list';
import { projectPricesQuery } from '@/app/_queries/price-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Band } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';
import { describeProjectPrices } from '@/lib/charts/describe-prices';
import { ModelComparison } from './model-comparison';
import { OwnPrices } from './own-prices';
import { RepricePanel } from './reprice-panel';
import { SeenModelList } from './seen-model-list';

/** Prices of the models that a project's traces name: in force, missing, of its own, and changed. */
export function ProjectPricesView({ projectId }: { readonly projectId: string }) {
  const { data, error, refetch, dataUpdatedAt } = useQuery(projectPricesQuery(projectId));
  if (data === undefined) {
    if (error === null) {
      return (
        <>
          <PageHead title={null} loadingLabel="Reading the prices" />
          <Skeleton className="mt-6 h-96" />
        </>
      );
    }
    return (
      <>
        <PageHead title="Prices could not be read" />
        <QueryFailure
          title="The prices of this project are missing"
          error={error}
          onRetry={() => void refetch()}
        />
      </>
    );
  }
  const { headline, lede } = describeProjectPrices(data, dataUpdatedAt);
  return (
    <>
      <PageHead
        title={headline}
        lede={lede}
        actions={<ButtonLink href="/prices">The whole book</ButtonLink>}
      />
      <RepricePanel projectId={projectId} />
      {data.seenModels.length === 0 ? (
        <EmptyState
          title="No import is completed"
          text="Once traces are imported, every model that they name stands here with its prices."
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
        <SeenModelList projectId={projectId} prices={data} />
      )}
      <Band>
        <OwnPrices projectId={projectId} prices={data} />
      </Band>
      <ModelComparison seenModels={data.seenModels} />
      <Band>
        <LayerList layers={data.layers} nowMs={dataUpdatedAt} />
      </Band>
    </>
  );
}
