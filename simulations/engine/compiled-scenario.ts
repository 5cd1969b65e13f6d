import type { Breaker, Retry, RetryBudget } from '../scenario/policy';
import type { Resource } from '../scenario/resource';
import type { ChoiceTable, Fork, Instructions, LawSite, Quantity } from './program';

/** How sessions of a class arrive, with its laws as quantities. */
export type CompiledArrivals =
  | {
      readonly kind: 'closed';
      readonly agents: number;
      readonly rest: Quantity;
      readonly start: 'resting' | 'together';
    }
  | { readonly kind: 'gaps'; readonly gap: Quantity; readonly batch: Quantity }
  | {
      readonly kind: 'times';
      readonly atSec: Float64Array; // ascending
      readonly repeatEverySec: number; // Infinity: once
    }
  | {
      readonly kind: 'rate'; // Poisson with a rate that is a line between two points
      readonly atSec: Float64Array; // ascending, from 0
      readonly fromPerSec: Float64Array; // rate after each point
      readonly toPerSec: Float64Array; //  rate just before the next one
      readonly repeatEverySec: number;
      readonly unit: Quantity; // exponential of mean 1
    }
  | {
      readonly kind: 'sinusoid';
      readonly meanPerSec: number;
      readonly amplitudePerSec: number;
      readonly periodSec: number;
      readonly unit: Quantity;
      readonly accept: number; // law site of the thinning draws
    }
  | {
      readonly kind: 'modulated';
      readonly ratePerSec: Float64Array;
      readonly staySec: Float64Array;
      readonly unit: Quantity;
      readonly stay: Quantity; // exponential of mean 1
    };

/** Where sessions of a class begin, and what they play. */
export interface CompiledClass {
  readonly name: string;
  readonly arrivals: CompiledArrivals;
  readonly priority: number;
  readonly deadlineSec: number; // Infinity: none
  readonly isCancelledAtDeadline: boolean;
  /** First instruction of each program it plays; one is drawn per session. */
  readonly programs: Int32Array;
  readonly choice: number; // law site that programs are drawn with
}

/** An attempt block with its quantities. */
export interface CompiledBlock {
  readonly name: string;
  readonly timeout: Quantity | null;
  readonly continuesAfterTimeout: boolean;
  readonly retry: Retry | null;
  readonly retryDelay: Quantity | null;
  readonly retryExtra: Quantity | null;
  readonly retriedCauses: Uint8Array; // by cause: 1 is retried
  readonly jitter: number; //           law site
  readonly budget: number; //           −1: none
  readonly breaker: number; //          −1: none
  readonly fallbackPc: number; //       −1: none
}

/** Operands of `op.use` beyond the columns of the program; each kind of station reads its own. */
export type Operand =
  | { readonly kind: 'service'; readonly key: Quantity | null }
  | {
      readonly kind: 'model';
      readonly prompt: Quantity;
      readonly cached: Quantity;
      readonly cacheWrite: Quantity;
      readonly output: Quantity;
      readonly maxTokens: number; // Infinity: not asked for
      readonly duration: Quantity | null;
    }
  | { readonly kind: 'publish'; readonly waits: boolean }
  | {
      readonly kind: 'row';
      readonly access: 'read' | 'write' | 'writeIfUnchanged' | 'verify';
      readonly key: Quantity | null;
    }
  | { readonly kind: 'get'; readonly key: Quantity | null; readonly missPc: number };

/** A station: what the scenario says of it, with its laws as quantities by path. */
export interface CompiledStation {
  readonly name: string;
  readonly resource: Resource;
  /** Quantities of the laws in `resource`, by dotted path such as `breakdowns.upSec`. */
  readonly quantities: Readonly<Record<string, Quantity>>;
  /** Law site for uniform draws of the station's own (ties, errors, choices at random). */
  readonly site: number;
  /** First instruction of a queue's worker program; −1 for other kinds. */
  readonly programPc: number;
}

/** A fault on the timeline, of one station. */
export interface CompiledFault {
  readonly station: number;
  readonly atSec: number;
  readonly forSec: number; //   Infinity: to the end
  readonly everySec: number; // Infinity: once
  readonly latencyFactor: number;
  readonly errorRate: number;
  readonly isOutage: boolean;
  readonly quotaFactor: number;
  readonly flushes: boolean;
  readonly killNodes: number;
}

/** A scenario lowered to what the kernel plays. Shared by all replications, never written to. */
export interface CompiledScenario {
  readonly instructions: Instructions;
  readonly operands: readonly Operand[];
  readonly forks: readonly Fork[];
  readonly choices: readonly ChoiceTable[];
  readonly loopDepth: number;
  readonly lawSites: readonly LawSite[]; // added in this order; their indexes are those of quantities
  readonly classes: readonly CompiledClass[];
  readonly stations: readonly CompiledStation[];
  readonly blocks: readonly CompiledBlock[];
  readonly breakers: readonly { readonly name: string; readonly breaker: Breaker }[];
  readonly budgets: readonly { readonly name: string; readonly budget: RetryBudget }[];
  readonly faults: readonly CompiledFault[];
  readonly causes: readonly string[]; // built-in ones first
  readonly probeSec: Float64Array; // ascending
}
