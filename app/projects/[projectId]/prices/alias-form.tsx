'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useDeferredValue, useId, useState } from 'react';
import { api } from '@/app/_queries/api';
import { priceBookQuery } from '@/app/_queries/price-queries';
import { Button } from '@/app/_ui/button';
import { messageOf } from '@/app/_ui/query-failure';
import { TextField } from '@/app/_ui/text-field';
import { usePriceChange } from './use-price-change';

interface AliasFormProps {
  readonly projectId: string;
  /** As the traces name it. */
  readonly name: string;
  readonly onDone: () => void;
}

/** Says which model of the book a deployment or a private name stands for. */
export function AliasForm({ projectId, name, onDone }: AliasFormProps) {
  const listId = useId();
  const [model, setModel] = useState('');
  const asked = useDeferredValue(model.trim());
  const { data: book } = useQuery({
    ...priceBookQuery({ q: asked, page: 1 }),
    enabled: asked.length > 1,
  });
  const save = usePriceChange(projectId, () =>
    api.createModelAlias(projectId, { name, model: model.trim() }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (model.trim() !== '') save.mutate(undefined, { onSuccess: onDone });
  };
  const names = [...new Set(book?.models.map((one) => one.modelId) ?? [])].slice(0, 30);
  return (
    <form onSubmit={submit} className="mt-4 border-l-2 border-rule pl-4">
      <div className="w-96 max-w-full">
        <TextField
          label={`“${name}” stands for`}
          value={model}
          list={listId}
          maxLength={200}
          required
          autoComplete="off"
          placeholder="a model of the book"
          hint="As the vendor names it. Holds for every call of this project with the name above."
          onChange={(event) => setModel(event.currentTarget.value)}
        />
        <datalist id={listId}>
          {names.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </div>
      {save.isError && (
        <p role="alert" className="mt-2 text-no-go">
          {messageOf(save.error)}
        </p>
      )}
      <div className="mt-3 flex gap-2">
        <Button type="submit" variant="primary" disabled={save.isPending}>
          Save alias
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
