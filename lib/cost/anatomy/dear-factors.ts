import { formatCount, formatDecimal, formatPercent } from '../../format';
import type { DearFactor } from '../cost-anatomy';
import { priceBucket, promptBuckets } from '../price-call';
import { isMetered } from '../price-session';
import type { CellSums } from './cell-sums';
import { type AnatomyInput, attributeTools } from './dissect-calls';
import { priceMisses, type SessionFeatures } from './session-features';

/** A session beside the median session of its project. */
export interface SessionCase {
  readonly rows: readonly [number, number];
  readonly session: number;
  /** Share of prompts that recorded costs imply were cached, uncounted; null: they imply none. */
  readonly impliedShare: number | null;
  readonly sums: CellSums;
  readonly own: SessionFeatures;
  readonly median: SessionFeatures;
  /** Index of the model that most calls of the project go to; −1: none is named. */
  readonly usualModel: number;
  /** Median tokens of a result, by tool. */
  readonly usualResultTokens: (tool: number) => number;
}

const usdOf = (picoUsd: bigint) => Number(picoUsd) / 1e12;

/** Dollars that lie above what the median amount of something would have cost, in proportion. */
const beyond = (costUsd: number, own: number, median: number) =>
  own > median ? costUsd * (1 - median / own) : 0;

/**
 * Works every factor out alone: the session's cost less what it would be at the median.
 *
 * Length is measured, not modelled: what the calls beyond the median number of calls cost.
 */
export function findFactors(input: AnatomyInput, one: SessionCase): DearFactor[] {
  return [
    lengthFactor(input, one),
    growthFactor(one),
    historyFactor(one),
    missFactor(input, one),
    modelFactor(input, one),
    outputFactor(one),
    errorFactor(one),
    toolFactor(input, one),
    resetFactor(one),
  ]
    .filter((factor) => factor !== null)
    .filter(({ aboveMedianUsd }) => aboveMedianUsd > 0.01 * one.own.costUsd)
    .sort((a, b) => b.aboveMedianUsd - a.aboveMedianUsd);
}

function lengthFactor({ set }: AnatomyInput, { rows, own, median }: SessionCase): DearFactor {
  let seen = 0;
  let picoUsd = 0;
  for (let row = rows[0]; row < rows[1]; row++) {
    const cost = set.calls.listCostPicoUsd[row];
    if (!isMetered(set, row) || Number.isNaN(cost)) continue;
    if (++seen > median.calls) picoUsd += cost;
  }
  return {
    factor: 'length',
    aboveMedianUsd: picoUsd / 1e12,
    text: `${formatCount(own.calls)} calls against ${formatCount(median.calls)}`,
  };
}

function growthFactor({ sums, own, median }: SessionCase): DearFactor {
  const grown = usdOf(sums.costOfPart('resentHistory') + sums.costOfPart('newInput'));
  return {
    factor: 'prompt_growth',
    aboveMedianUsd: beyond(grown, own.newTokensPerCall, median.newTokensPerCall),
    text: `${formatCount(own.newTokensPerCall)} new tokens a call against ${formatCount(median.newTokensPerCall)}`,
  };
}

function historyFactor({ sums, own, median }: SessionCase): DearFactor {
  return {
    factor: 'history_share',
    aboveMedianUsd: (own.historyShare - median.historyShare) * usdOf(sums.inputCost()),
    text: `${formatPercent(own.historyShare)} of the input spend is history sent again, against ${formatPercent(median.historyShare)}`,
  };
}

function missFactor(input: AnatomyInput, one: SessionCase): DearFactor | null {
  const { rows, own, median, impliedShare } = one;
  // Where recorded costs show a cache that is not counted, nothing tells what was missed.
  if (impliedShare !== null || own.missedShare <= median.missedShare) return null;
  return {
    factor: 'cache_misses',
    aboveMedianUsd: beyond(priceMisses(input, rows), own.missedShare, median.missedShare),
    text: `${formatPercent(own.missedShare)} of what is sent again comes from no cache, against ${formatPercent(median.missedShare)}`,
  };
}

function outputFactor({ sums, own, median }: SessionCase): DearFactor {
  const answers = usdOf(sums.total() - sums.inputCost());
  return {
    factor: 'output',
    aboveMedianUsd: beyond(answers, own.answerTokensPerCall, median.answerTokensPerCall),
    text: `${formatCount(own.answerTokensPerCall)} tokens of answer and reasoning a call against ${formatCount(median.answerTokensPerCall)}`,
  };
}

function errorFactor({ own, median }: SessionCase): DearFactor {
  return {
    factor: 'errors',
    aboveMedianUsd: (own.errorShare - median.errorShare) * own.costUsd,
    text: `${formatPercent(own.errorShare)} went to calls that failed or that follow a failed tool call, against ${formatPercent(median.errorShare)}`,
  };
}

function resetFactor({ own, median }: SessionCase): DearFactor {
  return {
    factor: 'context_resets',
    aboveMedianUsd: (own.resetShare - median.resetShare) * own.costUsd,
    text: `${formatPercent(own.resetShare)} went to prompts built anew after a context reset, against ${formatPercent(median.resetShare)}`,
  };
}

/** The session at the prices of the model that the project mostly uses. */
function modelFactor({ set, book }: AnatomyInput, one: SessionCase): DearFactor | null {
  const { calls } = set;
  const { rows, usualModel, own } = one;
  if (usualModel < 0) return null;
  let above = 0;
  let dearest = { model: usualModel, picoUsd: 0 };
  for (let row = rows[0]; row < rows[1]; row++) {
    const cost = calls.listCostPicoUsd[row];
    if (!isMetered(set, row) || Number.isNaN(cost) || calls.model[row] === usualModel) continue;
    const usual = priceAs(one, row, { set, book });
    if (Number.isNaN(usual)) continue;
    above += cost - usual;
    if (cost - usual > dearest.picoUsd) {
      dearest = { model: calls.model[row], picoUsd: cost - usual };
    }
  }
  if (above <= 0 || dearest.model < 0) return null;
  const aboveMedianUsd = above / 1e12;
  const times = own.costUsd / (own.costUsd - aboveMedianUsd);
  return {
    factor: 'model',
    aboveMedianUsd,
    text: `${set.names[dearest.model]} makes it ${formatDecimal(times)} × what ${set.names[usualModel]} would have cost`,
  };
}

/** One row at the prices of the usual model, in pico-dollars; NaN where the book has none. */
function priceAs(
  { usualModel }: SessionCase,
  row: number,
  { set, book }: Pick<AnatomyInput, 'set' | 'book'>,
): number {
  const { calls } = set;
  const startMs = calls.startMs[row];
  const prices = book.findUnitPrices({
    providerName: null,
    model: set.names[usualModel],
    atMs: Number.isNaN(startMs) ? null : startMs,
  });
  if (prices === null) return Number.NaN;
  const usd = (bucket: (typeof promptBuckets)[number] | 'output' | 'reasoning', prompt: number) =>
    priceBucket(bucket, calls[bucket][row] || 0, prompt, prices);
  const prompt = promptBuckets.reduce((sum, bucket) => sum + (calls[bucket][row] || 0), 0);
  return [...promptBuckets, 'output' as const, 'reasoning' as const].reduce(
    (sum, bucket) => sum + usd(bucket, prompt),
    0,
  );
}

/** The tool whose results are furthest above their usual size, in dollars. */
function toolFactor(
  input: AnatomyInput,
  { rows, usualResultTokens }: SessionCase,
): DearFactor | null {
  const own = attributeTools(input, rows).tools;
  let worst: DearFactor | null = null;
  for (const [name, { sums, resultTokens }] of own) {
    if (name < 0 || resultTokens.length === 0) continue;
    const usual = usualResultTokens(name);
    const mean = resultTokens.reduce((sum, tokens) => sum + tokens, 0) / resultTokens.length;
    const aboveMedianUsd = beyond(usdOf(sums.total()), mean, usual);
    if (worst !== null && worst.aboveMedianUsd >= aboveMedianUsd) continue;
    worst = {
      factor: 'tool_results',
      aboveMedianUsd,
      text: `results of ${input.set.names[name]} bring ${formatCount(mean)} tokens each against ${formatCount(usual)}`,
    };
  }
  return worst;
}
