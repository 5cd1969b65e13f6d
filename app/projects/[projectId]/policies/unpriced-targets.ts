import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { PolicyList } from '@/lib/cost/policies/policy';

/** Models that policies send calls to and that have no price, each once, as they are named. */
export function findUnpricedTargets(
  policies: PolicyList,
  { models, observed }: PolicyBasis,
): readonly string[] {
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const unpriced = policies.flatMap((policy) => {
    if (policy.kind !== 'other_model' && policy.kind !== 'routing') return [];
    const { model, providerName } = policy;
    const isPriced = [
      ...models,
      ...observed.pricedAs.map(({ name, providerId }) => ({ modelId: name, providerId })),
    ].some(
      (one) =>
        isSame(one.modelId, model) &&
        (providerName === null || isSame(one.providerId, providerName)),
    );
    if (isPriced) return [];
    return [providerName === null ? model : `${model} at ${providerName}`];
  });
  return [...new Set(unpriced)];
}
