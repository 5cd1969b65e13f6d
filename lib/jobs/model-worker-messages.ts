import type { FitCostModelOptions } from '../cost/fit-cost-model';
import type { PriceBookSources } from '../cost/price-override';
import type { SessionSet } from '../sessions/session';
import type { SessionModelKind } from './session-models';

/** What a model worker is started with. */
export interface ModelWorkerInput {
  readonly kind: SessionModelKind;
  readonly set: SessionSet;
  readonly sources: PriceBookSources;
  readonly exact?: FitCostModelOptions['exact'];
}

/** What a model worker sends once. */
export interface FromModelWorker {
  readonly model: unknown;
}
