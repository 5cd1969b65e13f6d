'use client';

import { useMemo } from 'react';
import { SearchField } from '@/app/_ui/search-field';
import { SelectField } from '@/app/_ui/select-field';
import { SliderField } from '@/app/_ui/slider-field';
import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { Policy } from '@/lib/cost/policies/policy';
import type { PolicyOf } from '@/lib/cost/policies/policy-of';
import { formatPercent } from '@/lib/format';

interface TargetFieldsProps {
  readonly policy: PolicyOf<'other_model'> | PolicyOf<'routing'>;
  readonly basis: PolicyBasis;
  readonly onChange: (policy: Policy) => void;
}

/** Stands for all agents or models in a list whose entries are names. */
const all = '';

/** Which model calls go to, from which, and how many of its tokens a text takes. */
export function TargetFields({ policy, basis, onChange }: TargetFieldsProps) {
  const options = useMemo(
    () =>
      basis.models.map(({ providerId, modelId }) => ({
        value: `${providerId}/${modelId}`,
        label: modelId,
        detail: providerId,
      })),
    [basis.models],
  );
  const { model, providerName } = policy;
  return (
    <>
      {policy.kind === 'other_model' && (
        <div className="border-b border-rule-2 py-3.5">
          <SelectField
            label="In place of"
            value={policy.fromModel ?? all}
            options={withAll('every model', basis.observed.models, policy.fromModel)}
            onValueChange={(name) => onChange({ ...policy, fromModel: name === all ? null : name })}
          />
        </div>
      )}
      <SearchField
        label="Model"
        value={{ value: `${providerName ?? ''}/${model}`, label: model }}
        options={options}
        placeholder="type a part of its name"
        hint={`at its prices of today${providerName === null ? '' : `, ${providerName}`}`}
        onValueChange={(option) =>
          onChange({ ...policy, model: option.label, providerName: option.detail ?? null })
        }
      />
      <SliderField
        label="Tokens per token"
        value={policy.tokenRatio}
        min={0.5}
        max={2}
        step={0.01}
        ticks={[1]}
        format={(ratio) => ratio.toFixed(2)}
        onValueChange={(tokenRatio) => onChange({ ...policy, tokenRatio })}
        hint="of the new model per token of the old: an estimate, 1 takes them alike"
      />
    </>
  );
}

interface AgentFieldProps {
  readonly policy: PolicyOf<'routing'> | PolicyOf<'batch_discount'>;
  readonly basis: PolicyBasis;
  readonly onChange: (policy: Policy) => void;
}

/** Whose calls a policy applies to. */
export function AgentField({ policy, basis, onChange }: AgentFieldProps) {
  const { agents } = basis.observed;
  if (agents.length === 0 && policy.agentName === null) return null;
  return (
    <div className="border-b border-rule-2 py-3.5">
      <SelectField
        label="Calls of"
        value={policy.agentName ?? all}
        options={withAll('every agent', agents, policy.agentName)}
        onValueChange={(name) => onChange({ ...policy, agentName: name === all ? null : name })}
      />
    </div>
  );
}

/** Names as options, the chosen one among them even where it was not observed. */
function withAll(allLabel: string, names: readonly string[], chosen: string | null) {
  const known = chosen === null || names.includes(chosen) ? names : [chosen, ...names];
  return [{ value: all, label: allLabel }, ...known.map((name) => ({ value: name, label: name }))];
}

interface ShareFieldProps {
  readonly label: string;
  readonly value: number;
  readonly was: number | undefined;
  readonly hint?: string;
  readonly onValueChange: (share: number) => void;
}

/** A share in whole percent. */
export function ShareField({ label, value, was, hint, onValueChange }: ShareFieldProps) {
  const isChanged = was !== undefined && was !== value;
  return (
    <SliderField
      label={label}
      value={Math.round(value * 100)}
      min={0}
      max={100}
      step={1}
      format={(percent) => `${percent}\u00a0%`}
      onValueChange={(percent) => onValueChange(percent / 100)}
      isChanged={isChanged}
      hint={isChanged ? `was ${formatPercent(was)}` : (hint ?? '')}
    />
  );
}
