import type { ReplayContext } from '../replay/replay-context';
import { followContext, type ThreadStep } from '../replay/thread-scratch';
import type { PolicyOf } from './policy-of';

/**
 * Visible output above the cap is cut, and later prompts do not send it again.
 *
 * Reasoning stays as it is where it is parted from output; where it is not, it is cut with it.
 */
export function prepareOutputCap(
  policy: PolicyOf<'output_cap'>,
  context: ReplayContext,
): ThreadStep {
  let cuts = 0;
  context.assume(() =>
    cuts === 0
      ? null
      : 'An answer that is cut is taken to be as good, and no call is made to finish it; reasoning is not cut where it is recorded apart.',
  );
  return (thread) => {
    let was = -1;
    let is = -1;
    for (let k = 0; k < thread.calls; k++) {
      const found = thread.shared[k] + thread.added[k];
      if (was >= 0 && found > 0) thread.shared[k] = followContext(thread, k, was, is);
      const before = thread.output[k];
      const cap = policy.tokens / thread.tokenRatio[k];
      if (before > cap) {
        thread.output[k] = cap;
        cuts++;
      }
      if (found === 0) continue;
      was = found + before;
      is = thread.shared[k] + thread.added[k] + thread.output[k];
    }
  };
}
