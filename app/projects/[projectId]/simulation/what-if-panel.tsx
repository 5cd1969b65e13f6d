'use client';

import type { ReactNode } from 'react';
import { ChoiceField } from '@/app/_ui/choice-field';
import { NumberField } from '@/app/_ui/number-field';
import { Section } from '@/app/_ui/section';
import { SliderField } from '@/app/_ui/slider-field';
import { formatCounted, formatDecimal, formatDurationSec } from '@/lib/format';
import type { WhatIf } from './what-if';

interface WhatIfPanelProps {
  readonly whatIf: WhatIf;
  readonly saved: WhatIf;
  readonly hasPlannedPeak: boolean;
  readonly isDescribed: boolean; // false: the pool is the default, and nobody has saved one
  readonly onChange: (part: Partial<WhatIf>) => void;
  readonly children?: ReactNode;
}

const holdingOptions = [
  { value: 'query', label: 'one query' },
  { value: 'turn', label: 'a whole turn' },
  { value: 'session', label: 'the session' },
] as const;

const holdingHint = {
  query: 'taken and given back around each query',
  turn: 'kept while the model thinks',
  session: 'kept from the first query to the end',
} as const;

/** What a description holds; replications and seed belong to the run alone. */
const described = [
  'agents',
  'slots',
  'holdingScope',
  'acquireTimeoutSec',
  'thinkTimeFactor',
  'waitTargetP95Sec',
] as const satisfies readonly (keyof WhatIf)[];

/** The parameters of the question, each marked where it differs from the saved description. */
export function WhatIfPanel({
  whatIf,
  saved,
  hasPlannedPeak,
  isDescribed,
  onChange,
  children,
}: WhatIfPanelProps) {
  const changed = (key: keyof WhatIf) => whatIf[key] !== saved[key];
  const changes = described.filter(changed).length;
  const hint = (key: keyof WhatIf, was: string, otherwise: string) => ({
    isChanged: changed(key),
    hint: changed(key) ? `was ${was}` : otherwise,
  });
  return (
    <Section
      title="What if"
      note={
        changes === 0
          ? isDescribed
            ? 'the saved description'
            : 'a pool to begin with: describe yours'
          : `${formatCounted(changes, 'change')} from the saved description`
      }
    >
      <SliderField
        label="Concurrent agents"
        value={whatIf.agents}
        min={1}
        max={Math.max(2_000, saved.agents * 10)}
        step={1}
        scale="log"
        ticks={[10, 100, 1_000]}
        onValueChange={(agents) => onChange({ agents })}
        {...hint(
          'agents',
          `${saved.agents}`,
          hasPlannedPeak ? 'the planned peak' : 'no planned peak declared yet',
        )}
      />
      <SliderField
        label="Pool slots"
        value={whatIf.slots}
        min={1}
        max={Math.max(500, saved.slots * 5)}
        step={1}
        scale="log"
        ticks={[10, 100]}
        onValueChange={(slots) => onChange({ slots })}
        {...hint(
          'slots',
          `${saved.slots}`,
          isDescribed ? 'as described' : 'a default until you save',
        )}
      />
      <ChoiceField
        label="Connection is held for"
        value={whatIf.holdingScope}
        options={holdingOptions}
        onValueChange={(holdingScope) => onChange({ holdingScope })}
        {...hint(
          'holdingScope',
          holdingOptions.find((option) => option.value === saved.holdingScope)?.label ?? '',
          holdingHint[whatIf.holdingScope],
        )}
      />
      <SliderField
        label="Acquire timeout"
        value={whatIf.acquireTimeoutSec ?? 0}
        min={0}
        max={Math.max(120, saved.acquireTimeoutSec ?? 0)}
        step={1}
        format={formatTimeout}
        ticks={[5, 30, 60]}
        onValueChange={(sec) => onChange({ acquireTimeoutSec: sec === 0 ? null : sec })}
        {...hint(
          'acquireTimeoutSec',
          formatTimeout(saved.acquireTimeoutSec ?? 0),
          '0 waits for ever',
        )}
      />
      <SliderField
        label="Think time"
        value={whatIf.thinkTimeFactor}
        min={0}
        max={5}
        step={0.1}
        format={(factor) => `× ${formatDecimal(factor, 1)}`}
        ticks={[1]}
        onValueChange={(thinkTimeFactor) => onChange({ thinkTimeFactor })}
        {...hint('thinkTimeFactor', 'as observed', 'pauses before user turns, as observed')}
      />
      <SliderField
        label="Wait target, P95"
        value={whatIf.waitTargetP95Sec}
        min={0.05}
        max={60}
        step={0.05}
        scale="log"
        format={formatDurationSec}
        ticks={[1, 10]}
        onValueChange={(waitTargetP95Sec) => onChange({ waitTargetP95Sec })}
        {...hint(
          'waitTargetP95Sec',
          formatDurationSec(saved.waitTargetP95Sec),
          'longest wait for a connection that is in order',
        )}
      />
      <NumberField
        label="Replications"
        value={whatIf.replications}
        min={10}
        max={200}
        step={1}
        onValueChange={(replications) => onChange({ replications })}
        hint="of the saved run; more narrow the intervals"
        isChanged={false}
      />
      <NumberField
        label="Seed"
        value={whatIf.seed}
        min={0}
        max={0xffff_ffff}
        step={1}
        onValueChange={(seed) => onChange({ seed })}
        hint="the same seed gives the same numbers"
        isChanged={false}
      />
      <div className="pt-4">{children}</div>
    </Section>
  );
}

function formatTimeout(sec: number): string {
  return sec === 0 ? 'none' : formatDurationSec(sec);
}
