/** Tiers that the book tells apart; whatever else a trace names is priced as standard and says so. */
export const serviceTiers = ['standard', 'batch', 'flex', 'priority', 'fast'] as const;
export type ServiceTier = (typeof serviceTiers)[number];

const tierNameMax = 40;

/** Names under which vendors report their tiers, without regard to case and to `-`, `_` and blanks. */
const tierByName = new Map<string, ServiceTier>([
  ...['', 'standard', 'standardonly', 'default', 'auto', 'ondemand', 'online', 'normal'].map(
    (name) => [name, 'standard'] as const,
  ),
  ...['batch', 'batches', 'batchapi', 'ondemandbatch'].map((name) => [name, 'batch'] as const),
  ...['flex', 'ondemandflex', 'flexprocessing'].map((name) => [name, 'flex'] as const),
  ...['priority', 'ondemandpriority'].map((name) => [name, 'priority'] as const),
  ['fast', 'fast'],
]);

/** Which tier the name in a trace means; `asked` is the name itself where the book has no such tier. */
export function readServiceTier(name: string | null): { tier: ServiceTier; asked: string | null } {
  if (name === null) return { tier: 'standard', asked: null };
  const plain = name.slice(0, tierNameMax).toLowerCase();
  const tier = tierByName.get(plain.replaceAll(/[\s_-]/g, '').replace(/^servicetier/, ''));
  return tier === undefined ? { tier: 'standard', asked: plain } : { tier, asked: null };
}
