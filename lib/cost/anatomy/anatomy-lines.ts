import { quantile } from '../../stats/quantile';
import type { AnatomyLine, ToolLine } from '../cost-anatomy';
import { cellKinds } from './call-cells';
import { CellSums } from './cell-sums';
import { type OpenTool, otherTools, unnamedTool } from './tool-sums';

/** Lines of a breakdown beyond this many are added up in one. */
const linesMax = 100;

type Entry<T> = readonly [key: number, value: T];

interface Ranked<T> {
  readonly entry: Entry<T>;
  readonly cost: bigint;
  readonly tokens: number;
  readonly name: string;
}

function compare<T>(a: Ranked<T>, b: Ranked<T>): number {
  if (a.cost !== b.cost) return a.cost < b.cost ? 1 : -1;
  return b.tokens - a.tokens || (a.name < b.name ? -1 : 1);
}

/** Largest cost first, then most tokens; equal ones by name. */
function rankByCost<T>(
  groups: Iterable<Entry<T>>,
  sumsOf: (value: T) => CellSums,
  nameOf: (key: number) => string,
): Entry<T>[] {
  const ranked = [...groups].map((entry): Ranked<T> => {
    const sums = sumsOf(entry[1]);
    const all = (cells: Float64Array) => cells.reduce((total, tokens) => total + tokens, 0);
    return {
      entry,
      cost: sums.total(),
      tokens: all(sums.tokens) + all(sums.unpricedTokens),
      name: nameOf(entry[0]),
    };
  });
  return ranked.sort(compare).map(({ entry }) => entry);
}

/** Lines of sums by a name of the calls, dearest first; the smallest beyond a hundred are one. */
export function listLines(
  groups: ReadonlyMap<number, CellSums>,
  names: readonly string[],
): AnatomyLine[] {
  const nameOf = (key: number) => (key < 0 ? '' : names[key]);
  return closeLines(
    rankByCost(groups, (sums) => sums, nameOf),
    nameOf,
  );
}

/** Lines of sums by turn, in the order of turns; calls that do not say theirs come last. */
export function listTurns(groups: ReadonlyMap<number, CellSums>): AnatomyLine[] {
  const rank = (turn: number) => (turn < 0 ? Number.POSITIVE_INFINITY : turn);
  const ordered = [...groups].sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
  return closeLines(ordered, String);
}

function closeLines(
  ordered: readonly Entry<CellSums>[],
  nameOf: (key: number) => string,
): AnatomyLine[] {
  const isKept = ([key]: Entry<CellSums>, i: number) => i < linesMax || key < 0;
  const rest = ordered.filter((entry, i) => !isKept(entry, i));
  const closed = ordered.filter(isKept).map(
    ([key, sums]): AnatomyLine => ({
      kind: key < 0 ? 'not_recorded' : 'named',
      name: key < 0 ? '' : nameOf(key),
      ...sums.toCells(),
    }),
  );
  if (rest.length === 0) return closed;
  const others = new CellSums();
  for (const [, sums] of rest) others.add(sums);
  return [...closed, { kind: 'others', name: '', ...others.toCells() }];
}

const emptyTool = (): OpenTool => ({
  sums: new CellSums(),
  resultTokens: [],
  toolCalls: 0,
  failedToolCalls: 0,
});

/**
 * Lines of what the results of tools cost, and a last one of all that is no tool's, so that they
 * add up to the whole.
 */
export function listTools(
  tools: ReadonlyMap<number, OpenTool>,
  whole: CellSums,
  names: readonly string[],
): ToolLine[] {
  if (tools.size === 0) return [];
  const nameOf = (key: number) => (key < 0 ? '' : names[key]);
  const told = [...tools].filter(([key]) => key !== otherTools);
  const ordered = rankByCost(told, (tool) => tool.sums, nameOf);
  const others = emptyTool();
  const folded = tools.get(otherTools);
  if (folded !== undefined) others.sums.add(folded.sums);
  for (const [, tool] of ordered.splice(linesMax)) {
    others.sums.add(tool.sums);
    others.toolCalls += tool.toolCalls;
    others.failedToolCalls += tool.failedToolCalls;
    for (const tokens of tool.resultTokens) others.resultTokens.push(tokens);
  }
  const isPriced = whole.pricedCalls > 0;
  const lines = ordered.map(([key, tool]) =>
    closeTool(key === unnamedTool ? 'not_recorded' : 'named', nameOf(key), { tool, isPriced }),
  );
  if (others.toolCalls > 0 || folded !== undefined) {
    lines.push(closeTool('others', '', { tool: others, isPriced }));
  }
  const rest = { ...emptyTool(), sums: restOf(whole, tools) };
  return [...lines, closeTool('no_tool', '', { tool: rest, isPriced })];
}

function restOf(whole: CellSums, tools: ReadonlyMap<number, OpenTool>): CellSums {
  const ofTools = new CellSums();
  for (const { sums } of tools.values()) ofTools.add(sums);
  const rest = new CellSums();
  for (let cell = 0; cell < cellKinds.length; cell++) {
    rest.unpricedTokens[cell] = whole.unpricedTokens[cell] - ofTools.unpricedTokens[cell];
    rest.addCost(cell, whole.costOf(cell) - ofTools.costOf(cell));
    rest.tokens[cell] = whole.tokens[cell] - ofTools.tokens[cell];
  }
  return rest;
}

function closeTool(
  kind: ToolLine['kind'],
  name: string,
  { tool, isPriced }: { readonly tool: OpenTool; readonly isPriced: boolean },
): ToolLine {
  return {
    kind,
    name,
    toolCalls: tool.toolCalls,
    failedToolCalls: tool.failedToolCalls,
    tokensPerResultP50: tool.resultTokens.length === 0 ? null : quantile(tool.resultTokens, 0.5),
    costPicoUsd: isPriced ? String(tool.sums.total()) : null,
    cells: tool.sums.listCells(),
  };
}
