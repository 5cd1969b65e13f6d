'use client';

import { Button } from '@/app/_ui/button';
import { inputClass } from '@/app/_ui/text-field';
import type { DeclaredDraft } from './declared-draft';

type Timeouts = DeclaredDraft['timeouts'];

interface TimeoutRowsProps {
  readonly timeouts: Timeouts;
  readonly error: string | undefined;
  readonly onChange: (timeouts: Timeouts) => void;
}

/** Timeouts by dependency, tool or model, one row each. */
export function TimeoutRows({ timeouts, error, onChange }: TimeoutRowsProps) {
  const replace = (index: number, part: Partial<Timeouts[number]>) =>
    onChange(timeouts.map((row, i) => (i === index ? { ...row, ...part } : row)));
  return (
    <fieldset className="mt-5">
      <legend className="font-medium">Timeouts of what is called</legend>
      <p className="text-note text-ink-3">
        by dependency, tool or model name as the traces have it
      </p>
      <div className="mt-2 grid gap-2">
        {timeouts.map((row, index) => (
          // Rows are only added at the end and removed by position.
          // biome-ignore lint/suspicious/noArrayIndexKey: position is the identity
          <div key={index} className="flex items-center gap-2">
            <input
              aria-label={`Name of timeout ${index + 1}`}
              value={row.name}
              maxLength={200}
              placeholder="name"
              autoComplete="off"
              className={`${inputClass} min-w-0 flex-1`}
              onChange={(event) => replace(index, { name: event.currentTarget.value })}
            />
            <input
              aria-label={`Seconds of timeout ${index + 1}`}
              value={row.sec}
              inputMode="decimal"
              placeholder="30"
              autoComplete="off"
              className={`${inputClass} w-20 text-right font-mono`}
              onChange={(event) => replace(index, { sec: event.currentTarget.value })}
            />
            <span className="text-ink-2">s</span>
            <Button
              variant="quiet"
              aria-label={`Remove timeout ${index + 1}`}
              onClick={() => onChange(timeouts.filter((_, i) => i !== index))}
            >
              Remove
            </Button>
          </div>
        ))}
      </div>
      {error !== undefined && (
        <p role="alert" className="mt-1 text-note text-no-go">
          {error}
        </p>
      )}
      <Button className="mt-2" onClick={() => onChange([...timeouts, { name: '', sec: '' }])}>
        Add a timeout
      </Button>
    </fieldset>
  );
}
