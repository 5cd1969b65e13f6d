'use client';

import { Combobox } from '@base-ui/react/combobox';
import { type ReactNode, useId } from 'react';
import { FieldHint } from './field-hint';
import { inputClass } from './text-field';

/** One of many things that can be chosen. */
export interface SearchOption {
  readonly value: string;
  readonly label: string;
  /** What tells it from others of its label, after it. */
  readonly detail?: string;
}

interface SearchFieldProps {
  readonly label: ReactNode;
  /** Null: nothing is chosen yet. */
  readonly value: SearchOption | null;
  readonly options: readonly SearchOption[];
  readonly onValueChange: (option: SearchOption) => void;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
}

/** More than these are found by typing on, not by scrolling. */
const shownMax = 60;

/** A choice among very many, found by typing a part of its name. */
export function SearchField(props: SearchFieldProps) {
  const id = useId();
  return (
    <div className="border-b border-rule-2 py-3.5 last:border-b-0">
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {props.label}
      </label>
      <Combobox.Root
        items={props.options}
        value={props.value}
        onValueChange={(option) => option !== null && props.onValueChange(option)}
        isItemEqualToValue={(a, b) => a.value === b.value}
        limit={shownMax}
        autoHighlight
      >
        <Combobox.Input
          id={id}
          aria-describedby={`${id}-hint`}
          placeholder={props.placeholder}
          onFocus={(event) => event.currentTarget.select()}
          className={`${inputClass} w-full`}
        />
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-50 outline-none">
            <Combobox.Popup className="w-[max(var(--anchor-width),18rem)] max-w-[var(--available-width)] rounded-control border border-ink-3 bg-sheet text-ink shadow-[0_12px_40px_rgb(0_0_0/0.18)]">
              <Combobox.Empty>
                <p className="px-3 py-2 text-ink-2 empty:hidden">Nothing has this in its name.</p>
              </Combobox.Empty>
              <Combobox.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto py-1 data-empty:p-0">
                {(option: SearchOption) => (
                  <Combobox.Item
                    key={option.value}
                    value={option}
                    className="flex min-h-7 cursor-default items-baseline justify-between gap-3 px-3 py-1 data-highlighted:tint-water data-selected:font-medium"
                  >
                    <span className="min-w-0 [overflow-wrap:anywhere]">{option.label}</span>
                    <span className="shrink-0 text-note font-normal text-ink-2">
                      {option.detail}
                    </span>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      <FieldHint id={`${id}-hint`} isChanged={false}>
        {props.hint}
      </FieldHint>
    </div>
  );
}
