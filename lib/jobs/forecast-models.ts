import { buildForecastBasis } from '../cost/forecast/build-forecast-basis';
import type {
  Forecast,
  ForecastBasis,
  ForecastPlan,
  LoadFactor,
  MixKey,
} from '../cost/forecast/forecast';
import { forecastCost } from '../cost/forecast/forecast-cost';
import type { ExponentFit } from '../cost/forecast/length-cost';
import type { PolicyList } from '../cost/policies/policy';
import type { PriceBook } from '../cost/price-book';
import type { SessionSet } from '../sessions/session';

/** Asks for what forecasts rest on, or for the forecast of a plan from what it rests on. */
export type ForecastRequest =
  | {
      readonly kind: 'basis';
      readonly policies: PolicyList;
      readonly segmentKey: MixKey;
      readonly lengthFit: ExponentFit | null;
      readonly load: LoadFactor;
    }
  | {
      readonly kind: 'plan';
      readonly plan: ForecastPlan;
      readonly basis: ForecastBasis;
      readonly seed: number;
    };

/** Seed of the resamples of session costs, so that every plan is drawn from the same ones. */
const basisSeed = 1;

/** What is computed for forecasts in a thread of its own and is not kept. */
export const forecastModels = {
  /** A plan only draws from a basis; all else reads the sessions. */
  forecast: (
    set: SessionSet,
    { book, forecast }: { readonly book: PriceBook; readonly forecast?: ForecastRequest },
  ): ForecastBasis | Forecast => {
    if (forecast === undefined) throw new RangeError('A forecast was asked for without a request.');
    if (forecast.kind === 'plan') {
      return forecastCost(forecast.plan, forecast.basis, { seed: forecast.seed });
    }
    const { kind, ...options } = forecast;
    return buildForecastBasis(set, { ...options, book, seed: basisSeed });
  },
} as const;
