import {
  type CacheState,
  type CostAnatomy,
  type CostCell,
  type CostPart,
  CacheState as cacheStates,
  CostPart as costParts,
} from '../cost/cost-anatomy';
import { formatCounted, formatPercent, formatTokens, formatUsd } from '../format';
import { shareOf, usdOf } from './exact-usd';
import { partNames } from './name-cost-part';

/** Cost and tokens of one part in one state. */
export interface MatrixCell {
  readonly state: CacheState | null;
  readonly cost: string;
  readonly tokens: string;
  /** Width of its bar, as a share of the whole cost. */
  readonly share: number;
}

/** One part of the cost: what it is, and how it was charged. */
export interface MatrixRow {
  readonly part: CostPart;
  readonly name: string;
  readonly cells: readonly MatrixCell[]; // one for each state of a prompt; one alone for an answer
  readonly tokens: string;
  readonly cost: string;
  readonly shareLabel: string;
}

/** The cost as a matrix of parts and states. */
export interface CostMatrix {
  readonly heading: string;
  readonly method: string;
  readonly rows: readonly MatrixRow[];
  /** Largest share of a part: its bar takes the full width. */
  readonly shareMax: number;
  readonly isPriced: boolean;
}

/** What of an anatomy the matrix is made from. */
type WholeAnatomy = Pick<CostAnatomy, 'whole' | 'historyShare' | 'sessions' | 'sessionsInStore'>;

/** Lays the cost out by what tokens are and how they were charged. */
export function prepareCostMatrix(anatomy: WholeAnatomy): CostMatrix {
  const { whole, historyShare } = anatomy;
  const isPriced = whole.costPicoUsd !== null;
  const rows = costParts.options.flatMap((part) => rowOf(part, whole.cells, whole.costPicoUsd));
  const shares = rows.map((row) => row.cells.reduce((sum, cell) => sum + cell.share, 0));
  return {
    heading: headingOf(historyShare, isPriced),
    method: methodOf(anatomy),
    rows,
    shareMax: Math.max(...shares, 0),
    isPriced,
  };
}

function headingOf(historyShare: number | null, isPriced: boolean): string {
  if (!isPriced) return 'Where the tokens go; no call has a price';
  if (historyShare === null) return 'Where the money goes';
  return `Where the money goes: ${formatPercent(historyShare)} of the input spend is history sent again`;
}

function methodOf({ whole, sessions, sessionsInStore }: WholeAnatomy): string {
  const calls =
    whole.pricedCalls > 0
      ? `${formatCounted(whole.pricedCalls, 'priced call')}`
      : `${formatCounted(whole.unpricedCalls, 'call')} without a price`;
  const sample =
    sessions < sessionsInStore ? ` of a sample of ${formatCounted(sessions, 'session')}` : '';
  return `${calls}${sample}. A prompt is laid down as standing prefix, history, new content; a cache reads from its start, then writes, and the rest is fresh.`;
}

function rowOf(part: CostPart, cells: readonly CostCell[], whole: string | null): MatrixRow[] {
  const own = cells.filter((cell) => cell.part === part);
  if (own.length === 0) return [];
  const isAnswer = part === 'output' || part === 'reasoning';
  const states = isAnswer ? [null] : cacheStates.options;
  const cost = own.reduce((sum, cell) => sum + BigInt(cell.costPicoUsd), 0n);
  return [
    {
      part,
      name: partNames[part],
      cells: states.map((state) => cellOf(own, state, whole)),
      tokens: formatTokens(own.reduce((sum, cell) => sum + tokensOf(cell, whole), 0)),
      cost: whole === null ? 'unpriced' : formatUsd(usdOf(String(cost))),
      shareLabel: formatPercent(shareOf(String(cost), whole)),
    },
  ];
}

function cellOf(own: readonly CostCell[], state: CacheState | null, whole: string | null) {
  const cell = own.find((one) => one.state === state);
  return {
    state,
    cost: whole === null ? '—' : formatUsd(usdOf(cell?.costPicoUsd ?? '0')),
    tokens: formatTokens(cell === undefined ? 0 : tokensOf(cell, whole)),
    share: shareOf(cell?.costPicoUsd ?? '0', whole) ?? 0,
  };
}

/** Tokens behind a cost; where no call has a price, tokens are all there is to show. */
function tokensOf(cell: CostCell, whole: string | null): number {
  return whole === null ? cell.unpricedTokens : cell.tokens;
}
