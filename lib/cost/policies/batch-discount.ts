import { isRegional, type ReplayContext } from '../replay/replay-context';
import type { ThreadStep } from '../replay/thread-scratch';
import { CallShare } from './call-share';
import type { PolicyOf } from './policy-of';

const none = -1;

/**
 * A share of calls is made in batches, at the prices of the batch tier.
 *
 * A model without such prices in the book keeps its own: no discount is invented. Calls that a later
 * policy moves to another model are no batch calls any more.
 */
export function prepareBatchDiscount(
  policy: PolicyOf<'batch_discount'>,
  context: ReplayContext,
): ThreadStep {
  const { set } = context;
  const chosen = new CallShare(set, context.nextSalt('batch_discount'), policy.share);
  const agent = policy.agentName === null ? null : set.names.indexOf(policy.agentName);
  let isOtherDay = false;
  let losesRegion = false;
  const batch = Int32Array.from([...context.prices], (prices) => {
    const found = context.findBatchPrices(prices);
    if (found !== null) {
      isOtherDay ||= found.validFrom !== prices.validFrom;
      losesRegion ||= isRegional(prices);
    }
    return found === null ? none : context.addPrice(found);
  });
  const refused = new Set<string>();
  context.assume(
    () => 'Batches are answered within hours: only calls that nobody waits for can be in one.',
  );
  context.assume(() =>
    refused.size === 0
      ? null
      : `The price book has no batch prices for ${[...refused].sort().join(', ')}: these calls cost what they cost without.`,
  );
  context.assume(() =>
    isOtherDay ? 'Some batch prices are those of another day than the calls were made on.' : null,
  );
  context.assume(() =>
    losesRegion
      ? 'Batch prices are without the surcharge for a region that some calls pay: batches there cost more.'
      : null,
  );
  return (thread) => {
    if (agent !== null && (agent < 0 || thread.agent !== agent)) return;
    for (let k = 0; k < thread.calls; k++) {
      const price = thread.price[k];
      if (price < 0 || context.isFree(price) || !chosen.has(thread, k)) continue;
      if (price < batch.length && batch[price] !== none) thread.price[k] = batch[price];
      else refused.add(context.prices[price].modelId);
    }
  };
}
