/** What the event log tells of one session; `detail` is a station, block, cause or instruction. */
export const logged = {
  arrived: 0,
  waits: 1, //       detail: station
  served: 2, //      detail: station
  finished: 3, //    detail: station
  delayed: 4, //     detail: 1 for think time
  attempted: 5, //   detail: block
  failed: 6, //      detail: cause
  backsOff: 7, //    detail: block
  timedOut: 8, //    detail: block
  forked: 9, //      detail: fork
  joined: 10,
  acquired: 11, //   detail: station
  released: 12, //   detail: station
  ended: 13, //      detail: cause; 0 is success
  gaveUp: 14, //     detail: block; all attempts failed
  turnBegan: 15,
  turnEnded: 16,
  checkpointed: 17,
  resumed: 18,
  wasCancelled: 19,
} as const;

/** One line of the log. */
export interface LogEntry {
  readonly timeSec: number;
  readonly task: number;
  readonly what: number; // a `logged`
  readonly detail: number;
}

const maxEntries = 20_000;

/** Collects what happens to one session: the n-th of a class that starts. */
export class EventLog {
  readonly entries: LogEntry[] = [];
  readonly sessionClass: number;
  root = -1;
  isTruncated = false;
  #untilStart: number;

  constructor(sessionClass: number, ordinal: number) {
    this.sessionClass = sessionClass;
    this.#untilStart = ordinal;
  }

  /** A session starts; from then on the log follows it if it is the one. */
  onStart(root: number, sessionClass: number): void {
    if (sessionClass === this.sessionClass && --this.#untilStart === 0) this.root = root;
  }

  /** Notes an event, up to a limit that is said. */
  add(timeSec: number, task: number, what: number, detail: number): void {
    if (this.entries.length >= maxEntries) this.isTruncated = true;
    else this.entries.push({ timeSec, task, what, detail });
  }

  /** The session is over. */
  end(): void {
    this.root = -1;
    this.#untilStart = 0;
  }
}
