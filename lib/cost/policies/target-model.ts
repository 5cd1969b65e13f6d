import type { ReplayContext } from '../replay/replay-context';
import type { ThreadScratch } from '../replay/thread-scratch';
import type { PolicyOf } from './policy-of';

/** A model that calls are moved to. */
export interface TargetModel {
  readonly price: number; //        index into the prices of the run
  readonly cache: number; //        its number, by which prompt caches are told apart
  readonly tokenRatio: number;
}

/**
 * Looks a target model up and says what is assumed of it.
 *
 * @returns null where the catalogue has no prices for it, of which a sentence is left
 */
export function findTargetModel(
  { model, providerName, tokenRatio }: PolicyOf<'other_model'> | PolicyOf<'routing'>,
  context: ReplayContext,
): TargetModel | null {
  const prices = context.findTarget(model, providerName);
  if (prices === null) {
    const where = providerName === null ? '' : ` at ${providerName}`;
    context.assume(
      () => `The price book has no prices for ${model}${where}: no call was moved to it.`,
    );
    return null;
  }
  context.assume(() =>
    tokenRatio === 1
      ? `${model} is taken to need the same calls and as many tokens for the same work.`
      : `${model} is taken to need the same calls, and ${tokenRatio} tokens for each one of today: an estimate.`,
  );
  context.assume(
    () =>
      `${model} costs what the price book says as of its day, whenever calls were made${
        context.hasRegionalPrices() ? ', and without the surcharge for a region that some pay' : ''
      }.`,
  );
  return { price: context.addPrice(prices), cache: context.modelId(model), tokenRatio };
}

/** Moves one call to a model. */
export function moveCall(thread: ThreadScratch, k: number, target: TargetModel): void {
  thread.price[k] = target.price;
  thread.cache[k] = target.cache;
  thread.tokenRatio[k] *= target.tokenRatio;
}
