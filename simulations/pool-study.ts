import { z } from 'zod';
import { PoolDescription } from '@/lib/system/system-description';

/** The load of a scenario: a closed loop of agents, or open arrivals of sessions. */
export const PoolLoad = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('closed'),
    agents: z.int().min(1).max(1_000_000), //       sessions in progress at any time
    /** Mean pause of an agent between two sessions; exponential; 0 starts the next one at once. */
    restSecMean: z.number().min(0).max(86_400),
  }),
  z.object({
    kind: z.literal('open'),
    arrivalRatePerSec: z.number().positive().max(1e6), // sessions per second, Poisson
  }),
]);
export type PoolLoad = z.infer<typeof PoolLoad>;

/** A complete, seeded input of a run. Equal scenario and workload give equal bytes. */
export const PoolStudy = z.object({
  load: PoolLoad,
  pool: PoolDescription,
  /** Scales observed think time before user turns; 0 is agents that never wait for a person. */
  thinkTimeFactor: z.number().min(0).max(1_000),
  horizonSec: z
    .number()
    .positive()
    .max(7 * 86_400),
  replications: z.int().min(10).max(1_000),
  seed: z.int().min(0).max(0xffff_ffff),
  /** SLO on the wait for a connection, which the saturation search holds; left out: 1 s. */
  waitTargetP95Sec: z.number().positive().max(3_600).optional(),
});
export type PoolStudy = z.infer<typeof PoolStudy>;

/** P95 wait that a scenario without a target of its own is held to, in seconds. */
export const defaultWaitTargetP95Sec = 1;
