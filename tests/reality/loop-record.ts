import { quantile } from '@/lib/stats/quantile';

/** For how long an agent keeps its connection: for both queries and the model call, or per query. */
export type Holding = 'hold' | 'release';

/** What happened in a closed loop, measured or predicted; all times in seconds from its start. */
export class LoopRecord {
  /** One entry per connection taken, in the order in which they were granted. */
  readonly requestedSec: number[] = [];
  readonly grantedSec: number[] = [];
  /** NaN while the connection is held. */
  readonly releasedSec: number[] = [];
  /** When each cycle ended. */
  readonly cycleEndSec: number[] = [];

  /** Records that a connection was granted. Returns the number of the entry. */
  grant(requestedSec: number, grantedSec: number): number {
    this.requestedSec.push(requestedSec);
    this.releasedSec.push(Number.NaN);
    return this.grantedSec.push(grantedSec) - 1;
  }

  /** Records that the connection of an entry was given back. */
  release(entry: number, releasedSec: number): void {
    this.releasedSec[entry] = releasedSec;
  }
}

/** Part of a run that is looked at: from the end of its transient to its end. */
export interface SteadyWindow {
  readonly fromSec: number;
  readonly untilSec: number;
}

/** What the steady part of a closed loop comes to. */
export interface LoopFigures {
  readonly throughputPerSec: number; // cycles per second
  readonly waitSecMean: number; //      of waits that ended in the window; NaN without any
  readonly waitSecP95: number; //       type 7; NaN without any
  readonly utilization: number; //      share of slots in use, weighted by time
  readonly waits: number; //            that ended in the window
}

/**
 * Sums up the steady part of a run.
 *
 * A wait counts where it ends, a cycle likewise; a connection counts for the time that it was held
 * within the window, whether or not it was taken or given back inside of it.
 */
export function summarizeLoop(
  record: LoopRecord,
  window: SteadyWindow,
  slots: number,
): LoopFigures {
  const { fromSec, untilSec } = window;
  const lengthSec = untilSec - fromSec;
  const isInside = (timeSec: number) => timeSec >= fromSec && timeSec < untilSec;
  const waitsSec: number[] = [];
  let heldSec = 0;
  for (const [entry, grantedSec] of record.grantedSec.entries()) {
    if (isInside(grantedSec)) waitsSec.push(grantedSec - record.requestedSec[entry]);
    const releasedSec = record.releasedSec[entry];
    const endSec = Number.isNaN(releasedSec) ? untilSec : Math.min(releasedSec, untilSec);
    heldSec += Math.max(0, endSec - Math.max(grantedSec, fromSec));
  }
  return {
    throughputPerSec: record.cycleEndSec.filter(isInside).length / lengthSec,
    waitSecMean: waitsSec.reduce((sum, waitSec) => sum + waitSec, 0) / waitsSec.length,
    waitSecP95: quantile(waitsSec, 0.95),
    utilization: heldSec / (slots * lengthSec),
    waits: waitsSec.length,
  };
}
