import { z } from 'zod';
import { PolicyList } from '../cost/policies/policy';
import { ReplayOutcome } from '../cost/replay/replay-outcome';

/** Policies to be tried on the sessions of a project. */
export const ReplayRequest = z.strictObject({
  policies: PolicyList,
  /** Of the bootstrap over sessions; 0: no intervals. */
  resamples: z.int().min(0).max(2_000).default(1_000),
  seed: z.int().min(0).max(0xffffffff).default(1),
});
export type ReplayRequest = z.input<typeof ReplayRequest>;

/** What the sessions would have cost under the policies. */
export const ReplayResponse = z.object({
  outcome: ReplayOutcome,
  inputHash: z.string(), //               of imports, price book, policies and code version
});
export type ReplayResponse = z.infer<typeof ReplayResponse>;
