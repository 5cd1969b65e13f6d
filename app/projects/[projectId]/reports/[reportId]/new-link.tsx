'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { inputClass } from '@/app/_ui/text-field';

/** The new link appears below what was pressed; focus brings it into view and has it read out. */
function focusOn(field: HTMLInputElement | null): void {
  field?.focus();
}

/** A link that was just made, to be copied now: it cannot be shown again. */
export function NewLink({ path }: { readonly path: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const url = new URL(path, window.location.origin).toString();
  const copy = () => {
    // Without a secure origin there is no clipboard: the field can still be selected.
    if (navigator.clipboard === undefined) {
      setCopied('failed');
      return;
    }
    navigator.clipboard.writeText(url).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <div className="mt-4 max-w-[46rem] border-l-2 border-go py-1 pl-3.5" aria-live="polite">
      <p className="font-semibold">The link is ready. It is shown only now.</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <input
          readOnly
          ref={focusOn}
          aria-label="Share link"
          value={url}
          onFocus={(event) => event.currentTarget.select()}
          className={`${inputClass} min-w-0 flex-1 font-mono text-note`}
        />
        <Button onClick={copy}>{copied === 'yes' ? 'Copied' : 'Copy'}</Button>
      </div>
      {copied === 'failed' && (
        <p className="mt-1 text-ink-2">
          The browser does not allow copying; select the text instead.
        </p>
      )}
    </div>
  );
}
