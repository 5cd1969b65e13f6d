import { measureConnectionOverlap } from '../sessions/connection-overlap';
import type { SessionSet } from '../sessions/session';
import { type SessionShare, shareOverSessions } from '../stats/over-sessions';

/** Database time and how much of it a model call of the same session overlapped. */
export interface HoldingMeasure {
  readonly databaseSpans: number; //       with a start and an end
  /** Share of database time during which a model call ran; null without database time. */
  readonly heldWhileThinking: SessionShare | null;
}

/** Measures for how much of the database time of a session one of its model calls was running. */
export function measureConnectionHolding(set: SessionSet): HoldingMeasure {
  const { databaseSpans, databaseMs, heldMs } = measureConnectionOverlap(set);
  return { databaseSpans, heldWhileThinking: shareOverSessions(heldMs, databaseMs) };
}
