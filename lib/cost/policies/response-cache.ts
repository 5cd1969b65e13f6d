import type { ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import { CallShare } from './call-share';
import type { PolicyOf } from './policy-of';

/**
 * A share of calls is answered from a store of answers, without the provider.
 *
 * Their answers stay in the history, and the calls that are still made read as much from the prompt
 * cache as they did.
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
  return (thread) => {
    for (let k = 0; k < thread.calls; k++) {
      if (hit.has(thread, k) && !context.isFree(thread.price[k])) thread.isUnsent[k] = 1;
    }
  };
}
