const initialCapacity = 64;

function widen<T extends Int32Array | Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/**
 * Tasks as a struct of arrays, addressed by id.
 *
 * A session is its root task; branches, attempts and messages are child tasks. Ids are given back
 * through a free list, most recent first, and the arrays double when they run out.
 */
export class TaskTable {
  #capacity = initialCapacity;
  state = new Uint8Array(initialCapacity);
  /**
   * 1 where a task has or had children, a parent, an owner, holdings, a timer, a turn, a deadline,
   * a checkpoint or expenses. Where it is 0, and in free tasks, the columns of these say: none.
   */
  hasMore = new Uint8Array(initialCapacity);
  pc = new Int32Array(initialCapacity); //           next instruction
  at = new Int32Array(initialCapacity); //           station or block that the task is in
  sessionClass = new Int32Array(initialCapacity);
  priority = new Int32Array(initialCapacity); //     0 goes first
  owner = new Int32Array(initialCapacity).fill(-1); // station that hears of its end; −1: none
  root = new Int32Array(initialCapacity); //         the session, or −1 for work nobody waits for
  parent = new Int32Array(initialCapacity).fill(-1); // −1: none
  firstChild = new Int32Array(initialCapacity).fill(-1);
  nextSibling = new Int32Array(initialCapacity);
  previousSibling = new Int32Array(initialCapacity);
  childrenLeft = new Int32Array(initialCapacity); // children still to wait for
  successesNeeded = new Int32Array(initialCapacity);
  holdings = new Int32Array(initialCapacity).fill(-1); // head of the list of what it holds
  attempt = new Int32Array(initialCapacity); //      number of the attempt, from 1
  instantAttempts = new Int32Array(initialCapacity); // last ones in a row in which no time passed
  guardEpoch = new Int32Array(initialCapacity); //   of the breaker that let the attempt through; 0: none
  guardPlace = new Int32Array(initialCapacity); //   of the session in that breaker
  checkpointPc = new Int32Array(initialCapacity).fill(-1);
  next = new Int32Array(initialCapacity); //         links of the queue the task waits in
  previous = new Int32Array(initialCapacity);
  loadKey = new Int32Array(initialCapacity); //      free for the station the task is in
  job = new Int32Array(initialCapacity); //          what its owner spawned it for
  order = new Float64Array(initialCapacity).fill(-1); // of its pending event; −1: none
  timerOrder = new Float64Array(initialCapacity).fill(-1); // of its pending timer; −1: none
  deadlineOrder = new Float64Array(initialCapacity).fill(-1);
  sinceSec = new Float64Array(initialCapacity); //   when its wait at a station began
  serviceSec = new Float64Array(initialCapacity); // service that it asks for, or has left
  servedSinceSec = new Float64Array(initialCapacity);
  startSec = new Float64Array(initialCapacity); //   of the session or attempt
  turnStartSec = new Float64Array(initialCapacity).fill(Number.NaN); // NaN: not within a turn
  deadlineSec = new Float64Array(initialCapacity).fill(Number.POSITIVE_INFINITY);
  backoffSec = new Float64Array(initialCapacity); // last delay between attempts
  callSec = new Float64Array(initialCapacity); //    when the first attempt began
  attemptSec = new Float64Array(initialCapacity); // when the present attempt began
  residualSec = new Float64Array(initialCapacity); // rest of an operation entered half-way, or NaN
  version = new Float64Array(initialCapacity); //    of the row that was read last
  spentUsd = new Float64Array(initialCapacity);
  spentTokens = new Float64Array(initialCapacity);
  loopsLeft: Float64Array; //                        by task and loop depth; may be beyond 2^31
  readonly #loopDepth: number;
  #free = Int32Array.from({ length: initialCapacity }, (_, i) => initialCapacity - 1 - i);
  #freeCount = initialCapacity;

  /** @param loopDepth loops that nest at most in one task */
  constructor(loopDepth: number) {
    this.#loopDepth = Math.max(1, loopDepth);
    this.loopsLeft = new Float64Array(initialCapacity * this.#loopDepth);
  }

  /** Tasks that are not free. */
  get size(): number {
    return this.#capacity - this.#freeCount;
  }

  /** Ids are below this. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Index of a loop counter. */
  loopIndex(task: number, depth: number): number {
    return task * this.#loopDepth + depth;
  }

  /** Takes a task that is free: it has no links, and nothing is pending. */
  take(): number {
    if (this.#freeCount === 0) this.#grow();
    const task = this.#free[--this.#freeCount];
    this.residualSec[task] = Number.NaN;
    return task;
  }

  /** Gives a task back. */
  leave(task: number): void {
    this.state[task] = 0;
    this.order[task] = -1;
    if (this.hasMore[task] !== 0) this.reset(task);
    this.#free[this.#freeCount++] = task;
  }

  /** Lets a task have no links and nothing pending again, as `hasMore` has it. */
  reset(task: number): void {
    this.hasMore[task] = 0;
    this.firstChild[task] = -1;
    this.parent[task] = -1;
    this.owner[task] = -1;
    this.holdings[task] = -1;
    this.timerOrder[task] = -1;
    this.deadlineOrder[task] = -1;
    this.deadlineSec[task] = Number.POSITIVE_INFINITY;
    this.turnStartSec[task] = Number.NaN;
    this.checkpointPc[task] = -1;
    this.spentUsd[task] = 0;
    this.spentTokens[task] = 0;
  }

  /** Makes a task the first child of another. */
  adopt(parent: number, child: number): void {
    this.hasMore[parent] = 1;
    this.hasMore[child] = 1;
    const first = this.firstChild[parent];
    this.parent[child] = parent;
    this.nextSibling[child] = first;
    this.previousSibling[child] = -1;
    if (first >= 0) this.previousSibling[first] = child;
    this.firstChild[parent] = child;
  }

  /** Takes a child out of its parent's list; it has no parent then. */
  disown(child: number): void {
    const parent = this.parent[child];
    if (parent < 0) return;
    const next = this.nextSibling[child];
    const previous = this.previousSibling[child];
    if (previous >= 0) this.nextSibling[previous] = next;
    else this.firstChild[parent] = next;
    if (next >= 0) this.previousSibling[next] = previous;
    this.parent[child] = -1;
  }

  #grow(): void {
    const from = this.#capacity;
    const to = 2 * from;
    this.state = widen(this.state, new Uint8Array(to));
    this.hasMore = widen(this.hasMore, new Uint8Array(to));
    for (const name of int32Columns) this[name] = widen(this[name], new Int32Array(to));
    for (const name of float64Columns) this[name] = widen(this[name], new Float64Array(to));
    this.order.fill(-1, from);
    for (let task = from; task < to; task++) this.reset(task);
    this.loopsLeft = widen(this.loopsLeft, new Float64Array(to * this.#loopDepth));
    this.#free = new Int32Array(to);
    for (let i = 0; i < from; i++) this.#free[i] = to - 1 - i;
    this.#freeCount = from;
    this.#capacity = to;
  }
}

const int32Columns = [
  'pc',
  'at',
  'sessionClass',
  'priority',
  'owner',
  'root',
  'parent',
  'firstChild',
  'nextSibling',
  'previousSibling',
  'childrenLeft',
  'successesNeeded',
  'holdings',
  'attempt',
  'instantAttempts',
  'guardEpoch',
  'guardPlace',
  'checkpointPc',
  'next',
  'previous',
  'loadKey',
  'job',
] as const;

const float64Columns = [
  'order',
  'timerOrder',
  'deadlineOrder',
  'sinceSec',
  'serviceSec',
  'servedSinceSec',
  'startSec',
  'turnStartSec',
  'deadlineSec',
  'backoffSec',
  'callSec',
  'attemptSec',
  'residualSec',
  'version',
  'spentUsd',
  'spentTokens',
] as const;
