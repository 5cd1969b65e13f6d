import type { ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import { CallShare } from './call-share';
import type { PolicyOf } from './policy-of';
import { findTargetModel, moveCall } from './target-model';

/**
 * A share of the calls of one agent, or of all, goes to another model.
 *
 * The prompt cache does not follow: a call that comes back to a model, or comes to it for the first
 * time within a thread, reads at most what that model itself saw of the thread and writes the rest.
 * The first call of a thread keeps what it read, since that came from other sessions.
 */
export function prepareRouting(
  policy: PolicyOf<'routing'>,
  context: ReplayContext,
): ThreadStep | null {
  const target = findTargetModel(policy, context);
  if (target === null) return null;
  const { set } = context;
  const chosen = new CallShare(set, context.nextSalt('routing'), policy.share);
  const agent = policy.agentName === null ? null : set.names.indexOf(policy.agentName);
  context.assume(
    () =>
      'Which calls are routed is drawn by lot: a router that chooses by difficulty does better or worse.',
  );
  context.assume(() => 'The prompt cache of one model does not help the calls of another.');
  return (thread) => {
    if (agent !== null && (agent < 0 || thread.agent !== agent)) return;
    for (let k = 0; k < thread.calls; k++) {
      if (!chosen.has(thread, k) || context.isFree(thread.price[k])) continue;
      moveCall(thread, k, target);
      thread.isRouted = true;
    }
  };
}
