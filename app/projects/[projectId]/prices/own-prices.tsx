'use client';

import { useState } from 'react';
import { api } from '@/app/_queries/api';
import { Button } from '@/app/_ui/button';
import { CsvLink } from '@/app/_ui/csv-link';
import { ConfirmDialog } from '@/app/_ui/dialog';
import { messageOf } from '@/app/_ui/query-failure';
import { Section } from '@/app/_ui/section';
import { partLabel } from '@/lib/charts/describe-unit-prices';
import type { ProjectPrices } from '@/lib/contracts/prices';
import type { ModelAlias, PriceOverride } from '@/lib/cost/price-override';
import { pricedParts } from '@/lib/cost/unit-prices';
import { formatCounted, formatDecimal, formatUsdPerMtok, formatUtcDate } from '@/lib/format';
import { listOwnPrices } from './list-own-prices';
import { OverrideForm } from './override-form';
import { usePriceChange } from './use-price-change';

interface OwnPricesProps {
  readonly projectId: string;
  readonly prices: ProjectPrices;
}

/** The overrides and aliases of a project. They decide before every book. */
export function OwnPrices({ projectId, prices }: OwnPricesProps) {
  const [isAdding, setIsAdding] = useState(false);
  const { overrides, aliases } = prices;
  return (
    <Section
      title={
        overrides.length + aliases.length === 0
          ? 'This project has no prices of its own'
          : `${formatCounted(overrides.length, 'override')} and ${formatCounted(aliases.length, 'alias', 'aliases')} of this project`
      }
      note="A contract, a model of your own, or a correction of the book. Of two prices that hold, the one that begins later decides."
      actions={
        <div className="flex items-center gap-4">
          {overrides.length + aliases.length > 0 && (
            <CsvLink
              fileName="own prices"
              what="Overrides and aliases"
              rows={() => listOwnPrices(prices)}
            />
          )}
          <Button aria-expanded={isAdding} onClick={() => setIsAdding(!isAdding)}>
            Add a price
          </Button>
        </div>
      }
    >
      {isAdding && (
        <OverrideForm projectId={projectId} initial={{}} onDone={() => setIsAdding(false)} />
      )}
      <ul>
        {overrides.map((one) => (
          <OverrideRow key={one.overrideId} projectId={projectId} override={one} />
        ))}
        {aliases.map((one) => (
          <AliasRow key={one.aliasId} projectId={projectId} alias={one} />
        ))}
      </ul>
    </Section>
  );
}

function OverrideRow({
  projectId,
  override,
}: {
  readonly projectId: string;
  readonly override: PriceOverride;
}) {
  const [isEdited, setIsEdited] = useState(false);
  const { overrideId, model } = override;
  return (
    <li className="border-t border-rule-2 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2">
        <div className="min-w-0 [overflow-wrap:anywhere]">
          <span className="font-medium">{model}</span>{' '}
          <span className="text-ink-2">{describeOverride(override)}</span>
        </div>
        <div className="flex gap-2 print:hidden">
          <Button
            aria-expanded={isEdited}
            aria-label={`Edit the price of ${model}`}
            onClick={() => setIsEdited(!isEdited)}
          >
            Edit
          </Button>
          <Removal
            projectId={projectId}
            what={`the price of ${model}`}
            consequence="Calls of this model are priced by the book again, once they are re-priced."
            remove={() => api.deletePriceOverride(projectId, overrideId)}
          />
        </div>
      </div>
      {isEdited && (
        <OverrideForm projectId={projectId} initial={override} onDone={() => setIsEdited(false)} />
      )}
    </li>
  );
}

function describeOverride(override: PriceOverride): string {
  const { providerName, usdPerMtok, discountShare, effectiveFrom, effectiveTo } = override;
  const prices = pricedParts.flatMap((part) => {
    const usd = usdPerMtok[part];
    return usd === undefined
      ? []
      : [`${partLabel[part].toLowerCase()} ${formatUsdPerMtok(usd * 1e6)}`];
  });
  return [
    ...(providerName === null ? [] : [`by ${providerName}`]),
    ...prices,
    ...(discountShare === null ? [] : [`${formatDecimal(discountShare * 100)} % off`]),
    effectiveFrom === null ? 'since ever' : `from ${formatUtcDate(effectiveFrom)}`,
    ...(effectiveTo === null ? [] : [`until ${formatUtcDate(effectiveTo)}`]),
    ...(override.note === '' ? [] : [override.note]),
  ].join(' · ');
}

function AliasRow({
  projectId,
  alias,
}: {
  readonly projectId: string;
  readonly alias: ModelAlias;
}) {
  const { aliasId, name, model, providerName, note } = alias;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2 border-t border-rule-2 py-3">
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-medium">{name}</span>{' '}
        <span className="text-ink-2">
          stands for {model}
          {providerName === null ? '' : ` of ${providerName}`}
          {note === '' ? '' : ` · ${note}`}
        </span>
      </div>
      <Removal
        projectId={projectId}
        what={`the alias ${name}`}
        consequence="The name stands for itself again, once the calls are re-priced."
        remove={() => api.deleteModelAlias(projectId, aliasId)}
      />
    </li>
  );
}

interface RemovalProps {
  readonly projectId: string;
  readonly what: string;
  readonly consequence: string;
  readonly remove: () => Promise<unknown>;
}

function Removal({ projectId, what, consequence, remove }: RemovalProps) {
  const [isAsked, setIsAsked] = useState(false);
  const removal = usePriceChange<void>(projectId, remove);
  return (
    <>
      <Button variant="danger" aria-label={`Remove ${what}`} onClick={() => setIsAsked(true)}>
        Remove
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onOpenChange={setIsAsked}
        title={`Remove ${what}?`}
        description={removal.isError ? messageOf(removal.error) : consequence}
        confirmLabel="Remove"
        isPending={removal.isPending}
        onConfirm={() => removal.mutate(undefined, { onSuccess: () => setIsAsked(false) })}
      />
    </>
  );
}
