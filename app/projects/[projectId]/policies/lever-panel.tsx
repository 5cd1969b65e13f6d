'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Section } from '@/app/_ui/section';
import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { Policy, PolicyKind, PolicyList } from '@/lib/cost/policies/policy';
import { formatCounted } from '@/lib/format';
import { defaultPolicy } from './default-policies';
import { type FocusTarget, PolicyGroup } from './policy-group';
import { PolicySwitch } from './policy-switch';
import { kindWords, repeatableKinds } from './policy-words';
import type { ChosenPolicies } from './use-policies';

interface LeverPanelProps {
  readonly basis: PolicyBasis;
  readonly chosen: ChosenPolicies;
  readonly children?: ReactNode;
}

const kinds = Object.keys(kindWords) as PolicyKind[];

/** As many as a list of policies takes. */
const policiesMax = 20;

/** The policies that are on, in the order in which they are applied, and those that could be. */
export function LeverPanel({ basis, chosen, children }: LeverPanelProps) {
  const { policies, set, change } = chosen;
  // What a policy was set to comes back when it is switched on again.
  const parked = useRef(new Map<PolicyKind, Policy>());
  const [focus, setFocus] = useState<FocusTarget | null>(null);
  const offered = kinds.filter(
    (kind) => repeatableKinds.has(kind) || policies.every((policy) => policy.kind !== kind),
  );

  const switchOn = (kind: PolicyKind) => {
    const policy = parked.current.get(kind) ?? defaultPolicy(kind, basis);
    parked.current.delete(kind);
    change([...policies, policy]);
    setFocus({ index: policies.length, control: 'switch' });
  };
  const switchOff = (index: number) => {
    const policy = policies[index];
    if (policy !== undefined) parked.current.set(policy.kind, policy);
    change(policies.filter((_, i) => i !== index));
    setFocus({ index: Math.min(index, policies.length - 2), control: 'switch' });
  };
  const move = (index: number, by: -1 | 1) => {
    change(swap(policies, index, index + by));
    setFocus({ index: index + by, control: by === -1 ? 'up' : 'down' });
  };

  return (
    <Section
      title="What if"
      note={
        policies.length === 0
          ? 'Nothing is changed: sessions as they were run'
          : `${formatCounted(policies.length, 'change')}, applied in this order`
      }
    >
      <ol className="border-t border-rule">
        {policies.map((policy, index) => (
          <PolicyGroup
            key={keyOf(policies, index)}
            policy={policy}
            place={{ index, count: policies.length }}
            was={set === null ? null : counterpart(set.policies, policies, index)}
            basis={basis}
            focus={focus?.index === index ? focus.control : null}
            onFocused={() => setFocus(null)}
            onChange={(next) => change(policies.map((one, i) => (i === index ? next : one)))}
            onSwitchOff={() => switchOff(index)}
            onMove={(by) => move(index, by)}
          />
        ))}
      </ol>
      {policies.length > 0 && (
        <h3 className="mt-5 mb-1 text-note font-medium text-ink-3">Also possible</h3>
      )}
      <ul>
        {offered.map((kind) => (
          <li key={kind} className="border-b border-rule-2 py-2 last:border-b-0">
            <PolicySwitch
              label={nameOffer(kind, policies)}
              isOn={false}
              isDisabled={policies.length >= policiesMax}
              onToggle={() => switchOn(kind)}
            />
            <p className="pl-[26px] text-note text-ink-3">{kindWords[kind].what}</p>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 pt-4">
        {children}
        <Button
          disabled={policies.length === 0 && set === null}
          onClick={() =>
            set === null || !chosen.isChangedFromSet ? chosen.open(null) : chosen.open(set)
          }
        >
          {set !== null && chosen.isChangedFromSet ? 'Undo changes' : 'Back to today'}
        </Button>
      </div>
    </Section>
  );
}

function nameOffer(kind: PolicyKind, policies: PolicyList): string {
  const { name } = kindWords[kind];
  return policies.some((policy) => policy.kind === kind) ? `${name}, once more` : name;
}

function swap(policies: PolicyList, from: number, to: number): PolicyList {
  const next = [...policies];
  const [a, b] = [next[from], next[to]];
  if (a === undefined || b === undefined) return policies;
  next[from] = b;
  next[to] = a;
  return next;
}

/** How many policies of its kind stand before one. */
function ordinal(policies: PolicyList, index: number): number {
  return policies.slice(0, index).filter(({ kind }) => kind === policies[index]?.kind).length;
}

function keyOf(policies: PolicyList, index: number): string {
  return `${policies[index]?.kind} ${ordinal(policies, index)}`;
}

/** The same policy as the saved set has it; null where it has none. */
function counterpart(saved: PolicyList, policies: PolicyList, index: number): Policy | null {
  const alike = saved.filter(({ kind }) => kind === policies[index]?.kind);
  return alike[ordinal(policies, index)] ?? null;
}
