import { z } from 'zod';
import { Forecast, ForecastPlan } from '../cost/forecast/forecast';

/** What the saved plan of a project costs, as it was when a report was frozen. */
export const FrozenForecast = z.object({
  plan: ForecastPlan, //                   users that it mixes are numbered, not named
  policies: z
    .object({
      name: z.string(),
      words: z.array(z.string()), //       in the order in which they are applied
    })
    .nullable(), //                        null: as today
  result: z.discriminatedUnion('kind', [
    ...Forecast.options,
    z.object({ kind: z.literal('not_drawn'), reason: z.string() }),
  ]),
});
export type FrozenForecast = z.infer<typeof FrozenForecast>;
