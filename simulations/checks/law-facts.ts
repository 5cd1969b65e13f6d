import { normalDensity, normalProbability } from '../analytic/normal-distribution';
import { lognormalParameters } from '../engine/compile-law';
import type { Law, NamedLaw } from '../scenario/law';

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

/**
 * Mean of a law, in the unit of its quantity, by the textbook formula of each; infinite for a Pareto
 * law without an end whose shape is 1 or less.
 */
export function lawMean(law: Law): number {
  if (typeof law === 'number') return law;
  switch (law.law) {
    case 'constant':
      return law.value;
    case 'uniform':
      return (law.min + law.max) / 2;
    case 'normal':
      return normalMean(law);
    case 'lognormal': {
      const { logMean, logSd } = lognormalParameters(law);
      return Math.exp(logMean + logSd ** 2 / 2);
    }
    case 'exponential':
    case 'gamma':
    case 'erlang':
    case 'hyperexponential':
    case 'weibull':
    case 'geometric':
    case 'poisson':
      return law.mean;
    case 'pareto':
      return paretoMean(law.min, law.shape, law.max);
    case 'empirical':
      return law.values.reduce((sum, value) => sum + value, 0) / law.values.length;
    case 'zipf':
      return zipfMean(law.items, law.exponent);
    case 'mixture': {
      const total = law.of.reduce((sum, { weight }) => sum + weight, 0);
      return law.of.reduce((sum, one) => sum + (one.weight / total) * lawMean(one.law), 0);
    }
    default:
      return law satisfies never;
  }
}

/** Mean of a folded normal law where negative draws are reflected, else of one cut at zero. */
function normalMean(law: Extract<NamedLaw, { law: 'normal' }>): number {
  const { mean, sd } = law;
  if (sd === 0) return mean;
  const z = mean / sd;
  if (law.below === 'reflect') {
    return 2 * sd * normalDensity(z) + mean * (1 - 2 * normalProbability(-z));
  }
  return mean + (sd * normalDensity(z)) / normalProbability(z);
}

function paretoMean(min: number, shape: number, max: number | undefined): number {
  if (max === undefined) return shape <= 1 ? Number.POSITIVE_INFINITY : (shape * min) / (shape - 1);
  const mass = -Math.expm1(-shape * Math.log(max / min));
  if (shape === 1) return (min * Math.log(max / min)) / mass;
  return ((shape * min) / (shape - 1)) * (-Math.expm1((1 - shape) * Math.log(max / min)) / mass);
}

function zipfMean(items: number, exponent: number): number {
  let mass = 0;
  let sum = 0;
  for (let i = 0; i < items; i++) {
    const weight = (i + 1) ** -exponent;
    mass += weight;
    sum += i * weight;
  }
  return sum / mass;
}
