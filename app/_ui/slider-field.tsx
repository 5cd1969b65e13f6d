'use client';

import { Slider } from '@base-ui/react/slider';
import { type ReactNode, useId } from 'react';
import { clampToStep, type NumberLimits } from '@/lib/typed-number';
import { FieldHint } from './field-hint';
import { NumberInput } from './number-input';

interface SliderFieldProps extends NumberLimits {
  readonly label: string;
  readonly value: number;
  /** Called while the thumb moves and when a number was typed. */
  readonly onValueChange: (value: number) => void;
  /** Called once a movement has ended. */
  readonly onValueCommitted?: (value: number) => void;
  /** How the value reads, with its unit. */
  readonly format?: (value: number) => string;
  /** Observed quantiles, drawn as ticks on the track. */
  readonly ticks?: readonly number[];
  /** Where the number comes from. */
  readonly hint?: ReactNode;
  /** The value differs from the described one: the hint says what it was. */
  readonly isChanged?: boolean;
  /** `log` where the range spans orders of magnitude; `min` is above zero then. */
  readonly scale?: 'linear' | 'log';
}

const logPositions = 400;

/**
 * A number that can be slid or typed, with the observed range as ticks and a line that says where it
 * comes from. Arrows move by a step, with Shift by ten.
 */
export function SliderField(props: SliderFieldProps) {
  const { label, value, format = String, ticks = [], hint, isChanged = false } = props;
  const id = useId();
  const axis = props.scale === 'log' ? logAxis(props) : linearAxis(props);
  const take = (position: number) => axis.valueAt(position, value);

  return (
    <div className="border-b border-rule-2 py-3.5 last:border-b-0">
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <NumberInput
          id={id}
          describedBy={`${id}-hint`}
          min={props.min}
          max={props.max}
          step={props.step ?? 1}
          value={value}
          format={format}
          onValueChange={(next) => {
            props.onValueChange(next);
            props.onValueCommitted?.(next);
          }}
        />
      </div>
      <Slider.Root
        value={axis.positionOf(value)}
        min={axis.min}
        max={axis.max}
        step={axis.step}
        largeStep={axis.step * 10}
        onValueChange={(position) => props.onValueChange(take(position))}
        onValueCommitted={(position) => props.onValueCommitted?.(take(position))}
      >
        <Slider.Control className="flex h-6 w-full touch-none items-center select-none">
          <Slider.Track className="relative h-[2px] w-full bg-rule">
            {ticks
              .filter((tick) => tick >= props.min && tick <= props.max)
              .map((tick) => (
                <span
                  key={tick}
                  aria-hidden="true"
                  className="absolute -top-1 h-2.5 w-px bg-ink-3"
                  style={{ left: `${shareOf(axis, tick) * 100}%` }}
                />
              ))}
            <Slider.Indicator className="bg-water" />
            <Slider.Thumb
              aria-label={label}
              getAriaValueText={() => format(value)}
              className="size-3.5 rounded-full border-2 border-water bg-sheet outline-none has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-water"
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
      <FieldHint id={`${id}-hint`} isChanged={isChanged}>
        {hint}
      </FieldHint>
    </div>
  );
}

interface SliderAxis extends Required<NumberLimits> {
  positionOf(value: number): number;
  /** Value at a position; `current` is where the thumb comes from. */
  valueAt(position: number, current: number): number;
}

function shareOf(axis: SliderAxis, value: number): number {
  return (axis.positionOf(value) - axis.min) / (axis.max - axis.min);
}

function linearAxis({ min, max, step = 1 }: NumberLimits): SliderAxis {
  return {
    min,
    max,
    step,
    positionOf: (value) => Math.min(max, Math.max(min, value)),
    valueAt: (position) => clampToStep(position, { min, max, step }),
  };
}

function logAxis({ min, max, step = 1 }: NumberLimits): SliderAxis {
  const span = Math.log(max / min);
  const positionOf = (value: number) =>
    Math.round((Math.log(Math.min(max, Math.max(min, value)) / min) / span) * logPositions);
  return {
    min: 0,
    max: logPositions,
    step: 1,
    positionOf,
    valueAt: (position, current) => {
      const limits = { min, max, step };
      const value = clampToStep(min * Math.exp((position / logPositions) * span), limits);
      if (value !== current) return value;
      // Low on the scale several positions round to one value: a key press has to leave it.
      const direction = Math.sign(position - positionOf(current));
      return clampToStep(current + direction * step, limits);
    },
  };
}
