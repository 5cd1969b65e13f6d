'use client';

import { CsvLink } from '@/app/_ui/csv-link';
import type { DataColumn } from '@/app/_ui/data-column';
import { DataTable } from '@/app/_ui/data-table';
import { formatUsdChange } from '@/lib/charts/describe-reprice';
import type { RepriceDiff, RepriceModel } from '@/lib/contracts/reprice';
import { formatCount, formatUsd } from '@/lib/format';

const columns: readonly DataColumn<RepriceModel>[] = [
  {
    id: 'model',
    header: 'Model',
    width: 220,
    isGrowing: true,
    isRowHeader: true,
    cell: ({ model, providerName }) =>
      `${model ?? 'no name'}${providerName === null ? '' : ` (${providerName})`}`,
  },
  {
    id: 'calls',
    header: 'Calls',
    width: 90,
    align: 'right',
    cell: ({ calls }) => formatCount(calls),
  },
  {
    id: 'changed',
    header: 'That change',
    width: 110,
    align: 'right',
    cell: ({ changedCalls }) => formatCount(changedCalls),
  },
  {
    id: 'stored',
    header: 'As stored',
    width: 110,
    align: 'right',
    cell: ({ storedUsd }) => formatUsd(storedUsd),
  },
  {
    id: 'present',
    header: 'At present',
    width: 110,
    align: 'right',
    cell: ({ presentUsd }) => formatUsd(presentUsd),
  },
  {
    id: 'difference',
    header: 'Difference',
    width: 120,
    align: 'right',
    cell: ({ differenceUsd }) => formatUsdChange(differenceUsd),
  },
  {
    id: 'newly',
    header: 'Gain / lose a price',
    width: 150,
    align: 'right',
    cell: ({ newlyPricedCalls, newlyUnpricedCalls }) =>
      `${formatCount(newlyPricedCalls)} / ${formatCount(newlyUnpricedCalls)}`,
  },
];

/** What a re-price would change for each model. */
export function RepriceTable({ diff }: { readonly diff: RepriceDiff }) {
  return (
    <div className="mt-4">
      <p className="mb-1 text-right">
        <CsvLink fileName="re-price" what="The difference" rows={() => csvOf(diff)} />
      </p>
      <DataTable
        caption="What a re-price changes"
        columns={columns}
        rows={diff.models}
        rowId={({ providerName, model }) => JSON.stringify([providerName, model])}
        maxHeight="22rem"
      />
    </div>
  );
}

function csvOf({ models }: RepriceDiff) {
  const header = [
    'provider',
    'model',
    'calls',
    'changed_calls',
    'newly_priced_calls',
    'newly_unpriced_calls',
    'unpriced_calls',
    'unpriced_tokens',
    'stored_usd',
    'present_usd',
    'difference_usd',
  ];
  const rows = models.map((one) => [
    one.providerName,
    one.model,
    one.calls,
    one.changedCalls,
    one.newlyPricedCalls,
    one.newlyUnpricedCalls,
    one.unpricedCalls,
    one.unpricedTokens,
    one.storedUsd,
    one.presentUsd,
    one.differenceUsd,
  ]);
  return [header, ...rows];
}
