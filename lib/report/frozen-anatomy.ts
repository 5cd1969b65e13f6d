import type { z } from 'zod';
import { CostAnatomy } from '../cost/cost-anatomy';

/** What the cost is made of; lines by the names of agents, tools and users are left out. */
export const FrozenAnatomy = CostAnatomy.pick({
  sessions: true,
  sessionsInStore: true,
  whole: true,
  historyShare: true,
});
export type FrozenAnatomy = z.infer<typeof FrozenAnatomy>;
