import { checkAbove, checkAtLeast, checkCount } from './check-argument';

/** A message queue that hands a message out again unless its work is done within the timeout. */
export interface Redelivery {
  readonly redeliveryProbability: number; // per receive
  readonly deadLetterProbability: number; // of a message, after `receivesMax` receives in vain
}

/**
 * Redelivery by visibility timeout with exponential work: p = exp(−V/S) per receive, and pⁿ end in the
 * dead-letter queue.
 *
 * @param message timeout V ≥ 0 and mean work S > 0 in seconds, n = `receivesMax` an integer ≥ 1
 * @throws RangeError when an argument is outside its stated range
 */
export function solveRedelivery(message: {
  readonly visibilityTimeoutSec: number;
  readonly workSecMean: number;
  readonly receivesMax: number;
}): Redelivery {
  const { visibilityTimeoutSec, workSecMean, receivesMax } = message;
  checkAtLeast('seconds of visibility timeout', visibilityTimeoutSec, 0);
  checkAbove('seconds of work', workSecMean, 0);
  checkCount('receives', receivesMax, 1);
  const redeliveryProbability = Math.exp(-visibilityTimeoutSec / workSecMean);
  return {
    redeliveryProbability,
    deadLetterProbability: redeliveryProbability ** receivesMax,
  };
}
