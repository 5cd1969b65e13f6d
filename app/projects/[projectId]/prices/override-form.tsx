'use client';

import { type FormEvent, useState } from 'react';
import { api } from '@/app/_queries/api';
import { Button } from '@/app/_ui/button';
import { messageOf } from '@/app/_ui/query-failure';
import { TextField } from '@/app/_ui/text-field';
import { partLabel } from '@/lib/charts/describe-unit-prices';
import type { WritePriceOverride } from '@/lib/contracts/prices';
import type { PriceOverride } from '@/lib/cost/price-override';
import { pricedParts } from '@/lib/cost/unit-prices';
import { type DraftField, draftOf, readDraft } from './override-draft';
import { usePriceChange } from './use-price-change';

interface OverrideFormProps {
  readonly projectId: string;
  /** What is known of it; with an id, the price that is put in its place. */
  readonly initial: Partial<PriceOverride>;
  readonly onDone: () => void;
}

/** A price of a project's own: dollars for a million tokens or a discount, and from when until when. */
export function OverrideForm({ projectId, initial, onDone }: OverrideFormProps) {
  const [draft, setDraft] = useState(() => draftOf(initial));
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const { overrideId } = initial;
  const save = usePriceChange(projectId, (body: WritePriceOverride) =>
    overrideId === undefined
      ? api.createPriceOverride(projectId, body)
      : api.updatePriceOverride(projectId, overrideId, body),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft);
    setErrors(read.errors ?? new Map());
    if (read.body !== null) save.mutate(read.body, { onSuccess: onDone });
  };
  const field = (name: DraftField) => {
    const error = errors.get(name);
    return {
      value: draft[name],
      autoComplete: 'off',
      maxLength: name === 'note' ? 500 : 200,
      ...(error === undefined ? {} : { error }),
      onChange: (event: { currentTarget: { value: string } }) => {
        const { value } = event.currentTarget;
        setDraft((before) => ({ ...before, [name]: value }));
      },
    };
  };
  return (
    <form onSubmit={submit} noValidate className="mt-4 border-l-2 border-rule pl-4">
      <div className="grid max-w-[46rem] gap-x-5 gap-y-3 sm:grid-cols-2">
        <TextField
          label="Model"
          hint="As traces name it; a * at its end stands for any ending."
          {...field('model')}
        />
        <TextField
          label="Provider"
          hint="Left empty: whoever serves it."
          {...field('providerName')}
        />
      </div>
      <fieldset className="mt-4">
        <legend className="mb-2 font-medium">
          Dollars for a million tokens; what is left empty stays as the book has it
        </legend>
        <div className="grid max-w-[46rem] grid-cols-2 gap-x-5 gap-y-3 sm:grid-cols-3">
          {pricedParts.map((part) => (
            <TextField key={part} label={partLabel[part]} inputMode="decimal" {...field(part)} />
          ))}
        </div>
      </fieldset>
      <div className="mt-4 grid max-w-[46rem] grid-cols-2 gap-x-5 gap-y-3 sm:grid-cols-3">
        <TextField
          label="Discount, %"
          inputMode="decimal"
          hint="Off every price not given above."
          {...field('discountPercent')}
        />
        <TextField
          label="From"
          type="date"
          hint="Left empty: since ever."
          {...field('effectiveFrom')}
        />
        <TextField
          label="Until, not included"
          type="date"
          hint="Left empty: until further notice."
          {...field('effectiveTo')}
        />
      </div>
      <div className="mt-3 max-w-[46rem]">
        <TextField label="Note" placeholder="the contract, or who said so" {...field('note')} />
      </div>
      {(errors.get('') !== undefined || save.isError) && (
        <p role="alert" className="mt-2 text-no-go">
          {errors.get('') ?? messageOf(save.error)}
        </p>
      )}
      <div className="mt-3 flex gap-2">
        <Button type="submit" variant="primary" disabled={save.isPending}>
          Save price
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
