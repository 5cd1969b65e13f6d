'use client';

import { ChoiceField } from '@/app/_ui/choice-field';
import { NumberField } from '@/app/_ui/number-field';
import { SliderField } from '@/app/_ui/slider-field';
import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { Policy, PolicyKind } from '@/lib/cost/policies/policy';
import type { PolicyOf } from '@/lib/cost/policies/policy-of';
import { formatCount, formatTokens } from '@/lib/format';
import { cachingIn } from './default-policies';
import { ShareField } from './target-fields';
import { TokensField } from './tokens-field';

interface FieldsProps<Kind extends PolicyKind> {
  readonly policy: PolicyOf<Kind>;
  readonly was: PolicyOf<Kind> | null;
  readonly basis: PolicyBasis;
  readonly onChange: (policy: Policy) => void;
}

const modes = [
  { value: 'none', label: 'none' },
  { value: 'implicit', label: 'implicit' },
  { value: 'explicit_5m', label: '5 min' },
  { value: 'explicit_1h', label: '1 h' },
] as const;

const modeHint = {
  none: 'every token at the price of fresh input',
  implicit: 'the provider caches by itself for about 5 min; writes cost nothing extra',
  explicit_5m: 'written at a surcharge, kept 5 min after the last use',
  explicit_1h: 'written at a higher surcharge, kept 1 h after the last use',
} as const;

/** What is kept in the prompt cache, and for how long. */
export function CachingFields({ policy, was, basis, onChange }: FieldsProps<'caching'>) {
  const isModeChanged = was !== null && was.mode !== policy.mode;
  return (
    <>
      <ChoiceField
        label="Kept for"
        value={policy.mode}
        options={modes}
        onValueChange={(mode) => onChange(cachingIn(mode, basis))}
        isChanged={isModeChanged}
        hint={isModeChanged ? `was ${nameMode(was.mode)}` : modeHint[policy.mode]}
      />
      {policy.mode !== 'none' && (
        <>
          <NumberField
            label="Shortest prefix"
            value={policy.minimumPrefixTokens}
            min={0}
            max={1_000_000}
            step={64}
            format={formatCount}
            onValueChange={(minimumPrefixTokens) => onChange({ ...policy, minimumPrefixTokens })}
            hint={`tokens; shorter ones are not cached. ${nameSource(policy, basis)}`}
          />
          <NumberField
            label="Read in blocks of"
            value={policy.blockTokens}
            min={1}
            max={100_000}
            step={1}
            format={formatCount}
            onValueChange={(blockTokens) => onChange({ ...policy, blockTokens })}
            hint="tokens; 1 where prefixes may end anywhere"
          />
        </>
      )}
    </>
  );
}

/** Whose rules the numbers are, and when they were read. */
function nameSource(policy: PolicyOf<'caching'>, { cacheRules }: PolicyBasis): string {
  return cacheRules?.modes.includes(policy.mode) === true
    ? `${formatCount(cacheRules.minimumPrefixTokens)} for ${cacheRules.model}, ${cacheRules.providerId}, read ${cacheRules.readOn}`
    : 'The rules of your vendor are not known here';
}

function nameMode(mode: PolicyOf<'caching'>['mode']): string {
  return modes.find(({ value }) => value === mode)?.label ?? mode;
}

/** When history is summed up, and how long that is. */
export function CompactionFields({ policy, was, basis, onChange }: FieldsProps<'compaction'>) {
  return (
    <>
      <TokensField
        label="Compact at"
        value={policy.thresholdTokens}
        was={was?.thresholdTokens}
        range={basis.observed.promptTokens}
        what="prompts"
        min={1_000}
        onValueChange={(thresholdTokens) => onChange({ ...policy, thresholdTokens })}
      />
      <TokensField
        label="Length of the summary"
        value={policy.summaryTokens}
        was={was?.summaryTokens}
        range={null}
        what=""
        hint="tokens that take the place of the history; not observed here"
        min={100}
        max={50_000}
        onValueChange={(summaryTokens) => onChange({ ...policy, summaryTokens })}
      />
    </>
  );
}

/** How many turns are sent again. */
export function WindowFields({ policy, was, basis, onChange }: FieldsProps<'sliding_window'>) {
  return (
    <TurnsField
      label="Turns kept"
      value={policy.turns}
      was={was?.turns}
      min={1}
      basis={basis}
      onValueChange={(turns) => onChange({ ...policy, turns })}
    />
  );
}

/** What is looked up in place of history. */
export function RetrievalFields({ policy, was, basis, onChange }: FieldsProps<'retrieval_memory'>) {
  return (
    <>
      <TokensField
        label="Looked up per call"
        value={policy.retrievedTokens}
        was={was?.retrievedTokens}
        range={null}
        what=""
        hint="tokens sent in place of older history; not observed here"
        min={100}
        max={100_000}
        onValueChange={(retrievedTokens) => onChange({ ...policy, retrievedTokens })}
      />
      <TurnsField
        label="Turns still sent"
        value={policy.keptTurns}
        was={was?.keptTurns}
        min={0}
        basis={basis}
        onValueChange={(keptTurns) => onChange({ ...policy, keptTurns })}
      />
      <ShareField
        label="Work not done again"
        value={policy.skippedShare}
        was={was?.skippedShare}
        hint="calls whose work is found; not observed here"
        onValueChange={(skippedShare) => onChange({ ...policy, skippedShare })}
      />
    </>
  );
}

interface TurnsFieldProps {
  readonly label: string;
  readonly value: number;
  readonly was: number | undefined;
  readonly min: 0 | 1;
  readonly basis: PolicyBasis;
  readonly onValueChange: (turns: number) => void;
}

function TurnsField({ label, value, was, min, basis, onValueChange }: TurnsFieldProps) {
  const { turns } = basis.observed;
  const isChanged = was !== undefined && was !== value;
  return (
    <SliderField
      label={label}
      value={value}
      min={min}
      max={Math.max(50, Math.ceil(turns?.p99 ?? 0), value)}
      step={1}
      ticks={turns === null ? [] : [turns.p50, turns.p90]}
      onValueChange={onValueChange}
      isChanged={isChanged}
      hint={
        isChanged
          ? `was ${was}`
          : turns === null
            ? 'turns are not recorded: each call counts as one'
            : `observed per session: median ${formatTokens(turns.p50)}, P90 ${formatTokens(turns.p90)}`
      }
    />
  );
}
