import type { ResetPlateau } from '../cost/growth-model';
import { formatCount, formatCounted, formatPercent, formatTokens, formatUsd } from '../format';

/** One number about resets, with what it means. */
export interface ResetFact {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** What is known of the places at which history was cut back. */
export interface ResetFindings {
  readonly heading: string;
  readonly note: string;
  readonly facts: readonly ResetFact[];
  /** What is missing from the totals; null where nothing is. */
  readonly warning: string | null;
}

const intervalNote = (
  interval: readonly [number, number] | null,
  format: (value: number) => string,
) => (interval === null ? '' : `; 95 %: ${format(interval[0])} to ${format(interval[1])}`);

/** Prepares what resets show; usage does not tell a compaction from a rewind. */
export function prepareResets(plateau: ResetPlateau | null): ResetFindings {
  if (plateau === null) {
    return {
      heading: 'No context reset: history only grows',
      note: 'No prompt fell below 70 % of the one before it',
      facts: [],
      warning: null,
    };
  }
  const { resets, thresholdTokens, retainedShare, thresholdWindowShare } = plateau;
  return {
    heading: describeResets(plateau),
    note: `${formatCounted(resets, 'compaction or rewind', 'compactions or rewinds')} in ${formatCounted(plateau.sessions, 'session')}: a prompt below 70 % of the one before`,
    facts: [
      {
        label: 'Prompt before a reset',
        value: `${formatTokens(thresholdTokens.p50)} tokens`,
        note: `median; P10 to P90 ${formatTokens(thresholdTokens.p10)} to ${formatTokens(thresholdTokens.p90)}${intervalNote(thresholdTokens.p50Interval95, formatTokens)}`,
      },
      {
        label: 'Kept of it',
        value: formatPercent(retainedShare.p50),
        note: `median; P10 to P90 ${formatPercent(retainedShare.p10)} to ${formatPercent(retainedShare.p90)}${intervalNote(retainedShare.p50Interval95, formatPercent)}`,
      },
      {
        label: 'Share of the context window',
        value: formatPercent(thresholdWindowShare?.p50),
        note:
          thresholdWindowShare === null
            ? 'the price book tells no context window of these models'
            : 'of the window, in the median, when history was cut back',
      },
      {
        label: 'Cut back at that size',
        value: `${formatCount(plateau.resetAtThreshold)} of ${formatCount(plateau.sessionsAtThreshold)}`,
        note: 'sessions whose prompt came to the median size; compactions happen there, rewinds anywhere',
      },
      {
        label: 'Told by the source',
        value: formatCount(plateau.toldBySource),
        note: 'resets that the trace itself calls a compaction',
      },
      {
        label: 'Summarising calls',
        value: `${formatCount(plateau.summaryCalls)} of ${formatCount(resets)}`,
        note: `${describeSummaryCost(plateau)} Taken for one: the call before a reset whose output is three times the usual and makes half or more of what follows`,
      },
    ],
    warning: warnOfSummaries(plateau),
  };
}

/** Compactions happen at a size; where most sessions pass it untouched, these are rewinds. */
function describeResets(plateau: ResetPlateau): string {
  const { resets, thresholdTokens, retainedShare, sessionsAtThreshold, resetAtThreshold } = plateau;
  if (resetAtThreshold * 2 > sessionsAtThreshold || plateau.toldBySource * 2 > resets) {
    return `Prompts are cut back at ${formatTokens(thresholdTokens.p50)} tokens to ${formatPercent(retainedShare.p50)} of that`;
  }
  return `${formatCounted(resets, 'context reset')} at no common size: rewinds rather than compactions`;
}

function describeSummaryCost({ summaryCalls, summaryCostUsd }: ResetPlateau): string {
  if (summaryCalls === 0) return 'None is in the trace.';
  if (summaryCostUsd === null) return 'They have no price.';
  return `They cost ${formatUsd(summaryCostUsd)} together.`;
}

function warnOfSummaries({ resets, summaryCalls }: ResetPlateau): string | null {
  const missing = resets - summaryCalls;
  if (missing === 0) return null;
  return `The summarising call of ${formatCounted(missing, 'reset')} is not in the trace. Where ${missing === 1 ? 'it was a compaction, its' : 'these were compactions, their'} cost is missing from every total here; a rewind costs nothing.`;
}
