import type { GrowthExponent } from '../cost/growth-model';
import { formatDecimal } from '../format';

/** How the exponent of a running total reads, from in step with length to its square. */
export type GrowthPace = 'full_replay' | 'faster' | 'in_step' | 'slower' | 'undecided' | 'unknown';

/** Decides what an exponent shows from its interval: 1 is in step with length, 2 its square. */
export function judgeExponent(exponent: GrowthExponent | null): GrowthPace {
  if (exponent === null || exponent.interval95 === null) return 'unknown';
  const [low, high] = exponent.interval95;
  if (low > 1.75) return 'full_replay';
  if (low > 1.1) return 'faster';
  if (high < 0.9) return 'slower';
  if (low <= 1 && high >= 1.5) return 'undecided';
  return 'in_step';
}

const paceWords = {
  full_replay: 'close to full replay',
  faster: 'faster than in step',
  in_step: 'about in step',
  slower: 'slower than in step',
  undecided: 'not decided',
  unknown: 'too few sessions to be sure',
} as const satisfies Record<GrowthPace, string>;

/** How many times as much twice the calls cost: 2 to the exponent. */
const timesForTwice = (exponent: number) => formatDecimal(2 ** exponent);

/** What twice the calls cost: `twice the calls cost 3.6 times as much`. */
export function describeTwice({ exponent, of }: GrowthExponent): string {
  return `twice the calls ${of === 'list_cost' ? 'cost' : 'send'} ${timesForTwice(exponent)} times as much`;
}

/**
 * An exponent in words: `close to full replay: twice the calls cost 3.6 times as much`.
 *
 * @returns why there is none, for null
 */
export function describeExponent(exponent: GrowthExponent | null): string {
  if (exponent === null) return 'threads are too short to say';
  return `${paceWords[judgeExponent(exponent)]}: ${describeTwice(exponent)}`;
}
