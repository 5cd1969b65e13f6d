import type { CompiledLaw } from './compile-law';

/** A random or constant number that an operand refers to. */
export interface Quantity {
  readonly site: number; //  use site in the law table; −1: constant
  readonly value: number; // the constant, else a factor on what is drawn
}

/** A use site of a law: the law and the key of its stream, without seed and replication. */
export interface LawSite {
  readonly law: CompiledLaw;
  readonly key: string;
}

/**
 * Instructions of all programs, one after the other. `sec` is a constant duration or the factor on
 * what the law site `law` draws (−1: no law). It also holds the probability of a `fail`.
 */
export interface Instructions {
  readonly op: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  readonly law: Int32Array;
  readonly sec: Float64Array;
}

/** Branches of a fork. */
export interface Fork {
  readonly branches: Int32Array; //          first instruction of each
  readonly copies: Quantity;
  readonly join: 'all' | number; //          successes to wait for
  readonly cancelRest: boolean;
}

/** Alternatives of a choice: targets by cumulative probability. */
export interface ChoiceTable {
  readonly targets: Int32Array;
  readonly cumulative: Float64Array;
  readonly site: number; // law site whose stream it draws from
}
