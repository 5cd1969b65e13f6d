import type { ReasonCode } from './assessment';
import type { Fact } from './facts';

/** A judgement of one number against one limit. */
export interface Judgement {
  readonly status: 'pass' | 'warn' | 'fail' | 'unknown';
  readonly reason: ReasonCode;
}

/**
 * Whether a quantity stays at or below a limit, decided by the unfavourable end of its interval.
 *
 * The point estimate above the limit fails. The point estimate within it and the upper end above
 * it is inconclusive, and so is an estimate without an interval where one is required.
 *
 * @param limit in the unit of the fact
 * @param needsInterval false where the number is a count of the whole file and not an estimate
 */
export function judgeAtMost(fact: Fact, limit: number, needsInterval: boolean): Judgement {
  const { value, interval95 } = fact;
  if (value === null || Number.isNaN(value)) return { status: 'unknown', reason: 'no_evidence' };
  if (value > limit) return { status: 'fail', reason: 'not_met' };
  const upper = interval95 === null ? (needsInterval ? Infinity : value) : interval95[1];
  if (!(upper <= limit)) return { status: 'warn', reason: 'inconclusive' };
  return { status: 'pass', reason: 'met' };
}

/** Why a judgement is inconclusive, to end a sentence with; empty where it is not. */
export function doubtOf(judgement: Judgement, { interval95 }: Fact): string {
  if (judgement.reason !== 'inconclusive') return '';
  return interval95 === null
    ? '; too few sessions to say how sure that is'
    : '; the upper end of its interval is not within that';
}
