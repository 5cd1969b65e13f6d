import type { FitCostModelOptions } from '../cost/fit-cost-model';
import type { PriceBookSources } from '../cost/price-override';
import type { SessionSet } from '../sessions/session';
import type { ForecastRequest, forecastModels } from './forecast-models';
import type { ReplayQuestion, replayModels } from './replay-models';
import type { SessionModelKind } from './session-models';

/** What a model worker is started with. */
export interface ModelWorkerInput {
  readonly kind: SessionModelKind | keyof typeof replayModels | keyof typeof forecastModels;
  readonly set: SessionSet;
  readonly sources: PriceBookSources;
  readonly exact?: FitCostModelOptions['exact'];
  readonly replay?: ReplayQuestion; //  for replayModels
  readonly forecast?: ForecastRequest; // for forecastModels
}

/** What a model worker sends once. */
export interface FromModelWorker {
  readonly model: unknown;
}
