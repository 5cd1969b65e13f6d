'use client';

import { useState } from 'react';
import { PriceNumbers } from '@/app/_prices/price-numbers';
import { PriceOrigins } from '@/app/_prices/price-origins';
import { Button } from '@/app/_ui/button';
import { StatusMark } from '@/app/_ui/status-mark';
import { unpricedReasonText } from '@/lib/charts/describe-prices';
import type { SeenModel } from '@/lib/contracts/prices';
import { formatCount, formatCounted, formatTokens, formatUtcDate } from '@/lib/format';
import { AliasForm } from './alias-form';
import { OverrideForm } from './override-form';

interface SeenModelRowProps {
  readonly projectId: string;
  readonly seen: SeenModel;
}

/** One model of the traces: its prices and where they come from, or why it has none and what to do. */
export function SeenModelRow({ projectId, seen }: SeenModelRowProps) {
  const [form, setForm] = useState<'alias' | 'price' | null>(null);
  const { resolution } = seen;
  const name = seen.model ?? 'no name';
  const close = () => setForm(null);
  const isPriced = resolution.kind === 'priced' && seen.unpricedCalls === 0;
  return (
    <li className="border-t border-rule-2 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2">
        <div className="min-w-0">
          <h3 className="font-semibold [overflow-wrap:anywhere]">
            {name}
            {!isPriced && (
              <span className="ml-3">
                <StatusMark tone="conditional">Unpriced</StatusMark>
              </span>
            )}
          </h3>
          <p className="text-ink-2 [overflow-wrap:anywhere]">{describeSeen(seen)}</p>
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          {seen.model !== null && !isPriced && resolution.alias === null && (
            <Button
              aria-expanded={form === 'alias'}
              aria-label={`Say what ${name} stands for`}
              onClick={() => setForm(form === 'alias' ? null : 'alias')}
            >
              Stands for…
            </Button>
          )}
          {seen.model !== null && (
            <Button
              aria-expanded={form === 'price'}
              aria-label={`Give ${name} a price`}
              onClick={() => setForm(form === 'price' ? null : 'price')}
            >
              Own price…
            </Button>
          )}
        </div>
      </div>
      {resolution.kind === 'unpriced' && (
        <p className="mt-2 text-pretty">{unpricedReasonText[resolution.reason]}</p>
      )}
      {resolution.kind === 'priced' && resolution.isTierFallback && (
        <p className="mt-2 text-pretty text-conditional">
          The book has no prices of the tier “{seen.serviceTier}”; these are standard prices.
        </p>
      )}
      {resolution.alias !== null && (
        <p className="mt-2 text-ink-2">
          By an alias of this project: stands for <strong>{resolution.alias.model}</strong>.
        </p>
      )}
      {resolution.prices !== null && (
        <div className="mt-3">
          <PriceNumbers prices={resolution.prices} />
          <details className="mt-2">
            <summary className="cursor-pointer text-note text-ink-3 hover:text-ink">
              Where these numbers come from
            </summary>
            <div className="mt-2 max-w-[52rem]">
              <PriceOrigins prices={resolution.prices} />
            </div>
          </details>
        </div>
      )}
      {form === 'alias' && <AliasForm projectId={projectId} name={name} onDone={close} />}
      {form === 'price' && (
        <OverrideForm
          projectId={projectId}
          initial={{ model: name, providerName: null }}
          onDone={close}
        />
      )}
    </li>
  );
}

function describeSeen(seen: SeenModel): string {
  const { providerName, model, requestModel, serviceTier, calls, tokens, unpricedCalls } = seen;
  return [
    ...(providerName === null ? [] : [providerName]),
    ...(requestModel === null || requestModel === model ? [] : [`asked for as ${requestModel}`]),
    ...(serviceTier === null ? [] : [`tier ${serviceTier}`]),
    formatCounted(calls, 'call'),
    `${formatTokens(tokens)} tokens`,
    ...(unpricedCalls === 0 || unpricedCalls === calls
      ? []
      : [`${formatCount(unpricedCalls)} of them unpriced`]),
    ...(seen.usageMissingCalls === 0
      ? []
      : [`${formatCount(seen.usageMissingCalls)} without usage`]),
    ...(seen.lastAt === null ? [] : [`newest of ${formatUtcDate(seen.lastAt)}`]),
  ].join(' · ');
}
