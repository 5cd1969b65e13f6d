import type { ContextMeasures } from '../sessions/context-growth';
import type { SessionSet } from '../sessions/session';
import { tokenBuckets } from '../traces/call-record';
import { usdFromPicoUsd } from '../units';
import { CallCells } from './anatomy/call-cells';
import type { CostLine } from './cost-model';
import { PicoUsdSum } from './pico-usd-sum';
import type { PriceBook } from './price-book';
import { promptBuckets } from './price-call';
import { isMetered, rowTokens } from './price-session';

/** Lines of a breakdown beyond this many are added up in one. */
const maxLines = 100;

/** Name of the line of calls that do not say. */
const notRecordedName = 'not recorded';

/** Name of the line that adds up the smallest ones. */
const allOthersName = 'all others';

interface OpenLine {
  readonly cost: PicoUsdSum;
  pricedTokens: number;
  unpricedTokens: number;
  isPriced: boolean;
}

const openLine = (): OpenLine => ({
  cost: new PicoUsdSum(),
  pricedTokens: 0,
  unpricedTokens: 0,
  isPriced: false,
});

function shareOf(part: bigint, total: bigint): number | null {
  return total > 0n ? usdFromPicoUsd(part) / usdFromPicoUsd(total) : null;
}

function closeLine(name: string, line: OpenLine, totalPicoUsd: bigint): CostLine {
  const cost = line.cost.total();
  return {
    name,
    pricingQuantity: line.isPriced ? line.pricedTokens : line.unpricedTokens,
    listCostUsd: line.isPriced ? usdFromPicoUsd(cost) : null,
    share: line.isPriced ? shareOf(cost, totalPicoUsd) : null,
  };
}

function addLine(to: OpenLine, line: OpenLine): void {
  to.cost.add(line.cost.total());
  to.pricedTokens += line.pricedTokens;
  to.unpricedTokens += line.unpricedTokens;
  to.isPriced ||= line.isPriced;
}

/** Largest cost first; unpriced lines last, by tokens; names break ties. */
function compareLines([nameA, a]: [string, OpenLine], [nameB, b]: [string, OpenLine]): number {
  if (a.isPriced !== b.isPriced) return a.isPriced ? -1 : 1;
  const difference = a.isPriced
    ? b.cost.total() - a.cost.total()
    : BigInt(Math.round(b.unpricedTokens - a.unpricedTokens));
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return nameA < nameB ? -1 : 1;
}

/**
 * Breaks the cost down by one name of every call.
 *
 * A line with priced calls shows their tokens only; a line without shows its tokens and no cost.
 *
 * @param nameColumn index into `set.names` per row; −1 is not recorded
 */
export function sumCostBy(
  set: SessionSet,
  nameColumn: Int32Array,
  totalPicoUsd: bigint,
): CostLine[] {
  const lines = new Map<number, OpenLine>();
  for (let row = 0; row < set.calls.length; row++) {
    const tokens = rowTokens(set, row);
    if (!isMetered(set, row) || Number.isNaN(tokens)) continue;
    const picoUsd = set.calls.listCostPicoUsd[row];
    if (tokens === 0 && Number.isNaN(picoUsd)) continue;
    const line = lines.get(nameColumn[row]) ?? openLine();
    lines.set(nameColumn[row], line);
    if (Number.isNaN(picoUsd)) {
      line.unpricedTokens += tokens;
    } else {
      line.isPriced = true;
      line.pricedTokens += tokens;
      line.cost.add(picoUsd);
    }
  }
  const named = [...lines]
    .map(([index, line]): [string, OpenLine] => [
      index < 0 ? notRecordedName : set.names[index],
      line,
    ])
    .sort(compareLines);
  const rest = named.splice(maxLines);
  if (rest.length > 0) {
    const others = openLine();
    for (const [, line] of rest) addLine(others, line);
    named.push([allOthersName, others]);
  }
  return named.map(([name, line]) => closeLine(name, line, totalPicoUsd));
}

/** Cost by token bucket, and what of the prompt's cost went to history sent again. */
export interface BucketBreakdown {
  readonly byBucket: CostLine[]; //       in the order of `tokenBuckets`; buckets without tokens left out
  /** Dollars on re-sent history ÷ dollars of input; null when no prompt has a cost. */
  readonly historyShare: number | null;
}

/** Breaks the cost of all priced calls down by bucket; the lines add up to the total exactly. */
export function sumCostByBucket(
  set: SessionSet,
  context: ContextMeasures,
  { totalPicoUsd, book }: { readonly totalPicoUsd: bigint; readonly book: PriceBook },
): BucketBreakdown {
  const lines = tokenBuckets.map(openLine);
  const cells = new CallCells();
  let historyPicoUsd = 0;
  let inputPicoUsd = 0;
  for (let row = 0; row < set.calls.length; row++) {
    if (!isMetered(set, row) || Number.isNaN(set.calls.listCostPicoUsd[row])) continue;
    cells.layOut(set, row, context, book);
    const costs = cells.bucketCosts;
    tokenBuckets.forEach((bucket, i) => {
      const tokens = set.calls[bucket][row] || 0;
      if (tokens === 0 && costs[bucket] === 0) return;
      lines[i].isPriced = true;
      lines[i].pricedTokens += tokens;
      lines[i].cost.add(costs[bucket]);
    });
    for (const bucket of promptBuckets) inputPicoUsd += costs[bucket];
    historyPicoUsd += cells.historyPicoUsd();
  }
  return {
    byBucket: lines.flatMap((line, i) =>
      line.isPriced ? [closeLine(tokenBuckets[i], line, totalPicoUsd)] : [],
    ),
    historyShare: inputPicoUsd > 0 ? historyPicoUsd / inputPicoUsd : null,
  };
}
