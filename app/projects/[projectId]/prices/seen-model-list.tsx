'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { CsvLink } from '@/app/_ui/csv-link';
import { Section } from '@/app/_ui/section';
import type { ProjectPrices, SeenModel } from '@/lib/contracts/prices';
import { pricedParts } from '@/lib/cost/unit-prices';
import { formatCounted, formatTokens } from '@/lib/format';
import { SeenModelRow } from './seen-model-row';

const firstShown = 25;

interface SeenModelListProps {
  readonly projectId: string;
  readonly prices: ProjectPrices;
}

/** Every model that the traces name: those without a price first, then by calls. */
export function SeenModelList({ projectId, prices }: SeenModelListProps) {
  const [isWhole, setIsWhole] = useState(false);
  const { seenModels, seenModelsTotal, pricedCalls, unpricedCalls, unpricedTokens } = prices;
  const sorted = [...seenModels].sort(
    (a, b) => b.unpricedCalls - a.unpricedCalls || b.calls - a.calls,
  );
  const shown = isWhole ? sorted : sorted.slice(0, firstShown);
  const rest = sorted.length - shown.length;
  return (
    <div className="pt-5 pb-7">
      <Section
        title={
          unpricedCalls === 0
            ? `${formatCounted(pricedCalls, 'call')} with usage, each with a price`
            : `${formatCounted(unpricedCalls, 'call')} and ${formatTokens(unpricedTokens)} tokens are unpriced`
        }
        note="As the traces name them. Dollars for a million tokens, as of the newest call of each."
        actions={
          <CsvLink
            fileName="model prices"
            what="Models and their prices"
            rows={() => csvOf(sorted)}
          />
        }
      >
        <ul>
          {shown.map((seen) => (
            <SeenModelRow key={keyOf(seen)} projectId={projectId} seen={seen} />
          ))}
        </ul>
        {rest > 0 && (
          <Button className="mt-3" onClick={() => setIsWhole(true)}>
            Show {formatCounted(rest, 'further model')}
          </Button>
        )}
        {seenModelsTotal > seenModels.length && (
          <p className="mt-3 text-ink-2">
            The traces name {formatCounted(seenModelsTotal, 'model')}; those with the most calls are
            listed.
          </p>
        )}
      </Section>
    </div>
  );
}

const keyOf = ({ providerName, model, requestModel, serviceTier }: SeenModel) =>
  JSON.stringify([providerName, model, requestModel, serviceTier]);

function csvOf(models: readonly SeenModel[]) {
  const header = [
    'provider',
    'model',
    'service_tier',
    'calls',
    'tokens',
    'unpriced_calls',
    'unpriced_tokens',
    'sku_price_id',
    ...pricedParts.flatMap((part) => [`${part}_usd_per_mtok`, `${part}_source`]),
  ];
  const rows = models.map((seen) => {
    const { prices } = seen.resolution;
    return [
      seen.providerName,
      seen.model,
      seen.serviceTier,
      seen.calls,
      seen.tokens,
      seen.unpricedCalls,
      seen.unpricedTokens,
      prices?.skuPriceId ?? null,
      ...pricedParts.flatMap((part) => {
        const price = prices?.[part] ?? null;
        if (price === null) return [null, null];
        const { book, date, rule } = price.source;
        return [price.basePicoUsd / 1e6, `${book}, ${date}, ${rule}`];
      }),
    ];
  });
  return [header, ...rows];
}
