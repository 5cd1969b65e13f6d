'use client';

import { useState } from 'react';
import { PriceNumbers } from '@/app/_prices/price-numbers';
import { PriceOrigins } from '@/app/_prices/price-origins';
import { CsvLink } from '@/app/_ui/csv-link';
import type { DataColumn } from '@/app/_ui/data-column';
import { DataTable } from '@/app/_ui/data-table';
import { Drawer } from '@/app/_ui/drawer';
import { EmptyState } from '@/app/_ui/empty-state';
import { SelectField } from '@/app/_ui/select-field';
import { TextField } from '@/app/_ui/text-field';
import { partLabel } from '@/lib/charts/describe-unit-prices';
import type { PriceBookPage } from '@/lib/contracts/prices';
import { pricedParts, type UnitPrices } from '@/lib/cost/unit-prices';
import { formatCount, formatCounted, formatTokens, formatUsdPerMtok, notKnown } from '@/lib/format';
import { PageTurner } from './page-turner';

interface BookModelsProps {
  readonly book: PriceBookPage;
  readonly isStale: boolean;
  readonly q: string;
  readonly provider: string;
  readonly onChange: (change: { q?: string; provider?: string; page?: number }) => void;
}

const keyOf = ({ providerId, skuPriceId }: UnitPrices) => `${providerId}:${skuPriceId}`;

const columns: readonly DataColumn<UnitPrices>[] = [
  {
    id: 'model',
    header: 'Model',
    width: 230,
    isGrowing: true,
    isRowHeader: true,
    cell: ({ modelId }) => modelId,
  },
  { id: 'provider', header: 'Provider', width: 130, cell: ({ providerId }) => providerId },
  ...(['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'] as const).map((part) => ({
    id: part,
    header: partLabel[part],
    width: part.startsWith('cacheWrite') ? 150 : 110,
    align: 'right' as const,
    cell: (prices: UnitPrices) => {
      const price = prices[part];
      if (price === null) return notKnown;
      return `${formatUsdPerMtok(price.basePicoUsd)}${price.tiers.length === 0 ? '' : ' +'}`;
    },
  })),
  {
    id: 'window',
    header: 'Window',
    width: 90,
    align: 'right',
    cell: ({ contextWindowTokens }) => formatTokens(contextWindowTokens),
  },
];

/** Every model of the book that a search finds; a row tells where its prices come from. */
export function BookModels({ book, isStale, q, provider, onChange }: BookModelsProps) {
  const [openKey, setOpenKey] = useState<string | null>(null);
  const { models, modelsTotal, page, pages, providers } = book;
  const open = models.find((one) => keyOf(one) === openKey) ?? null;
  return (
    <div className="pb-7">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3 pt-5 pb-3">
        <search className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <div className="w-72 max-w-full">
            <TextField
              label="Search models"
              isLabelHidden
              type="search"
              placeholder="Part of a model’s name"
              value={q}
              maxLength={200}
              onChange={(event) => onChange({ q: event.currentTarget.value, page: 1 })}
            />
          </div>
          <SelectField
            label="Provider"
            value={provider}
            options={[
              { value: '', label: 'All' },
              ...providers.map((one) => ({
                value: one.providerId,
                label: `${one.providerId} (${formatCount(one.models)})`,
              })),
            ]}
            onValueChange={(value) => onChange({ provider: value, page: 1 })}
          />
        </search>
        <p className="text-ink-2" aria-live="polite">
          {formatCounted(modelsTotal, 'model')}{' '}
          <CsvLink fileName="price book" what="This page of the book" rows={() => csvOf(models)} />
        </p>
      </div>
      {models.length === 0 ? (
        <EmptyState
          title="No model of the book has such a name"
          text="Look for a shorter part of the name, or at all providers."
        />
      ) : (
        <DataTable
          caption="Models of the price book; dollars for a million tokens"
          columns={columns}
          rows={models}
          rowId={keyOf}
          isStale={isStale}
          onRowSelect={(row) => setOpenKey(keyOf(row))}
          isRowSelected={(row) => keyOf(row) === openKey}
        />
      )}
      <p className="mt-2 text-note text-ink-3">
        Dollars for a million tokens, as of {book.asOf}. A + marks another price for larger prompts.
      </p>
      <PageTurner
        what="Models"
        page={page}
        pages={pages}
        onPageChange={(next) => onChange({ page: next })}
      />
      <Drawer
        isOpen={open !== null}
        onClose={() => setOpenKey(null)}
        title={open?.modelId ?? ''}
        description={open === null ? '' : `${open.providerId}, dollars for a million tokens`}
      >
        {open !== null && (
          <div className="pt-4">
            <PriceNumbers prices={open} />
            <div className="mt-5">
              <PriceOrigins prices={open} />
            </div>
          </div>
        )}
      </Drawer>
    </div>
  );
}

function csvOf(models: readonly UnitPrices[]) {
  const header = [
    'provider',
    'model',
    'sku_price_id',
    'context_window_tokens',
    ...pricedParts.flatMap((part) => [`${part}_usd_per_mtok`, `${part}_source`]),
  ];
  const rows = models.map((prices) => [
    prices.providerId,
    prices.modelId,
    prices.skuPriceId,
    prices.contextWindowTokens,
    ...pricedParts.flatMap((part) => {
      const price = prices[part];
      if (price === null) return [null, null];
      return [
        price.basePicoUsd / 1e6,
        `${price.source.book}, ${price.source.date}, ${price.source.rule}`,
      ];
    }),
  ]);
  return [header, ...rows];
}
