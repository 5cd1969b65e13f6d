import type { CsvCell } from '../csv-text';
import { formatCounted, formatDecimal, formatDurationSec } from '../format';

/** What happened to one session, as the simulator tells it. */
interface TracedSession {
  readonly steps: readonly {
    readonly timeSec: number;
    readonly branch: number;
    readonly text: string;
  }[];
  readonly isTruncated: boolean;
}

/** One thing that happened, to be read by a person. */
export interface SessionLogRow {
  readonly id: string;
  readonly time: string;
  readonly sincePrevious: string;
  readonly branch: string; // empty: the session itself
  readonly text: string;
}

/** One session step by step. */
export interface SessionLog {
  readonly heading: string;
  readonly note: string;
  readonly hasBranches: boolean;
  readonly rows: readonly SessionLogRow[];
  readonly csv: readonly (readonly CsvCell[])[];
}

/** Prepares the log of one session; null where no such session started. */
export function prepareSessionLog(
  { steps, isTruncated }: TracedSession,
  { className, ordinal }: { readonly className: string; readonly ordinal: number },
): SessionLog | null {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return null;
  const took = formatDurationSec(last.timeSec - first.timeSec);
  return {
    heading: `Session ${ordinal} of ${className} ${endingOf(last.text)} ${took} after it starts`,
    note: `${formatCounted(steps.length, 'step')} in the first replication${isTruncated ? '; more happened than is kept, and the rest is left out' : ''}`,
    hasBranches: steps.some(({ branch }) => branch > 1),
    rows: steps.map(({ timeSec, branch, text }, i) => ({
      id: String(i),
      time: `${formatDecimal(timeSec, 3)}\u00a0s`,
      sincePrevious: i === 0 ? '' : `+${formatDecimal(timeSec - steps[i - 1].timeSec, 3)}\u00a0s`,
      branch: branch === 1 ? '' : `branch ${branch}`,
      text: text.replaceAll('`', ''),
    })),
    csv: [
      ['Time (s)', 'Branch', 'What happens'],
      ...steps.map(({ timeSec, branch, text }) => [timeSec, branch, text.replaceAll('`', '')]),
    ],
  };
}

/** A session that was under way at the horizon has no end. */
function endingOf(text: string): string {
  return text.startsWith('ends') ? text.replaceAll('`', '') : 'is still under way';
}
