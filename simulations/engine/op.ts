/** Operation codes of compiled programs. Operands `a`, `b`, `c` are columns of the program. */
export const op = {
  /** Lets the duration of the instruction pass. `a` = 1 for a person's think time. */
  delay: 0,
  /** Asks station `a` for what it does; `b` operand of the station, `c` where a body after it ends. */
  use: 1,
  /** Takes station `a` until released; `b` units, `c` scope it is held for. */
  acquire: 2,
  /** Gives station `a` back. */
  release: 3,
  /** Starts the branches of fork `a` as child tasks; goes on at `c`. */
  fork: 4,
  /** Goes on at `a`. */
  jump: 5,
  /** Goes on at one of the targets of choice `a`. */
  choose: 6,
  /** Begins a loop at depth `a`: draws its count, leaves to `c` when there is none. */
  loop: 7,
  /** Ends the body of the loop at depth `a` that begins at `c`. */
  again: 8,
  /** Plays the body after it as a child under block `a` (timeout, retry, breaker); goes on at `c`. */
  attempt: 9,
  /** Ends a task well: a branch, an attempt, a message. */
  endTask: 10,
  /** Ends the session: `a` is a `sessionEnd`. */
  endSession: 11,
  /** Fails with cause `a`, with a probability that the instruction's number holds. */
  fail: 12,
  turnStart: 13,
  turnEnd: 14,
  checkpoint: 15,
  /** Is served by station `a` in a slot that the task or an ancestor holds. */
  serve: 16,
  /** As `serve` where the task or an ancestor holds a slot of station `a`, else as `use`. */
  useOrServe: 17,
} as const;

/** For how long a slot is held. */
export const holdScope = { use: 0, turn: 1, session: 2, open: 3 } as const;

/** How a session can end on its own account. */
export const sessionEnd = { success: 0, failure: 1, abandoned: 2 } as const;

/** What a task is doing; it has at most one event of its own pending, and one timer. */
export const taskState = {
  free: 0,
  ready: 1, //        runs before time moves on
  delaying: 2,
  waiting: 3, //      in the queue of station `at`
  serving: 4, //      served by station `at`
  using: 5, //        served in a slot that the task or an ancestor holds
  joining: 6, //      waits for branches
  attempting: 7, //   waits for the attempt of block `at`
  backingOff: 8, //   between two attempts of block `at`
  resting: 9, //      agent of a closed class between two sessions
  parked: 10, //      waits for a station to wake it, without being in its queue
} as const;
