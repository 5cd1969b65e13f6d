import type {
  Backtest,
  BacktestMethod,
  SessionBacktest,
  TooLittle,
} from '../cost/backtest/backtest';
import { formatCount, formatCounted, formatPercent } from '../format';

/** What each method knew, in words. */
export const methodWords: Readonly<Record<BacktestMethod, string>> = {
  plan: 'Calls by agent and model',
  length: 'Number of calls only',
  first_prompt: 'Calls and first prompt',
  prefix: 'First third of the calls',
  mean_volume: 'Baseline: mean × volume',
  survivors: 'Baseline: average of each call over surviving sessions',
};

const isBaseline = (method: BacktestMethod) => method === 'mean_volume' || method === 'survivors';

/** Which number there is, and which it takes. */
export function tooLittleText({ have, need, of }: TooLittle): string {
  const what = of === 'sessions' ? 'sessions' : 'different session lengths';
  return `Too little data: this needs ${formatCount(need)} ${what}, and there ${have === 1 ? 'is' : 'are'} ${formatCount(have)}.`;
}

/** How far one part was off, beside its better baseline. */
function describePart(part: SessionBacktest): string {
  const [ours] = part.methods;
  const baselines = part.methods.filter(({ method }) => isBaseline(method));
  if (ours === undefined) return '';
  const best = Math.min(...baselines.map(({ medianError }) => medianError));
  const beside = Number.isFinite(best) ? `, the better baseline by ${formatPercent(best)}` : '';
  return `off by ${formatPercent(ours.medianError)} in the median${beside}`;
}

/** How far off forecasts would have been, in one sentence. */
export function describeBacktest({ time, length, prefix, sessions }: Backtest): string {
  if (length.kind === 'measured') {
    return `On these sessions, longer ones foretold from shorter ones would have been ${describePart(length)}`;
  }
  if (prefix.kind === 'measured') {
    return `On these sessions, totals foretold from a first third would have been ${describePart(prefix)}`;
  }
  if (time.kind === 'measured') {
    return `On these sessions, the mean of later ones would have been off by ${formatPercent(Math.abs(time.mean.error))}`;
  }
  const have = formatCounted(sessions, 'priced session');
  return `${have}: too few to say how far off a forecast would have been`;
}
