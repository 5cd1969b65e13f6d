import type { Law } from '../scenario/law';

/** Smallest and largest value that a law can give; the largest may be infinite. */
export interface LawBounds {
  readonly min: number;
  readonly max: number;
}

const upFrom = (min: number): LawBounds => ({ min, max: Number.POSITIVE_INFINITY });
const only = (value: number): LawBounds => ({ min: value, max: value });

/** Bounds of the values of a law, in the unit of its quantity. */
export function lawBounds(law: Law): LawBounds {
  if (typeof law === 'number') return only(law);
  switch (law.law) {
    case 'constant':
      return only(law.value);
    case 'uniform':
      return { min: law.min, max: law.max };
    case 'normal':
      return law.sd === 0 ? only(law.mean) : upFrom(0);
    case 'lognormal':
      return law.cv === 0 || law.sigma === 0 || law.p99 === law.median
        ? only(law.mean ?? law.median ?? 0)
        : upFrom(0);
    case 'gamma':
      return law.cv === 0 ? only(law.mean) : law.mean === 0 ? only(0) : upFrom(0);
    case 'exponential':
    case 'erlang':
    case 'hyperexponential':
    case 'weibull':
    case 'poisson':
      return law.mean === 0 ? only(0) : upFrom(0);
    case 'pareto':
      return { min: law.min, max: law.max ?? Number.POSITIVE_INFINITY };
    case 'empirical':
      return {
        min: law.values.reduce((a, b) => Math.min(a, b)),
        max: law.values.reduce((a, b) => Math.max(a, b)),
      };
    case 'zipf':
      return { min: 0, max: law.items - 1 };
    case 'geometric':
      return law.mean === 1 ? only(1) : upFrom(1);
    case 'mixture': {
      const each = law.of.map((component) => lawBounds(component.law));
      return {
        min: Math.min(...each.map(({ min }) => min)),
        max: Math.max(...each.map(({ max }) => max)),
      };
    }
    default:
      return law satisfies never;
  }
}

/** Whether a law gives 0 every time. */
export function isAlwaysZero(law: Law | undefined): boolean {
  return law === undefined || lawBounds(law).max === 0;
}
