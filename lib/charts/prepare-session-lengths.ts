import type { Censoring, LengthStep, SessionLengths } from '../cost/growth-model';
import { formatCount, formatCounted, formatDurationSec, formatPercent } from '../format';
import type { ChartWords } from './chart-table';
import { wholeTicks } from './scale';

/** Share of sessions that are longer than n calls or turns, as a step line with its band. */
export interface SessionLengthChart extends ChartWords {
  readonly unit: SessionLengths['unit'];
  readonly steps: readonly LengthStep[];
  readonly last: number;
  readonly median: number | null;
  readonly xTicks: readonly number[];
}

const tableRows = 40;

/** Beyond the length that fewer than one in a hundred sessions pass, nothing is told apart. */
const shownShare = 0.01;

/** Prepares the survival curve of session length for drawing. */
export function prepareSessionLengths(
  lengths: SessionLengths,
  censoring: Censoring,
): SessionLengthChart {
  const { unit, steps, median } = lengths;
  const end = steps.find((step) => step.survival < shownShare) ?? steps.at(-1);
  const last = Math.max(2, end?.at ?? 2);
  const size = Math.max(1, Math.ceil(steps.length / tableRows));
  return {
    unit,
    heading: describeLengths(lengths),
    method: describeCensoring(lengths, censoring),
    summary: summarize(lengths),
    table: {
      columns: [
        unit === 'call' ? 'Calls' : 'Turns',
        'Sessions that came so far',
        'Longer',
        '95 % low',
        '95 % high',
        'Still open',
      ],
      rows: steps
        .filter((_, i) => i % size === 0 || i === steps.length - 1)
        .map((step) => [
          formatCount(step.at),
          formatCount(step.atRisk),
          formatPercent(step.survival),
          formatPercent(step.interval95?.[0]),
          formatPercent(step.interval95?.[1]),
          formatCount(step.censored),
        ]),
    },
    steps: steps.filter((step) => step.at <= last),
    last,
    median,
    // The name of the axis stands at its end.
    xTicks: wholeTicks(last, 6).filter((tick) => tick <= 0.96 * last),
  };
}

function describeLengths({ unit, median, sessions, censored }: SessionLengths): string {
  if (median === null) {
    return censored === sessions
      ? 'No session is known to have ended'
      : `More than half of sessions were still open: no median length`;
  }
  return `Half of sessions end within ${formatCounted(median, unit)}`;
}

function describeCensoring(lengths: SessionLengths, censoring: Censoring): string {
  const counted = formatCounted(lengths.sessions, 'session');
  const what = `Kaplan–Meier over ${counted}, ${lengths.unit === 'call' ? 'main-thread calls' : 'user turns'}; band 95 %.`;
  if (censoring.withoutTimes >= lengths.sessions) {
    return `${what} Without times none can be told to be still open.`;
  }
  if (lengths.censored === 0) return `${what} None was still open at the end of the data.`;
  const gap = censoring.gapSec === null ? '' : ` ${formatDurationSec(censoring.gapSec)}`;
  const unanswered =
    censoring.unansweredTool === 0
      ? ''
      : ` or ends in a tool call without an answer (${formatCount(censoring.unansweredTool)})`;
  const blind =
    censoring.withoutTimes === 0
      ? ''
      : ` ${formatCount(censoring.withoutTimes)} without times count as ended.`;
  return `${what} ${formatCount(lengths.censored)} may still go on and count as at least that long: the last record is within${gap} of the end of the data, the longest of a hundred pauses${unanswered}.${blind}`;
}

function summarize({ unit, steps, median, censored }: SessionLengths): string {
  const tenth = steps.find((step) => step.survival <= 0.1);
  const middle =
    median === null
      ? 'No median is known'
      : `Half of sessions end within ${formatCounted(median, unit)}`;
  const long = tenth === undefined ? '' : `, nine in ten within ${formatCounted(tenth.at, unit)}`;
  return `${middle}${long}; ${formatCount(censored)} may still go on.`;
}
