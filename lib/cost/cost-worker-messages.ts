import type { SideFacts } from './compare/side-facts';
import type { PolicyList } from './policies/policy';
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
  readonly replay: ReplayOutcome;
  readonly compare: Comparison;
}

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
      readonly workMs: number; // spent on it
    }
  | { readonly id: number; readonly type: 'error'; readonly message: string };
