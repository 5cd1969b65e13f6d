import type { GrowthCurves, GrowthGroup } from '../cost/growth-model';
import { formatCount, formatCounted, formatPercent, formatTokens } from '../format';

/** How far the fitted mean lies from the measured one, at the last place that is well observed. */
function describeDeviation({ measured, fitted, observed, unit }: GrowthCurves): string {
  const seen = measured.findLast((point) => point.at <= observed);
  const fit = fitted.find((point) => point.at === seen?.at);
  if (seen === undefined || fit === undefined) return '';
  const share = fit.promptTokens.value / seen.promptTokensMean - 1;
  return `; after ${formatCounted(seen.at, unit)} it is ${formatPercent(Math.abs(share))} ${share < 0 ? 'below' : 'above'} the measured mean of tokens`;
}

/** How growth was measured and fitted, in one line. */
export function describeGrowthMethod(curves: GrowthCurves, main: GrowthGroup): string {
  const { slope } = main;
  const parts = [
    curves.observed === 0
      ? `No ${curves.unit} was reached by ten sessions: everything is extrapolated.`
      : `Solid: sessions that came so far, P10 to P90, up to ${curves.unit} ${formatCount(curves.observed)}, which ten reached.`,
  ];
  if (slope === null) return `${parts.join('')} No fit: no segment has three calls.`;
  const per = curves.unit === 'call' ? '' : ` and ${curves.callsPerUnit.toFixed(1)} calls a turn`;
  const cut =
    curves.isCutBack && main.plateau !== null
      ? `, cut back at ${formatTokens(main.plateau.thresholdTokens.p50)}`
      : '';
  parts.push(
    `Dashed: fitted, n·S + g·n(n−1)/2 with g = ${formatCount(slope.tokensPerCall)} tokens a call${per}${cut}${describeDeviation(curves)}.`,
  );
  if (curves.endsAtWindow) parts.push('It ends where the prompt outgrows the context window.');
  return parts.join(' ');
}
