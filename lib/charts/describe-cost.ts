import type { CostModel } from '../cost/cost-model';
import { formatCount, formatCounted, formatPercent, formatUsd } from '../format';

/** A finding and what follows from it. */
export interface Finding {
  readonly headline: string;
  readonly lede: string;
}

/** The finding of a cost model: what a session costs, or why that cannot be said. */
export function describeCost(model: CostModel | null): Finding {
  if (model === null) {
    return {
      headline: 'Nothing imported to price yet',
      lede: 'Import a trace file to see what a session costs and how that grows with its length.',
    };
  }
  const { coverage, costPerSessionUsd: cost } = model;
  if (cost === null) {
    return {
      headline: 'No session could be priced',
      lede: `${formatCounted(coverage.modelCalls, 'model call')} in ${formatCounted(coverage.sessions, 'session')}: ${formatCount(coverage.unpricedCalls)} unpriced, ${formatCount(coverage.usageMissingCalls)} without usage.`,
    };
  }
  return {
    headline:
      coverage.sessions < 20
        ? `A session costs ${formatUsd(cost.p50)} in the median; too few sessions to bound the tail`
        : `Half of sessions cost up to ${formatUsd(cost.p50)}, one in twenty over ${formatUsd(cost.p95)}`,
    lede: describeHistory(model),
  };
}

function describeHistory(model: CostModel): string {
  const parts: string[] = [];
  if (model.historyShare !== null) {
    parts.push(`${formatPercent(model.historyShare)} of input spend is history sent again.`);
  }
  const { growth, topDecileShare } = model;
  if (growth !== null) {
    const direction = growth.tokensPerCall >= 0 ? 'grows' : 'shrinks';
    parts.push(
      `A prompt ${direction} by ${formatCount(Math.abs(growth.tokensPerCall))} tokens from call to call.`,
    );
  }
  if (topDecileShare !== null) {
    parts.push(`The dearest tenth of sessions makes ${formatPercent(topDecileShare)} of the cost.`);
  }
  return parts.join(' ');
}
