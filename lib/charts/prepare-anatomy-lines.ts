import type { AnatomyLine, CostAnatomy, CostCell, ToolLine } from '../cost/cost-anatomy';
import { formatCount, formatPercent, formatTokens, formatUsd } from '../format';
import { shareOf, usdOf } from './exact-usd';
import type { CostBar, CostBars } from './prepare-cost-lines';

/** By what a cost can be broken down, besides the token kind. */
export type AnatomySplit = 'model' | 'agent' | 'tool' | 'turn' | 'tenant';

/** Lines that are drawn; the rest is in the file. */
const barsMax = 12;

/** Name of a line as it is shown. */
export function nameLine(split: AnatomySplit, line: AnatomyLine | ToolLine): string {
  if (line.kind === 'not_recorded') return 'not recorded';
  if (line.kind === 'others') return 'all others';
  if (line.kind === 'no_tool') return 'All that is no result of a tool';
  return split === 'turn' ? `Turn ${formatCount(Number(line.name) + 1)}` : line.name;
}

/** Lines of one breakdown. */
export function linesOf(
  split: AnatomySplit,
  anatomy: CostAnatomy,
): readonly (AnatomyLine | ToolLine)[] {
  const { byModel, byAgent, byTool, byTurn, byTenant } = anatomy;
  return { model: byModel, agent: byAgent, tool: byTool, turn: byTurn, tenant: byTenant }[split];
}

/** Draws the lines of one breakdown as bars, in the order in which they are given. */
export function prepareAnatomyLines(split: AnatomySplit, anatomy: CostAnatomy): CostBars {
  const lines = linesOf(split, anatomy);
  const whole = anatomy.whole.costPicoUsd;
  const shown =
    lines.length <= barsMax + 1
      ? lines
      : [...lines.slice(0, barsMax), ...lines.slice(barsMax).filter(isApart)];
  return {
    bars: shown.map((line) => barOf(nameLine(split, line), line, whole)),
    shown: shown.length,
    total: lines.length,
  };
}

/** A line without which the others do not tell what they are a part of. */
const isApart = (line: AnatomyLine | ToolLine) => line.kind === 'no_tool';

function barOf(name: string, line: AnatomyLine | ToolLine, whole: string | null): CostBar {
  const tokens = (pick: (cell: CostCell) => number) =>
    line.cells.reduce((sum, cell) => sum + pick(cell), 0);
  const priced = tokens((cell) => cell.tokens);
  return {
    name,
    tokens: formatTokens(priced > 0 ? priced : tokens((cell) => cell.unpricedTokens)),
    cost: line.costPicoUsd === null ? 'unpriced' : formatUsd(usdOf(line.costPicoUsd)),
    share: shareOf(line.costPicoUsd, whole),
    shareLabel: formatPercent(shareOf(line.costPicoUsd, whole)),
  };
}

/** How a breakdown was made, in one sentence where it does not go without saying. */
export function explainSplit(split: AnatomySplit): string | null {
  if (split === 'tool') {
    return 'A tool costs what its results cost: the new tokens of the call after it, shared evenly where several results arrive at once (a new user turn takes one share), and their share by tokens of the history sent again by later calls, until a context reset.';
  }
  if (split === 'turn') return 'A turn is one user input and everything until the reply.';
  return null;
}

/** The finding of a breakdown: its dearest line, or that nothing can be said. */
export function describeSplit(split: AnatomySplit, anatomy: CostAnatomy): string {
  const lines = linesOf(split, anatomy).filter((line) => line.kind !== 'no_tool');
  const costOf = (line: AnatomyLine | ToolLine) => BigInt(line.costPicoUsd ?? 0);
  const [first, ...rest] = lines;
  const nothing = {
    model: 'No call has usage',
    agent: 'No call has usage',
    tenant: 'No call has usage',
    turn: 'No call has usage',
    tool: 'No tool call is recorded',
  } as const;
  if (first === undefined) return nothing[split];
  const dearest = rest.reduce((most, line) => (costOf(line) > costOf(most) ? line : most), first);
  const share = shareOf(dearest.costPicoUsd, anatomy.whole.costPicoUsd);
  if (share === null) return `Tokens by ${split}; no call has a price`;
  const name = nameLine(split, dearest);
  return split === 'tool'
    ? `Results of ${name}: ${formatPercent(share)} of the cost`
    : `${name}: ${formatPercent(share)} of the cost`;
}
