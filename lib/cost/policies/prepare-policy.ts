import type { ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import { prepareBatchDiscount } from './batch-discount';
import { prepareCaching } from './caching';
import { prepareCompaction } from './compaction';
import { prepareOtherModel } from './other-model';
import { prepareOutputCap } from './output-cap';
import type { Policy } from './policy';
import { prepareResponseCache } from './response-cache';
import { prepareRetrievalMemory } from './retrieval-memory';
import { prepareRouting } from './routing';
import { prepareSlidingWindow } from './sliding-window';
import { prepareToolResultCap } from './tool-result-cap';

/**
 * Prepares one policy for a run.
 *
 * @returns what it does with each thread; null where it only says how prompts are charged, or where
 * it cannot be applied, of which it leaves a sentence
 */
export function preparePolicy(policy: Policy, context: ReplayContext): ThreadStep | null {
  switch (policy.kind) {
    case 'other_model':
      return prepareOtherModel(policy, context);
    case 'routing':
      return prepareRouting(policy, context);
    case 'caching':
      return prepareCaching(policy, context);
    case 'compaction':
      return prepareCompaction(policy, context);
    case 'sliding_window':
      return prepareSlidingWindow(policy, context);
    case 'tool_result_cap':
      return prepareToolResultCap(policy, context);
    case 'output_cap':
      return prepareOutputCap(policy, context);
    case 'retrieval_memory':
      return prepareRetrievalMemory(policy, context);
    case 'batch_discount':
      return prepareBatchDiscount(policy, context);
    case 'response_cache':
      return prepareResponseCache(policy, context);
    default:
      return policy satisfies never;
  }
}
