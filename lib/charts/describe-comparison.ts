import type { ReplayChange } from '../cost/replay/replay-outcome';
import { formatUsd } from '../format';
import { describeShareChange, directionOf, formatShareChange } from './describe-change';

/** The finding of a comparison, and what follows from it. */
export interface ComparisonFinding {
  readonly headline: string;
  readonly lede: string;
}

interface ComparisonBasis {
  readonly isPaired: boolean;
  readonly isDrawing: boolean; //  intervals are on their way, and are not missed yet
}

/**
 * Which side costs less per session, careful where the interval does not decide.
 *
 * @param mean of the cost per session; null where a side has no priced call
 */
export function describeComparison(
  mean: ReplayChange | null,
  { isPaired, isDrawing }: ComparisonBasis,
): ComparisonFinding {
  if (mean === null) {
    return {
      headline: 'Nothing to compare: a side has no session with a price',
      lede: 'Calls without usage or without a price have no cost.',
    };
  }
  const { today, changed, difference } = mean;
  const lede = `A costs ${formatUsd(today)} per session, B ${formatUsd(changed)}. ${
    isPaired
      ? 'The same sessions on both sides, each compared with itself.'
      : 'Different sessions: what they were asked to do may differ as well.'
  }`;
  const size = formatUsd(Math.abs(difference));
  const share = isDrawing ? formatShareChange(difference, today) : describeShareChange(mean);
  const direction = directionOf(mean);
  switch (direction) {
    case 'lower':
      return { headline: `B costs ${size} less per session (${share})`, lede };
    case 'higher':
      return { headline: `B costs ${size} more per session (${share})`, lede };
    case 'same':
      return { headline: `A and B cost the same: ${formatUsd(today)} per session`, lede };
    case 'unsure':
      return { headline: `No difference can be told apart from chance (${share})`, lede };
    case 'unknown':
      return { headline: 'What a session costs is not known on both sides', lede };
    default:
      return direction satisfies never;
  }
}
