'use client';

import { NumberField } from '@/app/_ui/number-field';
import { SelectField } from '@/app/_ui/select-field';
import type { ForecastBasis, ForecastMix, MixKey } from '@/lib/cost/forecast/forecast';
import { formatCounted, formatPercent } from '@/lib/format';

interface MixFieldsProps {
  readonly mix: ForecastMix | null;
  readonly basis: ForecastBasis;
  readonly onChange: (mix: ForecastMix | null) => void;
  /** Which names the basis is asked for by. */
  readonly onKeyChange: (by: MixKey) => void;
}

const options = [
  { value: 'imported', label: 'as imported' },
  { value: 'agent', label: 'by agent' },
  { value: 'model', label: 'by model' },
  { value: 'tenant', label: 'by tenant' },
] as const;

/** In which shares sessions come: as imported, or planned by agent, model or tenant. */
export function MixFields({ mix, basis, onChange, onKeyChange }: MixFieldsProps) {
  const choose = (value: (typeof options)[number]['value']) => {
    if (value === 'imported') {
      onChange(null);
      return;
    }
    onKeyChange(value);
  };
  return (
    <div className="border-b border-rule-2 py-3 last:border-b-0">
      <SelectField
        label="Mix of sessions"
        value={mix === null ? 'imported' : mix.by}
        options={options}
        onValueChange={choose}
      />
      {mix !== null && (
        <div className="mt-1">
          {mix.shares.map(({ name, share }, index) => {
            const segment =
              basis.segmentKey === mix.by
                ? basis.segments.find((one) => one.name === name)
                : undefined;
            return (
              <NumberField
                key={name}
                label={<span className="[overflow-wrap:anywhere]">{name}</span>}
                value={share}
                min={0}
                max={1_000_000}
                format={(value) => `${value}`}
                hint={
                  segment === undefined
                    ? 'not among the imported sessions'
                    : `${formatPercent(segment.share)} of the imported, ${formatCounted(segment.sessions, 'session')}`
                }
                onValueChange={(value) =>
                  onChange({
                    ...mix,
                    shares: mix.shares.map((one, i) =>
                      i === index ? { ...one, share: value } : one,
                    ),
                  })
                }
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

/** The mix of the imported sessions, in whole percent, to begin a planned one with. */
export function mixOf(basis: ForecastBasis): ForecastMix | null {
  const shares = basis.segments
    .slice(0, 12)
    .flatMap(({ name, share }) =>
      name === null ? [] : [{ name, share: Math.max(1, Math.round(share * 100)) }],
    );
  return shares.length === 0 ? null : { by: basis.segmentKey, shares };
}
