import type { ContextMeasures } from '../../sessions/context-growth';
import { callKindCode, type SessionSet } from '../../sessions/session';
import { apportion } from './apportion';
import { type CallCells, firstCell, statesPerPart } from './call-cells';
import { CellSums } from './cell-sums';
import { ThreadHistory } from './thread-history';

/** Key of calls that do not name their tool, as in the columns. */
export const unnamedTool = -1;

/** Key of the tools of a thread beyond those that are told apart in its history. */
export const otherTools = -2;

/** Tools told apart in the history of one thread; a caller with more of them makes them up. */
const toolsPerThreadMax = 100;

/** What is known of one tool. */
export interface OpenTool {
  readonly sums: CellSums;
  /** New tokens of each result, shared evenly where several came back at once. */
  readonly resultTokens: number[];
  toolCalls: number;
  failedToolCalls: number;
}

/**
 * Finds what the results of tools cost.
 *
 * The new tokens of a model call are shared evenly among the tool calls of its thread since the
 * model call before it; a user turn that begins in between takes one share more. From then on each
 * call's re-sent history is shared by tokens among what it is made of, until a context reset, after
 * which nothing says whose tokens were kept. All amounts are whole and add up to the call's.
 */
export class ToolSums {
  /** By index of the tool's name. */
  readonly tools = new Map<number, OpenTool>();

  readonly #set: SessionSet;
  readonly #context: ContextMeasures;
  /** Threads of the session that is being read. */
  readonly #threads = new Map<number, ThreadHistory>();
  #session = -1;
  #shares = new Float64Array(8);

  constructor(set: SessionSet, context: ContextMeasures) {
    this.#set = set;
    this.#context = context;
  }

  /** Takes in a tool call. */
  addToolCall(row: number): void {
    const { calls } = this.#set;
    if (calls.kind[row] !== callKindCode.tool) return;
    const name = calls.tool[row] < 0 ? unnamedTool : calls.tool[row];
    const tool = this.#openTool(name);
    tool.toolCalls++;
    tool.failedToolCalls += calls.hasError[row];
    const { pending } = this.#threadOf(row);
    pending.set(name, (pending.get(name) ?? 0) + 1);
  }

  /** Takes in a model call that has been laid out. */
  addModelCall(row: number, cells: CallCells): void {
    const { calls } = this.#set;
    if (this.#context.callInThread[row] < 0) return;
    const thread = this.#threadOf(row);
    const prompt = this.#context.promptTokens[row];
    const standing = Math.min(this.#context.standingPrefixTokens[row] || 0, prompt);
    const isStart = this.#context.callInThread[row] === 1;
    if (isStart || this.#context.isContextReset[row] === 1) {
      thread.restart(prompt - standing);
    } else {
      const history = Math.max(0, this.#context.resentTokens[row] - standing);
      thread.cutTo(history);
      this.#shareHistory(thread, cells);
      this.#shareNewInput(row, thread, cells);
    }
    thread.addOther(calls.output[row] || 0);
    thread.pending.clear();
    thread.lastTurn = calls.turn[row];
  }

  #shareHistory(thread: ThreadHistory, cells: CallCells): void {
    if (thread.tools.length === 0) return;
    this.#share(firstCell.resentHistory, thread.tools, thread.tokens, cells);
  }

  #shareNewInput(row: number, thread: ThreadHistory, cells: CallCells): void {
    let newTokens = 0;
    for (let state = 0; state < statesPerPart; state++) {
      newTokens += cells.tokens[firstCell.newInput + state];
    }
    const { pending } = thread;
    if (pending.size === 0) {
      thread.addOther(newTokens);
      return;
    }
    const isNewTurn = thread.lastTurn !== this.#set.calls.turn[row];
    const tools = [...pending.keys()];
    const weights = [...pending.values(), isNewTurn ? 1 : 0];
    const sum = weights.reduce((total, weight) => total + weight, 0);
    this.#share(firstCell.newInput, tools, weights, cells);
    tools.forEach((name, i) => {
      const isHeld = thread.tools.includes(name) || thread.tools.length < toolsPerThreadMax;
      thread.addTool(isHeld ? name : otherTools, (newTokens * weights[i]) / sum);
      const { resultTokens } = this.#openTool(name);
      for (let call = 0; call < weights[i]; call++) resultTokens.push(newTokens / sum);
    });
    thread.addOther((newTokens * weights[tools.length]) / sum);
  }

  /** Shares one part of a call among tools; the last weight is that of everything else. */
  #share(
    cell: number,
    tools: readonly number[],
    weights: readonly number[],
    cells: CallCells,
  ): void {
    if (this.#shares.length < 2 * weights.length) {
      this.#shares = new Float64Array(4 * weights.length);
    }
    const n = tools.length;
    const tokenShares = this.#shares.subarray(0, n + 1);
    const costShares = this.#shares.subarray(n + 1, 2 * n + 2);
    for (let at = cell; at < cell + statesPerPart; at++) {
      if (cells.tokens[at] === 0 && cells.costPicoUsd[at] === 0) continue;
      apportion(cells.tokens[at], weights, tokenShares);
      if (cells.isPriced) apportion(cells.costPicoUsd[at], weights, costShares);
      for (let i = 0; i < n; i++) {
        const { sums } = this.#openTool(tools[i]);
        if (cells.isPriced) sums.addCell(at, tokenShares[i], costShares[i]);
        else sums.unpricedTokens[at] += tokenShares[i];
      }
    }
  }

  #threadOf(row: number): ThreadHistory {
    const { calls } = this.#set;
    if (calls.session[row] !== this.#session) {
      this.#session = calls.session[row];
      this.#threads.clear();
    }
    const known = this.#threads.get(calls.thread[row]);
    if (known !== undefined) return known;
    const thread = new ThreadHistory();
    this.#threads.set(calls.thread[row], thread);
    return thread;
  }

  #openTool(name: number): OpenTool {
    const known = this.tools.get(name);
    if (known !== undefined) return known;
    const tool = { sums: new CellSums(), resultTokens: [], toolCalls: 0, failedToolCalls: 0 };
    this.tools.set(name, tool);
    return tool;
  }
}
