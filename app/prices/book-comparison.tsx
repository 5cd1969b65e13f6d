'use client';

import { useQuery } from '@tanstack/react-query';
import { DisagreementTable } from '@/app/_prices/disagreement-table';
import { priceComparisonQuery } from '@/app/_queries/price-queries';
import { CsvLink } from '@/app/_ui/csv-link';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Band, Section } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';
import {
  type PriceDisagreement,
  preparePriceComparison,
} from '@/lib/charts/prepare-price-comparison';
import type { PriceComparison } from '@/lib/contracts/prices';
import { formatCounted } from '@/lib/format';
import { PageTurner } from './page-turner';

interface BookComparisonProps {
  readonly page: number;
  readonly onChange: (change: { comparePage?: number }) => void;
}

/** Where price books disagree, the farthest apart first. */
export function BookComparison({ page, onChange }: BookComparisonProps) {
  const { data, error, refetch } = useQuery(priceComparisonQuery({ only: 'disagreed', page }));
  if (data === undefined) {
    return (
      <Band>
        {error === null ? (
          <Skeleton className="h-40" />
        ) : (
          <QueryFailure
            title="The books could not be compared"
            error={error}
            onRetry={() => void refetch()}
          />
        )}
      </Band>
    );
  }
  const rows = preparePriceComparison(data.models);
  return (
    <Band>
      <Section
        id="comparison"
        title={describeComparison(data)}
        note={
          data.books.length < 2 ? (
            <>
              Keep a second book to compare with: <code>plimsoll prices compare FILE --keep</code>.
            </>
          ) : (
            `${data.books.map(({ name, date }) => `${name} of ${date}`).join(', ')}. Prices within 0.1 % of each other count as the same; what one book costs and another does not is a band of what a call may cost.`
          )
        }
        actions={
          rows.length === 0 ? undefined : (
            <CsvLink
              fileName="price disagreements"
              what="Where books disagree"
              rows={() => csvOf(rows)}
            />
          )
        }
      >
        {rows.length > 0 && <DisagreementTable caption="Where price books disagree" rows={rows} />}
        <PageTurner
          what="Disagreements"
          page={data.page}
          pages={data.pages}
          onPageChange={(next) => onChange({ comparePage: next })}
        />
      </Section>
    </Band>
  );
}

function describeComparison(comparison: PriceComparison): string {
  const { books, modelsCompared, modelsDisagreed, pricesDisagreed } = comparison;
  if (books.length < 2) return 'There is one price book, so nothing to compare it with';
  if (modelsDisagreed === 0) {
    return `${formatCounted(books.length, 'book')} agree on all of ${formatCounted(modelsCompared, 'model')}`;
  }
  return `${formatCounted(books.length, 'book')} disagree on ${formatCounted(pricesDisagreed, 'price')} of ${formatCounted(modelsDisagreed, 'model')}, of ${formatCounted(modelsCompared, 'model')} that two or more have`;
}

function csvOf(rows: readonly PriceDisagreement[]) {
  const header = ['provider', 'model', 'price', 'book', 'usd_per_mtok', 'ratio'];
  return [
    header,
    ...rows.flatMap((row) =>
      row.values.map(({ book, label }) => [
        row.providerId,
        row.model,
        row.part,
        book,
        label.replaceAll(/[$,]/g, ''),
        row.ratio,
      ]),
    ),
  ];
}
