import type { ContextMeasures } from '../../sessions/context-growth';
import type { SessionSet } from '../../sessions/session';

/** Calls of one history with a known prompt, in order; in a group, those of them that belong to it. */
export interface GrowthThread {
  readonly session: number;
  readonly isMainThread: boolean;
  readonly rows: readonly number[];
}

/** Lists the threads of a set that have a call with a known prompt, session by session. */
export function listThreads(set: SessionSet, context: ContextMeasures): GrowthThread[] {
  const threads: { session: number; isMainThread: boolean; rows: number[] }[] = [];
  for (let session = 0; session < set.sessionIds.length; session++) {
    const open = new Map<number, number>();
    for (let row = set.firstCall[session]; row < set.firstCall[session + 1]; row++) {
      if (context.callInThread[row] <= 0) continue;
      const thread = set.calls.thread[row];
      const at = open.get(thread);
      if (at !== undefined) {
        threads[at].rows.push(row);
        continue;
      }
      open.set(thread, threads.length);
      threads.push({ session, isMainThread: set.calls.isMainThread[row] === 1, rows: [row] });
    }
  }
  return threads;
}

/** Threads that are measured together. */
export interface ThreadGroup {
  readonly by: 'all' | 'agent' | 'model';
  readonly name: string | null;
  readonly isMainThread: boolean;
  readonly threads: readonly GrowthThread[];
}

/** Groups of one kind that are fitted; those with most calls. */
const maxGroups = 25;

const countCalls = (threads: readonly GrowthThread[]) =>
  threads.reduce((sum, { rows }) => sum + rows.length, 0);

/** Parts threads by an index column: a thread whose calls differ in it is in several groups. */
function partBy(threads: readonly GrowthThread[], column: Int32Array): Map<number, GrowthThread[]> {
  const groups = new Map<number, GrowthThread[]>();
  const add = (index: number, thread: GrowthThread) => {
    const group = groups.get(index);
    if (group === undefined) groups.set(index, [thread]);
    else group.push(thread);
  };
  for (const thread of threads) {
    const first = column[thread.rows[0]];
    if (thread.rows.every((row) => column[row] === first)) {
      add(first, thread);
      continue;
    }
    const parts = new Map<number, number[]>();
    for (const row of thread.rows) {
      const rows = parts.get(column[row]) ?? [];
      parts.set(column[row], rows);
      rows.push(row);
    }
    for (const [index, rows] of parts) add(index, { ...thread, rows });
  }
  return groups;
}

const isWhole = (members: readonly GrowthThread[], all: readonly GrowthThread[]) =>
  members.every((thread, i) => thread === all[i]);

/**
 * Groups threads as a whole, by agent and by model, main threads and sub-agents apart.
 *
 * @returns the groups with most calls of each kind, and how many were left out
 */
export function groupThreads(
  set: SessionSet,
  threads: readonly GrowthThread[],
): { readonly groups: ThreadGroup[]; readonly leftOut: number } {
  const groups: ThreadGroup[] = [];
  let leftOut = 0;
  for (const isMainThread of [true, false]) {
    const own = threads.filter((thread) => thread.isMainThread === isMainThread);
    if (own.length > 0) groups.push({ by: 'all', name: null, isMainThread, threads: own });
  }
  for (const by of ['agent', 'model'] as const) {
    const parted = groups
      .filter((group) => group.by === 'all')
      .flatMap(({ isMainThread, threads: own }) =>
        [...partBy(own, set.calls[by])].map(([index, members]) => ({
          by,
          name: index < 0 ? null : set.names[index],
          isMainThread,
          // One agent alone is the whole: the same threads, so that they are fitted once.
          threads: members.length === own.length && isWhole(members, own) ? own : members,
          calls: countCalls(members),
        })),
      )
      .sort((a, b) => b.calls - a.calls);
    leftOut += Math.max(0, parted.length - maxGroups);
    for (const { calls: _, ...group } of parted.slice(0, maxGroups)) groups.push(group);
  }
  return { groups, leftOut };
}
