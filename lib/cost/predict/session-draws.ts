import type { ReplaySet } from '../replay/replay-set';

/** How many sessions are drawn, and how long they are. */
export interface SessionDrawOptions {
  readonly count: number; //               sessions drawn, at least 1
  readonly lengthFactor: number; //        calls of a session ÷ calls observed; 1: as observed
  readonly seed: number; //                a safe integer
  /** Per session, 1 where it was still open at the end of the data: it is drawn longer. */
  readonly isOpen?: ArrayLike<number>;
}

/**
 * Sessions drawn with replacement from the observed ones, cut or extended to their length.
 *
 * Entry i of every array belongs to draw i.
 */
export interface SessionDraws {
  readonly session: Uint32Array; //        index of the observed session that the draw began as
  readonly costUsd: Float64Array; //       list cost
  readonly tokens: Float64Array; //        prompt, output and reasoning
  readonly calls: Uint32Array;
  readonly modelledCalls: Uint32Array; //  of them, beyond what was observed
  readonly sessionsLeftOut: number; //     observed sessions with an unpriced call: never drawn
}

/**
 * Draws whole sessions, so that what belongs together stays together.
 *
 * At a length factor of 1 every draw is an observed session at its list cost. A shorter one keeps
 * its first calls; a longer one is continued by blocks of calls (new tokens, output, gap) of
 * threads of the same agent at about the same place, on top of its own last prompt.
 *
 * @throws RangeError when an option is outside its range, or no session is priced throughout
 */
export type DrawSessionCosts = (set: ReplaySet, options: SessionDrawOptions) => SessionDraws;

/**
 * The same draws as a set of their own, on which policies can be replayed.
 *
 * @returns sessions named by draw and origin; token counts are whole numbers
 */
export type ExtendSessions = (set: ReplaySet, options: SessionDrawOptions) => ReplaySet;
