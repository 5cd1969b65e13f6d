import { callKindCode, type SessionSet } from '../sessions/session';

/** Times in a row from which an identical call counts as a loop. */
export const loopRepeats = 5;

/** Longest cycle of different calls that is looked for. */
const longestCycle = 3;

/** Repeats of identical tool calls. */
export interface RepeatMeasure {
  readonly toolCalls: number;
  readonly toolCallsWithDigest: number; // whose arguments can be compared
  readonly sessionsWithLoop: number;
  readonly worstRepeats: number; //         most times one call or cycle came in a row
  readonly worstTool: string | null;
}

/**
 * Finds tool calls that one thread repeats with identical arguments, alone or as a cycle of two or
 * three calls. A call whose arguments were not recorded ends a repetition.
 */
export function measureRepeats(set: SessionSet): RepeatMeasure {
  const { calls } = set;
  let toolCalls = 0;
  let toolCallsWithDigest = 0;
  let sessionsWithLoop = 0;
  let worstRepeats = 0;
  let worstTool: string | null = null;
  for (let s = 0; s < set.sessionIds.length; s++) {
    const byThread = new Map<number, number[]>();
    for (let row = set.firstCall[s] ?? 0; row < (set.firstCall[s + 1] ?? 0); row++) {
      if (calls.kind[row] !== callKindCode.tool) continue;
      toolCalls += 1;
      if ((calls.inputDigest[row] ?? -1) >= 0) toolCallsWithDigest += 1;
      const thread = calls.thread[row] ?? 0;
      const rows = byThread.get(thread);
      if (rows === undefined) byThread.set(thread, [row]);
      else rows.push(row);
    }
    let hasLoop = false;
    for (const rows of byThread.values()) {
      const longest = longestRepetition(set, rows);
      if (longest.repeats >= loopRepeats) hasLoop = true;
      if (longest.repeats <= worstRepeats) continue;
      worstRepeats = longest.repeats;
      worstTool = set.names[calls.tool[longest.row] ?? -1] ?? null;
    }
    if (hasLoop) sessionsWithLoop += 1;
  }
  return { toolCalls, toolCallsWithDigest, sessionsWithLoop, worstRepeats, worstTool };
}

function longestRepetition(
  set: SessionSet,
  rows: readonly number[],
): { repeats: number; row: number } {
  let best = { repeats: rows.length === 0 ? 0 : 1, row: rows[0] ?? 0 };
  for (let period = 1; period <= longestCycle; period++) {
    let matched = 0;
    for (let at = period; at < rows.length; at++) {
      const row = rows[at] ?? 0;
      matched = isSameCall(set, row, rows[at - period] ?? 0) ? matched + 1 : 0;
      const repeats = Math.floor(matched / period) + 1;
      if (repeats > best.repeats) best = { repeats, row };
    }
  }
  return best;
}

function isSameCall({ calls }: SessionSet, a: number, b: number): boolean {
  const digest = calls.inputDigest[a] ?? -1;
  return digest >= 0 && digest === calls.inputDigest[b] && calls.tool[a] === calls.tool[b];
}
