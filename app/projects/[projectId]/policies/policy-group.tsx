'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/app/_ui/class-names';
import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { Policy } from '@/lib/cost/policies/policy';
import { PolicyFields } from './policy-fields';
import { PolicySwitch } from './policy-switch';
import { kindWords } from './policy-words';

/** Where the focus goes once the list has been drawn anew. */
export interface FocusTarget {
  readonly index: number;
  readonly control: 'switch' | 'up' | 'down';
}

interface PolicyGroupProps {
  readonly policy: Policy;
  readonly place: { readonly index: number; readonly count: number };
  /** The policy as the opened set has it; null without one. */
  readonly was: Policy | null;
  readonly basis: PolicyBasis;
  readonly focus: FocusTarget['control'] | null;
  readonly onFocused: () => void;
  readonly onChange: (policy: Policy) => void;
  readonly onSwitchOff: () => void;
  readonly onMove: (by: -1 | 1) => void;
}

/** One policy that is on: its switch, its place in the order and its levers. */
export function PolicyGroup(props: PolicyGroupProps) {
  const { policy, place, focus } = props;
  const { name } = kindWords[policy.kind];
  // Moved by the keyboard, a control keeps the focus although its group is drawn elsewhere.
  const focusIf = (control: FocusTarget['control']) => (element: HTMLElement | null) => {
    if (element === null || focus !== control) return;
    element.focus();
    props.onFocused();
  };
  return (
    <li className="border-b border-rule pt-2.5 pb-1">
      <div className="flex items-center justify-between gap-3">
        <PolicySwitch label={name} isOn onToggle={props.onSwitchOff} ref={focusIf('switch')} />
        {place.count > 1 && (
          <span className="flex shrink-0">
            <MoveButton
              label={`Apply ${name} earlier`}
              isPossible={place.index > 0}
              onMove={() => props.onMove(-1)}
              ref={focusIf('up')}
            >
              <ArrowUp size={15} strokeWidth={1.75} aria-hidden="true" />
            </MoveButton>
            <MoveButton
              label={`Apply ${name} later`}
              isPossible={place.index < place.count - 1}
              onMove={() => props.onMove(1)}
              ref={focusIf('down')}
            >
              <ArrowDown size={15} strokeWidth={1.75} aria-hidden="true" />
            </MoveButton>
          </span>
        )}
      </div>
      <fieldset className="min-w-0 pl-[26px]">
        <legend className="sr-only">{name}</legend>
        <PolicyFields
          policy={policy}
          was={props.was}
          basis={props.basis}
          onChange={props.onChange}
        />
      </fieldset>
    </li>
  );
}

interface MoveButtonProps {
  readonly label: string;
  readonly isPossible: boolean;
  readonly onMove: () => void;
  readonly ref: (element: HTMLElement | null) => void;
  readonly children: ReactNode;
}

/** Stays where it is at the end of the list, so that the focus does. */
function MoveButton({ label, isPossible, onMove, ref, children }: MoveButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      aria-label={label}
      aria-disabled={!isPossible}
      onClick={() => isPossible && onMove()}
      className={classNames(
        'inline-flex size-7 items-center justify-center',
        isPossible ? 'text-ink-2 hover:text-ink' : 'cursor-default text-ink-3 opacity-50',
      )}
    >
      {children}
    </button>
  );
}
