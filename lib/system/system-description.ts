import { z } from 'zod';

/**
 * For how long an agent keeps a connection once it has one.
 *
 * `query`: only while a query runs. `turn`: from the first query of a turn to the end of the turn,
 * model calls included ("hold while thinking"). `session`: from the first query to the end.
 */
export const HoldingScope = z.enum(['query', 'turn', 'session']);
export type HoldingScope = z.infer<typeof HoldingScope>;

/** One connection pool as deployed. */
export const PoolDescription = z.object({
  name: z.string().min(1).max(80),
  slots: z.int().min(1).max(100_000),
  holdingScope: HoldingScope,
  acquireTimeoutSec: z.number().positive().max(86_400).nullable(), // null: waits for ever
  /** Time of one query where the traces hold no database spans, and how many a turn makes. */
  assumedQuerySec: z.number().positive().max(3_600),
  assumedQueriesPerTurn: z.int().min(0).max(1_000),
});
export type PoolDescription = z.infer<typeof PoolDescription>;

/** What the user declares about the system and the launch; `null` means "not said", not "none". */
export const SystemDescription = z.object({
  pool: PoolDescription,
  plannedPeakAgents: z.int().min(1).max(1_000_000).nullable(),
  waitTargetP95Sec: z.number().positive().max(3_600), //       SLO on the wait for a connection
  costTargetUsdP95: z.number().positive().nullable(), //       per session
  declaredTimeoutsSec: z.record(z.string(), z.number().positive()), // by dependency or tool name
  maxStepsPerSession: z.int().positive().nullable(),
  hasCompaction: z.boolean().nullable(),
  contextWindowTokens: z.record(z.string(), z.int().positive()), // by model, over the price book's
  /** Whether the imported traces are all sessions (true) or a sample of them (false). */
  tracesAreComplete: z.boolean().nullable().optional(),
});
export type SystemDescription = z.infer<typeof SystemDescription>;

/** What a new project starts from; every field is shown and editable. */
export const defaultSystemDescription: SystemDescription = {
  pool: {
    name: 'Database pool',
    slots: 20,
    holdingScope: 'turn',
    acquireTimeoutSec: 30,
    assumedQuerySec: 0.05,
    assumedQueriesPerTurn: 2,
  },
  plannedPeakAgents: null,
  waitTargetP95Sec: 1,
  costTargetUsdP95: null,
  declaredTimeoutsSec: {},
  maxStepsPerSession: null,
  hasCompaction: null,
  contextWindowTokens: {},
  tracesAreComplete: null,
};
