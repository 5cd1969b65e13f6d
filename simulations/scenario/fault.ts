import { z } from 'zod';

/** Something that goes wrong at a known time, for a known time. */
export const Fault = z.strictObject({
  atSec: z.number().min(0).max(1e9),
  forSec: z.number().positive().max(1e9).optional().describe('Left out: to the end of the run.'),
  everySec: z.number().positive().max(1e9).optional().describe('Comes again after this time.'),
  resource: z.string().min(1).max(80),
  latencyFactor: z.number().min(0).max(1e6).optional().describe('Service takes this much longer.'),
  errorRate: z.number().min(0).max(1).optional().describe('Share of requests that fail.'),
  outage: z.literal(true).optional().describe('Every request fails at once.'),
  quotaFactor: z.number().min(0).max(1e3).optional().describe('Quotas and slots times this.'),
  flush: z.literal(true).optional().describe('A cache loses all it holds, at the start.'),
  killNodes: z.int().min(1).max(100_000).optional().describe('Nodes lost, back at the end.'),
});
export type Fault = z.infer<typeof Fault>;
