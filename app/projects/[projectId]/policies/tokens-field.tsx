'use client';

import { SliderField } from '@/app/_ui/slider-field';
import type { ObservedRange } from '@/lib/cost/levers/lever-basis';
import { formatTokens } from '@/lib/format';

interface TokensFieldProps {
  readonly label: string;
  readonly value: number;
  /** What the opened set has; undefined without one. */
  readonly was: number | undefined;
  /** Quantiles of what was observed, drawn as ticks. */
  readonly range: ObservedRange | null;
  /** What was observed: `prompts`. */
  readonly what: string;
  readonly hint?: string;
  readonly min?: number;
  readonly max?: number;
  readonly onValueChange: (tokens: number) => void;
}

/** A number of tokens on a log scale, with the observed quantiles as ticks. */
export function TokensField(props: TokensFieldProps) {
  const { value, was, range } = props;
  const min = Math.max(1, props.min ?? 100);
  const max = Math.max(min * 10, props.max ?? niceMax(range?.max ?? 200_000), value);
  const isChanged = was !== undefined && was !== value;
  const observed =
    range === null
      ? 'not observed here'
      : `observed ${props.what}: median ${formatTokens(range.p50)}, P90 ${formatTokens(range.p90)}, longest ${formatTokens(range.max)}`;
  return (
    <SliderField
      label={props.label}
      value={Math.max(min, value)}
      min={min}
      max={max}
      step={stepFor(value)}
      scale="log"
      format={(tokens) => formatTokens(tokens)}
      ticks={range === null ? [] : [range.p50, range.p90, range.p99]}
      onValueChange={(tokens) => props.onValueChange(Math.round(tokens))}
      isChanged={isChanged}
      hint={isChanged ? `was ${formatTokens(was)}` : (props.hint ?? observed)}
    />
  );
}

/** Half as much again as was seen, in two digits. */
function niceMax(tokens: number): number {
  return Number((Math.max(2_000, tokens) * 1.5).toPrecision(2));
}

/** About a hundredth of the value, so that a key press is a change one can see. */
function stepFor(value: number): number {
  return Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, value)) - 1.5));
}
