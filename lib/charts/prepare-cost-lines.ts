import type { CostLine } from '../cost/cost-model';
import { formatPercent, formatTokens, formatUsd } from '../format';

/** One line of a breakdown, ready to be drawn as a bar. */
export interface CostBar {
  readonly name: string;
  readonly tokens: string;
  readonly cost: string;
  readonly share: number | null; //  0–1 of the priced total; null: unpriced
  readonly shareLabel: string;
}

/** The dearest lines of a breakdown; the rest is one line that says how many it stands for. */
export interface CostBars {
  readonly bars: readonly CostBar[];
  readonly shown: number;
  readonly total: number;
}

/**
 * Orders a breakdown by cost, unpriced lines last, and folds what is beyond `linesMax` into one line.
 *
 * @param linesMax at least 1
 */
export function prepareCostLines(lines: readonly CostLine[], linesMax = 8): CostBars {
  const ordered = [...lines].sort(
    (a, b) => (b.listCostUsd ?? -1) - (a.listCostUsd ?? -1) || (a.name < b.name ? -1 : 1),
  );
  const kept = ordered.length <= linesMax ? ordered : ordered.slice(0, linesMax);
  const rest = ordered.slice(kept.length);
  const bars = kept.map(toBar);
  if (rest.length > 0) bars.push(toBar(foldLines(rest)));
  return { bars, shown: kept.length, total: lines.length };
}

function toBar(line: CostLine): CostBar {
  return {
    name: line.name,
    tokens: formatTokens(line.pricingQuantity),
    cost: line.listCostUsd === null ? 'unpriced' : formatUsd(line.listCostUsd),
    share: line.share,
    shareLabel: formatPercent(line.share),
  };
}

/** A sum is unknown only where every part is: an unpriced line does not hide what others cost. */
function foldLines(lines: readonly CostLine[]): CostLine {
  const sum = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
  };
  const unpriced = lines.filter((line) => line.listCostUsd === null).length;
  const note = unpriced === 0 ? '' : `, ${unpriced} of them unpriced`;
  return {
    name: `${lines.length} more${note}`,
    pricingQuantity: sum(lines.map((line) => line.pricingQuantity)),
    listCostUsd: sum(lines.map((line) => line.listCostUsd)),
    share: sum(lines.map((line) => line.share)),
  };
}
