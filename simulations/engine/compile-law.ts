import { logGamma } from '@/lib/stats/student-t';
import { type AliasTable, buildAliasTable } from '@/simulations/engine/alias-table';
import type { Law } from '@/simulations/scenario/law';

/** How a row of a law table is drawn. */
export const drawKind = {
  exponential: 0,
  constant: 1,
  uniform: 2,
  normalReflected: 3,
  normalRedrawn: 4,
  lognormal: 5,
  gamma: 6,
  hyperexponential: 7,
  weibull: 8,
  pareto: 9,
  paretoBounded: 10,
  empirical: 11,
  geometric: 12,
  integers: 13,
  mixture: 14,
} as const;

/**
 * A law with all that can be worked out before the first draw. Its tables are only read, so one
 * compiled law serves any number of use sites and replications.
 */
export interface CompiledLaw {
  readonly kind: (typeof drawKind)[keyof typeof drawKind];
  /** Parameters whose meaning depends on the kind; 0 where it has fewer. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  /** Outcomes of integers (from `a` upwards) and of mixtures. */
  readonly aliases?: AliasTable;
  /** Values of an empirical law. */
  readonly values?: Float64Array;
  /** Laws of a mixture. */
  readonly components?: readonly CompiledLaw[];
}

type Named<Name extends string> = Extract<Law, { law: Name }>;

const standardNormalP99 = 2.3263478740408408;

function plain(kind: CompiledLaw['kind'], a: number, b = 0, c = 0, d = 0): CompiledLaw {
  return { kind, a, b, c, d };
}

/**
 * Logarithmic mean and standard deviation of a lognormal law, from whichever pair it is given by.
 *
 * @throws RangeError when the law is not one that the schema lets through
 */
export function lognormalParameters(law: Named<'lognormal'>): {
  logMean: number;
  logSd: number;
} {
  const { mean, cv, median, p99, sigma } = law;
  if (mean !== undefined && cv !== undefined) {
    const logVariance = Math.log1p(cv * cv);
    return { logMean: Math.log(mean) - logVariance / 2, logSd: Math.sqrt(logVariance) };
  }
  if (median !== undefined && sigma !== undefined) {
    return { logMean: Math.log(median), logSd: sigma };
  }
  if (median !== undefined && p99 !== undefined) {
    return { logMean: Math.log(median), logSd: Math.log(p99 / median) / standardNormalP99 };
  }
  throw new RangeError('Got a lognormal law without a pair of parameters.');
}

function compileLognormal(law: Named<'lognormal'>): CompiledLaw {
  const { logMean, logSd } = lognormalParameters(law);
  return plain(drawKind.lognormal, logMean, logSd);
}

/** Gamma of a mean and shape: the scale, d and c of Marsaglia and Tsang, and 1/shape below shape 1. */
function compileGamma(mean: number, shape: number): CompiledLaw {
  if (shape === Number.POSITIVE_INFINITY) return plain(drawKind.constant, mean);
  if (shape === 1) return plain(drawKind.exponential, mean);
  const third = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const boost = shape < 1 ? 1 / shape : 0;
  return plain(drawKind.gamma, mean / shape, third, 1 / Math.sqrt(9 * third), boost);
}

/**
 * Two phases with balanced means, that is with equal p·m.
 *
 * @see Tijms, Stochastic Models (1994), appendix B
 */
function compileHyperexponential(mean: number, cv: number): CompiledLaw {
  if (cv === 1) return plain(drawKind.exponential, mean);
  const square = 2 / (cv * cv + 1);
  const root = Math.sqrt(1 - square);
  const rare = square / (1 + root) / 2; // (1 − root) / 2 without its cancellation
  return plain(drawKind.hyperexponential, rare, mean / (2 * rare), mean / (1 + root));
}

function compilePareto(law: Named<'pareto'>): CompiledLaw {
  if (law.max === undefined) return plain(drawKind.pareto, law.min, 1 / law.shape);
  const mass = -Math.expm1(-law.shape * Math.log(law.max / law.min));
  return plain(drawKind.paretoBounded, law.min, 1 / law.shape, mass);
}

function compileZipf(items: number, exponent: number): CompiledLaw {
  const weights = new Float64Array(items);
  for (let i = 0; i < items; i++) weights[i] = (i + 1) ** -exponent;
  return { ...plain(drawKind.integers, 0), aliases: buildAliasTable(weights) };
}

/** Poisson as a table of all counts within 12 standard deviations; beyond them lies less than 1e-20. */
function compilePoisson(mean: number): CompiledLaw {
  if (mean === 0) return plain(drawKind.constant, 0);
  const reach = Math.ceil(12 * Math.sqrt(mean)) + 40;
  const mode = Math.floor(mean);
  const first = Math.max(0, mode - reach);
  const weights = new Float64Array(mode + reach - first + 1);
  weights[mode - first] = 1;
  for (let count = mode; count > first; count--) {
    weights[count - 1 - first] = weights[count - first] * (count / mean);
  }
  for (let count = mode + 1; count <= mode + reach; count++) {
    weights[count - first] = weights[count - 1 - first] * (mean / count);
  }
  return { ...plain(drawKind.integers, first), aliases: buildAliasTable(weights) };
}

function compileMixture(of: readonly { weight: number; law: Law }[]): CompiledLaw {
  const only = of.length === 1 ? of[0] : undefined;
  if (only !== undefined) return compileLaw(only.law);
  return {
    ...plain(drawKind.mixture, 0),
    aliases: buildAliasTable(Float64Array.from(of, (part) => part.weight)),
    components: of.map((part) => compileLaw(part.law)),
  };
}

/**
 * Prepares a law for drawing: works out its parameters and tables. Time and memory grow with the
 * items of a Zipf law, the values of an empirical one and the root of the mean of a Poisson one;
 * do it once per scenario, not per replication.
 *
 * @param law one that the schema has let through
 */
export function compileLaw(law: Law): CompiledLaw {
  if (typeof law === 'number') return plain(drawKind.constant, law);
  switch (law.law) {
    case 'constant':
      return plain(drawKind.constant, law.value);
    case 'exponential':
      return plain(drawKind.exponential, law.mean);
    case 'uniform':
      return plain(drawKind.uniform, law.min, law.max - law.min);
    case 'normal':
      return plain(
        law.below === 'reflect' ? drawKind.normalReflected : drawKind.normalRedrawn,
        law.mean,
        law.sd,
      );
    case 'lognormal':
      return compileLognormal(law);
    case 'gamma':
      return compileGamma(law.mean, 1 / (law.cv * law.cv));
    case 'erlang':
      return compileGamma(law.mean, law.stages);
    case 'hyperexponential':
      return compileHyperexponential(law.mean, law.cv);
    case 'weibull':
      if (law.shape === 1) return plain(drawKind.exponential, law.mean);
      return plain(
        drawKind.weibull,
        law.mean / Math.exp(logGamma(1 + 1 / law.shape)),
        1 / law.shape,
      );
    case 'pareto':
      return compilePareto(law);
    case 'empirical':
      return { ...plain(drawKind.empirical, 0), values: Float64Array.from(law.values) };
    case 'zipf':
      return compileZipf(law.items, law.exponent);
    case 'geometric':
      return plain(drawKind.geometric, -Math.log1p(-1 / law.mean));
    case 'poisson':
      return compilePoisson(law.mean);
    case 'mixture':
      return compileMixture(law.of);
    default:
      return law satisfies never;
  }
}
