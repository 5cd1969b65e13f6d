import { type KnownRow, parameterOf } from '../known-results';

/** A number, null where there is no steady state, undefined for a quantity that is not known. */
export type Answer = number | null | undefined;

/** The closed forms of some groups of known-results.tsv, by group. */
export type Answers = ReadonlyMap<string, (row: KnownRow) => Answer>;

/** Number after `before` in the name of a model. */
export function numberAfter(model: string, before: string): number {
  const at = model.indexOf(before);
  const number = Number.parseFloat(model.slice(at + before.length));
  if (at < 0 || Number.isNaN(number)) throw new Error(`No number after ${before} in ${model}.`);
  return number;
}

export function pick(quantity: string, values: Readonly<Record<string, Answer>>): Answer {
  return Object.hasOwn(values, quantity) ? values[quantity] : undefined;
}

/** λ, μ and c of a model named M/M/c… or M/D/c…. */
export function poolOf(model: string) {
  return {
    servers: numberAfter(model, model.slice(0, 4)),
    arrivalRatePerSec: parameterOf(model, 'lam'),
    serviceTimeSec: /\bmu=/.test(model) ? 1 / parameterOf(model, 'mu') : 1,
  };
}
