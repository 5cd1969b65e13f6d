import type { ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import { CallShare } from './call-share';
import type { PolicyOf } from './policy-of';
import { unsentSentence } from './unsent-sentence';

/**
 * A share of calls is answered from a store of answers, without the provider.
 *
 * Their answers stay in the history. What such a call would have written to the prompt cache is not
 * there: the next call that is made sends it itself.
 */
export function prepareResponseCache(
  policy: PolicyOf<'response_cache'>,
  context: ReplayContext,
): ThreadStep {
  const hit = new CallShare(context.set, context.nextSalt('response_cache'), policy.hitShare);
  context.assume(
    () =>
      'Which calls are answered from the store is drawn by lot, and such an answer costs nothing.',
  );
  if (policy.hitShare > 0) context.assume(() => unsentSentence);
  return (thread) => {
    for (let k = 0; k < thread.calls; k++) {
      if (hit.has(thread, k) && !context.isFree(thread.price[k])) thread.isUnsent[k] = 1;
    }
  };
}
