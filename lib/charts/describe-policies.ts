import type { ReplayOutcome } from '../cost/replay/replay-outcome';
import { formatCounted, formatUsd } from '../format';
import { describeShareChange, directionOf, formatShareChange } from './describe-change';

/** The finding of the policies page, and what follows from it. */
export interface PolicyFinding {
  readonly headline: string;
  readonly lede: string;
}

interface FindingOptions {
  readonly isDrawing?: boolean;
  readonly unpriced?: readonly string[];
  readonly isCacheHad?: boolean;
}

/**
 * What some policies would do to the cost of a session, careful where the interval does not decide.
 *
 * @param named the policies in words, to begin a sentence with; null where none is chosen
 * @param options `isDrawing`: intervals are on their way, and are not missed yet; `unpriced`: models
 * that the policies name and the price book has no prices for; `isCacheHad`: the policies cache, and
 * recorded costs show a cache at work that the trace does not count
 */
export function describePolicies(
  outcome: ReplayOutcome,
  named: string | null,
  { isDrawing = false, unpriced = [], isCacheHad = false }: FindingOptions = {},
): PolicyFinding {
  const mean = outcome.costUsd?.mean;
  const lede = describeBasis(outcome);
  if (mean === undefined || mean.today === 0) {
    return { headline: 'No session has a cost that policies could change', lede };
  }
  if (named === null) return { headline: `As today: ${formatUsd(mean.today)} a session`, lede };
  if (unpriced.length > 0) {
    const models = unpriced.join(' and ');
    return {
      headline: `${named} cannot be priced: the price book has no prices for ${models}`,
      lede,
    };
  }
  const from = formatUsd(mean.today);
  const to = formatUsd(mean.changed);
  const share = isDrawing
    ? formatShareChange(mean.difference, mean.today)
    : describeShareChange(mean);
  const direction = directionOf(mean);
  switch (direction) {
    case 'lower':
      return {
        headline: isCacheHad
          ? `${named} would cut list cost from ${from} to ${to} a session (${share}); recorded costs show a cache already at work`
          : `${named} would cut a session from ${from} to ${to} (${share})`,
        lede,
      };
    case 'higher':
      return { headline: `${named} would raise a session from ${from} to ${to} (${share})`, lede };
    case 'same':
      return { headline: `${named} would change nothing here: ${from} a session`, lede };
    case 'unsure':
      return {
        headline: `${named} would make no difference that can be told from chance (${share})`,
        lede,
      };
    case 'unknown':
      return { headline: `${named}: what a session would cost is not known`, lede };
    default:
      return direction satisfies never;
  }
}

function describeBasis({ sessions, sessionsInStore, calls, unpricedCalls }: ReplayOutcome): string {
  const parts = [
    `Mean of ${formatCounted(sessions, 'session')} with ${formatCounted(calls, 'call')}, replayed at list prices.`,
  ];
  if (sessions < sessionsInStore) {
    parts.push(`They are a sample of ${formatCounted(sessionsInStore, 'session')}.`);
  }
  if (unpricedCalls > 0) {
    parts.push(
      `${formatCounted(unpricedCalls, 'call')} without a price ${unpricedCalls === 1 ? 'is' : 'are'} left out on both sides.`,
    );
  }
  return parts.join(' ');
}
