import { z } from 'zod';
import { Forecast, ForecastBasis, ForecastPlan, MixKey } from '../cost/forecast/forecast';

/** The plan that a project keeps; null where none is saved. */
export const ForecastPlanResponse = z.object({ plan: ForecastPlan.nullable() });
export type ForecastPlanResponse = z.infer<typeof ForecastPlanResponse>;

/** Asks for what a forecast takes from the sessions. */
export const ForecastBasisQuery = z.object({
  by: MixKey.default('agent'),
  policySetId: z.string().min(1).max(100).optional(), // left out: as today
});
export type ForecastBasisQuery = z.input<typeof ForecastBasisQuery>;

/** What a forecast takes from the sessions; null where no import is completed. */
export const ForecastBasisResponse = z.object({
  basis: ForecastBasis.nullable(),
  inputHash: z.string(), //                 of imports, prices, policies and run
});
export type ForecastBasisResponse = z.infer<typeof ForecastBasisResponse>;

/** Asks for the forecast of a plan; the same plan and seed give the same numbers. */
export const RunForecast = z.strictObject({
  plan: ForecastPlan,
  seed: z.int().min(0).max(0xffff_ffff).default(1),
});
export type RunForecast = z.input<typeof RunForecast>;

/** A forecast with what the traces say beside it; null where no import is completed. */
export const ForecastResponse = z.object({
  plan: ForecastPlan,
  forecast: Forecast.nullable(),
  observed: ForecastBasis.pick({
    observedSessionsPerDay: true,
    observedDays: true,
    observedWeekendFactor: true,
    observedFailedShare: true,
    callsPerSessionP50: true,
    sessionsInStore: true,
    unpricedSessions: true,
  }).nullable(),
  inputHash: z.string(),
});
export type ForecastResponse = z.infer<typeof ForecastResponse>;
