import type { ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import { prepareCaching } from './caching';
import type { Policy } from './policy';

/**
 * Prepares one policy for a run.
 *
 * @returns what it does with each thread; null where it only says how prompts are charged, or where
 * it cannot be applied, of which it leaves a sentence
 */
export function preparePolicy(policy: Policy, context: ReplayContext): ThreadStep | null {
  switch (policy.kind) {
    case 'caching':
      return prepareCaching(policy, context);
    default:
      throw new RangeError(`The policy '${policy.kind}' is not there yet.`);
  }
}
