import type { ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import type { PolicyOf } from './policy-of';
import { findTargetModel, moveCall } from './target-model';

/**
 * All calls of one model, or of every model, go to another one.
 *
 * Prompts, outputs and what is read from the cache stay as they are, counted in tokens of the other
 * model; its prices are those of the day of the book.
 */
export function prepareOtherModel(
  policy: PolicyOf<'other_model'>,
  context: ReplayContext,
): ThreadStep | null {
  const target = findTargetModel(policy, context);
  if (target === null) return null;
  const from = policy.fromModel === null ? null : context.modelId(policy.fromModel);
  return (thread) => {
    for (let k = 0; k < thread.calls; k++) {
      const isMoved = from === null || thread.cache[k] === from;
      if (isMoved && !context.isFree(thread.price[k])) moveCall(thread, k, target);
    }
  };
}
