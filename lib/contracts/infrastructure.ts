import { z } from 'zod';
import { RateCard, TraceQuantities } from '../cost/infrastructure/infrastructure-cost';

/** What the cost of memory and state is worked out from. */
export const InfrastructureResponse = z.object({
  card: RateCard, //                          the saved one, else public prices
  isSaved: z.boolean(),
  quantities: TraceQuantities.nullable(), //  null: no import is completed
  poolSlots: z.int(), //                      of the described pool
  sessionsPerDay: z.number().nullable(), //   median of the saved plan, else of the traces
  isPlanned: z.boolean(), //                  whether that volume is planned
});
export type InfrastructureResponse = z.infer<typeof InfrastructureResponse>;
