import type { ContextMeasures } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';
import type { PriceBook } from '../price-book';
import { isMetered, rowTokens } from '../price-session';
import { CallCells } from './call-cells';
import { CellSums } from './cell-sums';
import { ToolSums } from './tool-sums';

/** What the cost of sessions is worked out from. */
export interface AnatomyInput {
  readonly set: SessionSet;
  readonly context: ContextMeasures;
  readonly book: PriceBook;
}

/** Sums by cell over everything and by every name that a call carries; −1 where it carries none. */
export interface DissectedCalls {
  readonly bySession: readonly CellSums[];
  readonly byModel: ReadonlyMap<number, CellSums>;
  readonly byAgent: ReadonlyMap<number, CellSums>;
  readonly byTenant: ReadonlyMap<number, CellSums>;
  readonly byTurn: ReadonlyMap<number, CellSums>;
  readonly tools: ToolSums;
}

/** Takes every metered call apart, once. */
export function dissectCalls({ set, context, book }: AnatomyInput): DissectedCalls {
  const { calls } = set;
  const bySession = set.sessionIds.map(() => new CellSums());
  const byModel = new Map<number, CellSums>();
  const byAgent = new Map<number, CellSums>();
  const byTenant = new Map<number, CellSums>();
  const byTurn = new Map<number, CellSums>();
  const tools = new ToolSums(set, context);
  const cells = new CallCells();
  for (let row = 0; row < calls.length; row++) {
    if (!isMetered(set, row)) {
      tools.addToolCall(row);
      continue;
    }
    if (!isKnown(set, row)) continue;
    cells.layOut(set, row, context, book);
    bySession[calls.session[row]].addCall(cells);
    sumsOf(byModel, calls.model[row]).addCall(cells);
    sumsOf(byAgent, calls.agent[row]).addCall(cells);
    sumsOf(byTenant, calls.tenant[row]).addCall(cells);
    sumsOf(byTurn, calls.turn[row]).addCall(cells);
    tools.addModelCall(row, cells);
  }
  return { bySession, byModel, byAgent, byTenant, byTurn, tools };
}

/** Finds what the results of tools cost within some rows: the first, and the one after the last. */
export function attributeTools(
  { set, context, book }: AnatomyInput,
  [from, to]: readonly [number, number],
): ToolSums {
  const tools = new ToolSums(set, context);
  const cells = new CallCells();
  for (let row = from; row < to; row++) {
    if (!isMetered(set, row)) tools.addToolCall(row);
    else if (isKnown(set, row)) {
      cells.layOut(set, row, context, book);
      tools.addModelCall(row, cells);
    }
  }
  return tools;
}

/** Whether there is anything to take apart: a price, or tokens that have none. */
function isKnown(set: SessionSet, row: number): boolean {
  return !Number.isNaN(set.calls.listCostPicoUsd[row]) || rowTokens(set, row) > 0;
}

function sumsOf(groups: Map<number, CellSums>, key: number): CellSums {
  const known = groups.get(key);
  if (known !== undefined) return known;
  const sums = new CellSums();
  groups.set(key, sums);
  return sums;
}

/** Sum over some sums. */
export function addUp(sums: Iterable<CellSums>): CellSums {
  const whole = new CellSums();
  for (const one of sums) whole.add(one);
  return whole;
}
