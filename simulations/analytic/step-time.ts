import { lawMoments } from '@/simulations/analytic/law-moments';
import { resolveProvider } from '@/simulations/providers/resolve-provider';
import type { Law } from '@/simulations/scenario/law';
import type { Resource } from '@/simulations/scenario/resource';
import type { Step } from '@/simulations/scenario/step';

/** Whether a law is the exponential one, under whatever name. */
export function exponentialLaw(law: Law): boolean {
  if (typeof law === 'number') return false;
  switch (law.law) {
    case 'exponential':
      return true;
    case 'erlang':
      return law.stages === 1;
    case 'gamma':
    case 'hyperexponential':
      return law.cv === 1;
    case 'weibull':
      return law.shape === 1;
    default:
      return false;
  }
}

/** Time and tokens of a model call, unloaded. */
export interface ModelCallTime {
  readonly mean: number; //     s
  readonly variance: number; // s²
  readonly input: number; //    tokens, all of the prompt
  readonly output: number; //   tokens
  readonly errorRate: number;
}

/**
 * Time of a model call with nobody in its way: what the step says, else latency, prompt and output
 * by the provider's speeds, taken as independent.
 *
 * @returns null where there is no such provider
 */
export function modelCallTime(
  step: Extract<Step, { model: string }>,
  resource: Resource | undefined,
): ModelCallTime | null {
  if (resource?.kind !== 'provider') return null;
  const provider = resolveProvider(resource);
  const prompt = lawMoments(step.promptTokens);
  const cached = lawMoments(step.cachedTokens ?? 0);
  const output = lawMoments(step.outputTokens);
  const tokens = {
    input: prompt.mean,
    output: output.mean,
    errorRate: provider.errorRate ?? 0,
  };
  if (step.durationSec !== undefined) {
    const { mean, variance } = lawMoments(step.durationSec);
    return { mean, variance, ...tokens };
  }
  const base = lawMoments(provider.baseSec ?? 0);
  const { prefillSecPerToken: prefill = 0, decodeSecPerToken: decode = 0 } = provider;
  const fresh = Math.max(0, prompt.mean - cached.mean);
  return {
    mean: base.mean + prefill * fresh + decode * output.mean,
    variance:
      base.variance +
      prefill ** 2 * (prompt.variance + cached.variance) +
      decode ** 2 * output.variance,
    ...tokens,
  };
}
