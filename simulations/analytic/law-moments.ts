import { logGamma } from '@/lib/stats/student-t';
import { lognormalParameters } from '@/simulations/engine/compile-law';
import type { Law } from '@/simulations/scenario/law';

/** First two moments of a law. */
export interface LawMoments {
  /** In the unit of the quantity; `Infinity` where the integral diverges. */
  readonly mean: number;
  /** In the unit of the quantity squared; `Infinity` where the mean or the integral diverges. */
  readonly variance: number;
  /** Squared coefficient of variation, dimensionless; NaN where the mean is 0 or infinite. */
  readonly scv: number;
}

type Named<Name extends string> = Extract<Law, { law: Name }>;

/**
 * Error function for x ≥ 0 by its series of positive terms,
 * erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!; relative error about 1e-15.
 *
 * @see Abramowitz and Stegun, 7.1.6
 */
function errorFunction(x: number): number {
  if (x > 6) return 1;
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function moments(mean: number, variance: number): LawMoments {
  return { mean, variance, scv: variance / (mean * mean) };
}

function ofCv(mean: number, cv: number): LawMoments {
  return moments(mean, (mean * cv) ** 2);
}

/** Folded normal: the absolute value of a normal. */
function ofReflectedNormal(mean: number, sd: number): LawMoments {
  const ratio = mean / (sd * Math.SQRT2);
  const folded =
    sd * Math.sqrt(2 / Math.PI) * Math.exp(-ratio * ratio) + mean * errorFunction(ratio);
  return moments(folded, mean * mean + sd * sd - folded * folded);
}

/** Normal on condition that it is at least 0, by the inverse Mills ratio λ = φ(m/s) / Φ(m/s). */
function ofRedrawnNormal(mean: number, sd: number): LawMoments {
  const z = mean / sd;
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  const ratio = density / (0.5 * (1 + errorFunction(z / Math.SQRT2)));
  return moments(mean + sd * ratio, sd * sd * (1 - ratio * (ratio + z)));
}

function ofLognormal(law: Named<'lognormal'>): LawMoments {
  const { logMean, logSd } = lognormalParameters(law);
  const mean = Math.exp(logMean + (logSd * logSd) / 2);
  return moments(mean, mean * mean * Math.expm1(logSd * logSd));
}

function ofWeibull(mean: number, shape: number): LawMoments {
  const logRatio = logGamma(1 + 2 / shape) - 2 * logGamma(1 + 1 / shape);
  return moments(mean, mean * mean * Math.expm1(logRatio));
}

/** E X^k of a Pareto law that is cut off at max. */
function boundedParetoPower(min: number, max: number, shape: number, power: number): number {
  const span = Math.log(max / min);
  const excess = power - shape;
  const integral = excess === 0 ? span : Math.expm1(excess * span) / excess;
  return (shape * min ** power * integral) / -Math.expm1(-shape * span);
}

function ofPareto({ min, max, shape }: Named<'pareto'>): LawMoments {
  if (max !== undefined) {
    const mean = boundedParetoPower(min, max, shape, 1);
    return moments(mean, boundedParetoPower(min, max, shape, 2) - mean * mean);
  }
  if (shape <= 1) return moments(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const mean = (shape * min) / (shape - 1);
  if (shape <= 2) return moments(mean, Number.POSITIVE_INFINITY);
  return moments(mean, (mean * mean) / (shape * (shape - 2)));
}

/** Moments of values with weights, in two passes. */
function ofWeighted(
  count: number,
  valueAt: (i: number) => number,
  weightAt: (i: number) => number,
): LawMoments {
  let weight = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    weight += weightAt(i);
    sum += weightAt(i) * valueAt(i);
  }
  const mean = sum / weight;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += weightAt(i) * (valueAt(i) - mean) ** 2;
  return moments(mean, squares / weight);
}

function ofMixture(of: Named<'mixture'>['of']): LawMoments {
  const parts = of.map((part) => ({ weight: part.weight, ...lawMoments(part.law) }));
  const between = ofWeighted(
    parts.length,
    (i) => parts[i].mean,
    (i) => parts[i].weight,
  );
  const within = ofWeighted(
    parts.length,
    (i) => parts[i].variance,
    (i) => parts[i].weight,
  ).mean;
  if (between.mean === Number.POSITIVE_INFINITY) return moments(between.mean, between.mean);
  return moments(between.mean, between.variance + within);
}

/**
 * Mean, variance and squared coefficient of variation of a law, by closed forms; for empirical and
 * Zipf laws by sums over their values.
 *
 * @param law one that the schema has let through
 */
export function lawMoments(law: Law): LawMoments {
  if (typeof law === 'number') return moments(law, 0);
  switch (law.law) {
    case 'constant':
      return moments(law.value, 0);
    case 'exponential':
      return ofCv(law.mean, 1);
    case 'uniform':
      return moments((law.min + law.max) / 2, (law.max - law.min) ** 2 / 12);
    case 'normal':
      if (law.sd === 0) return moments(law.mean, 0);
      return (law.below === 'reflect' ? ofReflectedNormal : ofRedrawnNormal)(law.mean, law.sd);
    case 'lognormal':
      return ofLognormal(law);
    case 'gamma':
    case 'hyperexponential':
      return ofCv(law.mean, law.cv);
    case 'erlang':
      return moments(law.mean, law.mean ** 2 / law.stages);
    case 'weibull':
      return ofWeibull(law.mean, law.shape);
    case 'pareto':
      return ofPareto(law);
    case 'empirical':
      return ofWeighted(
        law.values.length,
        (i) => law.values[i],
        () => 1,
      );
    case 'zipf':
      return ofWeighted(
        law.items,
        (i) => i,
        (i) => (i + 1) ** -law.exponent,
      );
    case 'geometric':
      return moments(law.mean, law.mean * (law.mean - 1));
    case 'poisson':
      return moments(law.mean, law.mean);
    case 'mixture':
      return ofMixture(law.of);
    default:
      return law satisfies never;
  }
}
