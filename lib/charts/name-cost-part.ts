import type { CacheState, CostPart } from '../cost/cost-anatomy';

/** What tokens are, in words. */
export const partNames = {
  standingPrefix: 'Standing prefix',
  resentHistory: 'History sent again',
  newInput: 'New input',
  output: 'Output',
  reasoning: 'Reasoning',
} as const satisfies Record<CostPart, string>;

/** How a part of a prompt was charged, in words. */
export const stateNames = {
  fresh: 'Fresh',
  cacheRead: 'Cache read',
  cacheWrite: 'Cache write',
} as const satisfies Record<CacheState, string>;
