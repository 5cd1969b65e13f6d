'use client';

import { useSingleKeySetting } from './single-keys';

interface KeyHintsProps {
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
}

/** The single-key shortcuts of a page, with the switch that turns them all off. */
export function KeyHints({ keys }: KeyHintsProps) {
  const [isOn, setIsOn] = useSingleKeySetting();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-note text-ink-3 max-sm:hidden print:hidden">
      {isOn &&
        keys.map((hint) => (
          <span key={hint.does}>
            {hint.keys.map((key) => (
              <kbd
                key={key}
                className="mr-1 rounded-control border border-rule bg-sheet px-1.5 py-px"
              >
                {key}
              </kbd>
            ))}
            {hint.does}
          </span>
        ))}
      <button
        type="button"
        className="inline-flex min-h-6 items-center underline decoration-rule underline-offset-3 hover:text-ink"
        onClick={() => setIsOn(!isOn)}
      >
        {isOn ? 'Switch single keys off' : 'Switch single keys on'}
      </button>
    </div>
  );
}
