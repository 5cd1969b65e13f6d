import { z } from 'zod';

/** Sessions in progress at once, as seen in the traces. */
export const ObservedConcurrency = z.object({
  /** Mean over the time from the first start to the last end; null where that takes no time. */
  mean: z.number().nullable(),
  peak: z.int(),
});
export type ObservedConcurrency = z.infer<typeof ObservedConcurrency>;

/** How unevenly sessions start, counted in windows of one length. */
export const ArrivalWindow = z.object({
  windowSec: z.number(),
  windows: z.int(), //                       whole ones from the first start on
  /** Variance over mean of the starts in a window: 1 for a Poisson process, 0 for an even one. */
  dispersion: z.number().nullable(),
  peakOverMean: z.number().nullable(),
  reason: z.string().nullable(), //          why there are no figures
});
export type ArrivalWindow = z.infer<typeof ArrivalWindow>;

/** Arrivals that a scenario takes as they stand. */
const ProposedArrivals = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('closed'), agents: z.int() }),
  z.object({ kind: z.literal('poisson'), ratePerSec: z.number() }),
  z.object({
    kind: z.literal('renewal'),
    gapSec: z.union([
      z.number(),
      z.object({ law: z.literal('gamma'), mean: z.number(), cv: z.number() }),
    ]),
  }),
]);
export type ProposedArrivals = z.infer<typeof ProposedArrivals>;

/** What the start times of observed sessions say about arrivals. */
export const ArrivalFit = z.object({
  sessions: z.int(), //                      with a known start
  sessionsWithoutStart: z.int(),
  spanSec: z.number().nullable(), //         from the first start to the last; null without sessions
  ratePerSec: z.number().nullable(), //      gaps ÷ span
  rateReason: z.string().nullable(), //      why there is no rate
  /** Standard deviation over mean of the gaps between starts: 1 for a Poisson process. */
  gapCv: z.number().nullable(),
  gapCvReason: z.string().nullable(),
  zeroGaps: z.int(), //                      starts at the same stamp as the one before
  windows: z.array(ArrivalWindow),
  concurrency: ObservedConcurrency.nullable(), // null: no session has a start and an end
  proposal: z.object({ arrivals: ProposedArrivals, because: z.string() }),
});
export type ArrivalFit = z.infer<typeof ArrivalFit>;
