'use client';

import { useQuery } from '@tanstack/react-query';
import { DisagreementTable } from '@/app/_prices/disagreement-table';
import { priceComparisonQuery } from '@/app/_queries/price-queries';
import { ButtonLink } from '@/app/_ui/button';
import { Band, Section } from '@/app/_ui/section';
import { preparePriceComparison } from '@/lib/charts/prepare-price-comparison';
import type { SeenModel } from '@/lib/contracts/prices';
import { formatCounted } from '@/lib/format';

/** Where other books give other prices for the models of this project. */
export function ModelComparison({ seenModels }: { readonly seenModels: readonly SeenModel[] }) {
  const { data } = useQuery(priceComparisonQuery({ only: 'disagreed', page: 1 }));
  if (data === undefined) return null;
  const priced = new Set(
    seenModels.flatMap(({ resolution: { prices } }) =>
      prices === null ? [] : [`${prices.providerId}/${prices.modelId}`],
    ),
  );
  const rows = preparePriceComparison(
    data.models.filter(({ providerId, model }) => priced.has(`${providerId}/${model}`)),
  );
  const books = data.books.map(({ name, date }) => `${name} of ${date}`).join(', ');
  return (
    <Band>
      <Section
        title={describeRows(data.books.length, rows.length, data.pages)}
        note={
          data.books.length < 2 ? (
            <>
              Keep a second book to compare with: <code>plimsoll prices compare FILE --keep</code>.
            </>
          ) : (
            `${books}. Prices within 0.1 % of each other count as the same.`
          )
        }
        actions={<ButtonLink href="/prices#comparison">All disagreements</ButtonLink>}
      >
        {rows.length > 0 && (
          <DisagreementTable caption="Where books disagree on models of this project" rows={rows} />
        )}
      </Section>
    </Band>
  );
}

function describeRows(books: number, disagreed: number, pages: number): string {
  if (books < 2) return 'There is one price book, so nothing to compare it with';
  if (disagreed > 0) {
    return `Books disagree on ${formatCounted(disagreed, 'price')} of models of this project`;
  }
  return pages > 1
    ? 'None of the farthest disagreements between books is about a model of this project'
    : 'The books agree on the models of this project';
}
