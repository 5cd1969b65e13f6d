import type { SideFacts } from './compare/side-facts';
import type { Forecast, ForecastBasis, ForecastPlan } from './forecast/forecast';
import type { LeverBasis } from './levers/lever-basis';
import type { PolicyList } from './policies/policy';
import type { CacheRules } from './policies/policy-defaults';
import type { ReplayOutcome } from './replay/replay-outcome';

/** Sessions that the worker was sent, under some policies; none: as they were measured. */
export interface ReplaySide {
  readonly source: string;
  readonly policies: PolicyList;
}

/** What the worker keeps until it is told otherwise. */
export type CostWorkerNotice =
  /** Sessions and prices under a name, as `encodeReplaySet` writes them; the bytes are handed over. */
  | { readonly kind: 'keep'; readonly source: string; readonly bytes: Uint8Array }
  | { readonly kind: 'drop'; readonly source: string };

/** What the worker is asked. Each kind has an entry in `CostWorkerAnswers`. */
export type CostWorkerQuestion =
  | { readonly kind: 'basis'; readonly source: string }
  | {
      readonly kind: 'forecast';
      readonly plan: ForecastPlan;
      readonly basis: ForecastBasis;
      readonly seed: number;
    }
  | {
      readonly kind: 'replay';
      readonly side: ReplaySide;
      readonly resamples: number; // 0: no intervals
      readonly seed: number;
    }
  | {
      readonly kind: 'compare';
      readonly a: ReplaySide;
      readonly b: ReplaySide;
      readonly resamples: number;
      readonly seed: number;
    };

/** What each kind of question is answered with. */
export interface CostWorkerAnswers {
  readonly basis: PolicyBasis;
  readonly replay: ReplayOutcome;
  readonly forecast: Forecast;
  readonly compare: Comparison;
}

/** What policies can be set to for some sessions. */
export interface PolicyBasis {
  readonly observed: LeverBasis;
  /** Models with a price, which calls can be sent to. */
  readonly models: readonly { readonly providerId: string; readonly modelId: string }[];
  /** How the vendor of the model with the most calls caches; null where that was not read. */
  readonly cacheRules: CacheRuleFacts | null;
}

/** The rules of one vendor's prompt cache, and when they were read. */
export type CacheRuleFacts = Omit<CacheRules, 'modelId'> & { readonly model: string };

/** Two sides with their difference: `today` of the outcome is side a, `changed` side b. */
export interface Comparison {
  readonly outcome: ReplayOutcome;
  /** Whether both sides are the same sessions, so that each is compared with itself. */
  readonly isPaired: boolean;
  readonly a: SideFacts;
  readonly b: SideFacts;
}

/** What the page sends. Questions are answered in the order in which they come. */
export type CostWorkerRequest =
  | CostWorkerNotice
  | { readonly kind: 'ask'; readonly id: number; readonly question: CostWorkerQuestion };

/** What the worker sends back: one answer or one error for each question. */
export type CostWorkerResponse =
  | {
      readonly id: number;
      readonly type: 'answer';
      readonly answer: CostWorkerAnswers[keyof CostWorkerAnswers];
    }
  | { readonly id: number; readonly type: 'error'; readonly message: string };
