'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { LayerList } from '@/app/_prices/layer-list';
import { priceBookQuery } from '@/app/_queries/price-queries';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Band } from '@/app/_ui/section';
import { describeBook } from '@/lib/charts/describe-prices';
import { BookComparison } from './book-comparison';
import { BookLoading } from './book-loading';
import { BookModels } from './book-models';
import { bookState, pageWithin } from './book-state';

/** The whole price book: every model with its prices, where books disagree, and the layers. */
export function BookView() {
  const [view, setView] = useQueryStates(bookState, { history: 'replace' });
  const q = view.q.trim().slice(0, 200);
  const provider = view.provider.slice(0, 200);
  const { data, error, refetch, isPlaceholderData, dataUpdatedAt } = useQuery(
    priceBookQuery({
      ...(q === '' ? {} : { q }),
      ...(provider === '' ? {} : { provider }),
      page: pageWithin(view.page),
    }),
  );
  if (data === undefined) {
    if (error === null) return <BookLoading />;
    return (
      <>
        <PageHead title="The price book could not be read" />
        <QueryFailure title="The prices are missing" error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  const { headline, lede } = describeBook(data, dataUpdatedAt);
  return (
    <>
      <PageHead title={headline} lede={lede} />
      <BookModels
        book={data}
        isStale={isPlaceholderData}
        q={view.q}
        provider={view.provider}
        onChange={(change) => void setView(change)}
      />
      <BookComparison
        page={pageWithin(view.comparePage)}
        onChange={(change) => void setView(change)}
      />
      <Band>
        <LayerList layers={data.layers} nowMs={dataUpdatedAt} />
      </Band>
    </>
  );
}
