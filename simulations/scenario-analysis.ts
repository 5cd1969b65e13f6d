import { z } from 'zod';
import { SloOutcome } from './scenario-outcome';
import { Estimate } from './simulation-run';

/** One value of a parameter, and whether the objectives hold there. */
export const AnalysisPoint = z.object({
  value: z.number(), //                     of the parameter; of `load` a factor on all classes
  slos: z.array(SloOutcome),
  /** All hold with 95 % confidence: true; one does not: false; it cannot be told: null. */
  holds: z.boolean().nullable(),
  overloaded: z.array(z.string()), //       resources whose queue grows to the end
  busiest: z.object({ resource: z.string(), utilization: Estimate }).nullable(),
  stopReason: z.string().nullable(),
});
export type AnalysisPoint = z.infer<typeof AnalysisPoint>;

/** Limit that one objective sets. */
export const ObjectiveLimit = z.object({
  text: z.string(),
  /** Largest value that was seen to hold below the first that does not; null: none does. */
  holdsUpTo: z.number().nullable(),
  /** Smallest value seen at which it fails with 95 % confidence; null: none does. */
  failsFrom: z.number().nullable(),
});
export type ObjectiveLimit = z.infer<typeof ObjectiveLimit>;

/** Where a growing load breaks the objectives. */
export const SaturationSearch = z.object({
  parameter: z.string(),
  /** Largest value at which every objective holds with 95 % confidence; null: none does. */
  limit: z.number().nullable(),
  /** Values that cannot be told from the limit with these replications. */
  interval95: z.tuple([z.number(), z.number()]).nullable(),
  /** Objectives in the order in which they give way; those that never do come last. */
  limits: z.array(ObjectiveLimit),
  /** The first of `limits` that fails, with the busiest resource there; null: none fails. */
  bindsFirst: z.object({ text: z.string(), resource: z.string().nullable() }).nullable(),
  bindsNext: z.object({ text: z.string(), failsFrom: z.number() }).nullable(),
  searchedUpTo: z.number(),
  rule: z.string(),
  points: z.array(AnalysisPoint), //        in ascending order
});
export type SaturationSearch = z.infer<typeof SaturationSearch>;

/** Response of the objectives to a parameter. */
export const LoadSweep = z.object({ parameter: z.string(), points: z.array(AnalysisPoint) });
export type LoadSweep = z.infer<typeof LoadSweep>;

/** How much one parameter moves the limit. */
export const Sensitivity = z.object({
  path: z.string(),
  value: z.number(),
  changedTo: z.number(),
  limit: z.number().nullable(), //          with the changed value
  /** Relative change of the limit ÷ relative change of the parameter; null: not known. */
  elasticity: z.number().nullable(),
  /** Value at which the target load holds; null: not asked, or none found. */
  valueForTarget: z.number().nullable(),
});
export type Sensitivity = z.infer<typeof Sensitivity>;

/** Which parameters move the limit most. */
export const SensitivityAnalysis = z.object({
  limit: z.number().nullable(), //          as the scenario is
  parameters: z.array(Sensitivity), //      greatest effect first
});
export type SensitivityAnalysis = z.infer<typeof SensitivityAnalysis>;

/** The smallest value of a parameter that carries the scenario's load. */
export const Sizing = z.object({
  parameter: z.string(),
  value: z.number().nullable(), //          null: none in the range does
  /** Largest value seen that fails with 95 % confidence; null: none was. */
  tooSmall: z.number().nullable(),
  searched: z.tuple([z.number(), z.number()]),
  points: z.array(AnalysisPoint),
});
export type Sizing = z.infer<typeof Sizing>;

/** Where in the plane of two parameters the objectives hold. */
export const Envelope = z.object({
  x: z.object({ path: z.string(), values: z.array(z.number()) }),
  y: z.object({ path: z.string(), values: z.array(z.number()) }),
  holds: z.array(z.array(z.boolean().nullable())), // [x][y]
});
export type Envelope = z.infer<typeof Envelope>;
