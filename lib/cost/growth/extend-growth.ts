import { percentileInterval } from '../../stats/bootstrap';
import type { FittedPoint } from '../growth-model';

/** What the fitted curve is made of; one number each. */
export interface GrowthParameters {
  readonly firstPromptTokens: number; //     S, mean
  readonly tokensPerCall: number; //         g
  readonly thresholdTokens: number | null; // mean; null: history is not cut back
  readonly retainedShare: number; //         of the threshold, right after a reset
  readonly inputUsdPerToken: number; //      NaN: unpriced
  readonly otherUsdPerCall: number; //       output and reasoning
  readonly callsPerUnit: number;
}

/** The same from every resample, in arrays of equal length. */
export type ResampledParameters = {
  readonly [Key in Exclude<keyof GrowthParameters, 'thresholdTokens'>]: ArrayLike<number>;
} & { readonly thresholdTokens: ArrayLike<number> | null };

/** Cumulative prompt tokens and last prompt after each whole number of calls asked for. */
function walk(
  parameters: GrowthParameters,
  calls: readonly number[],
  visit: (index: number, cumulativeTokens: number, promptTokens: number) => void,
): void {
  const { firstPromptTokens, tokensPerCall, thresholdTokens, retainedShare } = parameters;
  let prompt = firstPromptTokens;
  let total = 0;
  let call = 0;
  for (let i = 0; i < calls.length; i++) {
    while (call < calls[i]) {
      if (call > 0) prompt += tokensPerCall;
      if (call > 0 && thresholdTokens !== null && prompt > thresholdTokens) {
        prompt = retainedShare * thresholdTokens;
      }
      prompt = Math.max(0, prompt);
      total += prompt;
      call++;
    }
    visit(i, total, prompt);
  }
}

const callsAt = (points: readonly number[], callsPerUnit: number) =>
  points.map((at) => Math.max(1, Math.round(at * callsPerUnit)));

const costOf = (parameters: GrowthParameters, tokens: number, calls: number) =>
  tokens * parameters.inputUsdPerToken + calls * parameters.otherUsdPerCall;

function pickResample(resampled: ResampledParameters, i: number): GrowthParameters {
  return {
    firstPromptTokens: resampled.firstPromptTokens[i],
    tokensPerCall: resampled.tokensPerCall[i],
    thresholdTokens: resampled.thresholdTokens === null ? null : resampled.thresholdTokens[i],
    retainedShare: resampled.retainedShare[i],
    inputUsdPerToken: resampled.inputUsdPerToken[i],
    otherUsdPerCall: resampled.otherUsdPerCall[i],
    callsPerUnit: resampled.callsPerUnit[i],
  };
}

/** 95 % intervals of tokens and dollars at every point. */
function findBands(points: readonly number[], resampled: ResampledParameters) {
  const resamples = resampled.tokensPerCall.length;
  const tokens = points.map(() => new Float64Array(resamples));
  const costs = points.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    const parameters = pickResample(resampled, resample);
    const calls = callsAt(points, parameters.callsPerUnit);
    walk(parameters, calls, (i, total) => {
      tokens[i][resample] = total;
      costs[i][resample] = costOf(parameters, total, calls[i]);
    });
  }
  return {
    tokens: tokens.map((values) => percentileInterval(values)),
    costs: costs.map((values) => percentileInterval(values)),
  };
}

/**
 * The fitted curve n·S + g·n(n−1)/2 of cumulative prompt tokens, and its dollars at the measured
 * price of an input token and of a call's output.
 *
 * Where history is cut back, the prompt restarts at the retained share of the threshold whenever it
 * would pass it. Without that the curve ends where the prompt would outgrow the context window.
 *
 * @param points rising 1-based calls or turns
 * @param resampled parameters of bootstrap resamples; null where there is no band
 */
export function extendGrowth(
  points: readonly number[],
  parameters: GrowthParameters,
  resampled: ResampledParameters | null,
  contextWindowTokens: number | null,
): { readonly points: FittedPoint[]; readonly endsAtWindow: boolean } {
  const bands = resampled === null ? null : findBands(points, resampled);
  const calls = callsAt(points, parameters.callsPerUnit);
  const fitted: FittedPoint[] = [];
  let endsAtWindow = false;
  walk(parameters, calls, (i, total, contextTokens) => {
    endsAtWindow ||= contextWindowTokens !== null && contextTokens > contextWindowTokens;
    if (endsAtWindow) return;
    const cost = costOf(parameters, total, calls[i]);
    const bandOf = (interval: [number, number] | null | undefined) => ({
      low: interval?.[0] ?? null,
      high: interval?.[1] ?? null,
    });
    fitted.push({
      at: points[i],
      promptTokens: { value: total, ...bandOf(bands?.tokens[i]) },
      contextTokens,
      costUsd: Number.isNaN(cost) ? null : { value: cost, ...bandOf(bands?.costs[i]) },
    });
  });
  return { points: fitted, endsAtWindow };
}
