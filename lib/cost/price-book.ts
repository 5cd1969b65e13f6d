import { z } from 'zod';
import type { UnitPriceQuery, UnitPrices } from './unit-prices';

/** Which prices were used, as it is shown beside every total. */
export const PriceBookIdentity = z.object({
  name: z.string(),
  version: z.string(),
  date: z.string(), //           YYYY-MM-DD
  supplementDate: z.string().optional(),
  overrides: z.int().optional(), //  of the project; absent in models from before there were any
  aliases: z.int().optional(),
});
export type PriceBookIdentity = z.infer<typeof PriceBookIdentity>;

/** Finds unit prices. A pure function of its sources: equal sources, equal answers. */
export interface PriceBook {
  readonly identity: PriceBookIdentity;
  /**
   * Unit prices of a model that were in force at a call's own time.
   *
   * @returns null for a model that no layer knows, or that runs on the user's own machines
   */
  findUnitPrices(query: UnitPriceQuery): UnitPrices | null;
  /** Context window of a model, in tokens; null where the book does not tell it. */
  contextWindowTokens(model: string, providerName: string | null): number | null;
  /** Standard-tier prices of every model of the book at one moment, by provider and model. */
  listUnitPrices(atMs: number | null): UnitPrices[];
}
