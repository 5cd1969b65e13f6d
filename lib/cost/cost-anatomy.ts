import { z } from 'zod';
import { PriceBookIdentity } from './price-book';

/** Whole pico-dollars as decimal text: a number of JSON is exact only up to 2^53. */
export const PicoUsd = z.string().regex(/^-?\d{1,40}$/);
export type PicoUsd = z.infer<typeof PicoUsd>;

/** What tokens are, in the order in which a call lays them down. */
export const CostPart = z.enum([
  'standingPrefix', // system prompt and tool schemas, sent with every call
  'resentHistory', //  what an earlier call of the thread sent or was answered
  'newInput', //       what no earlier call of the thread has sent
  'output',
  'reasoning',
]);
export type CostPart = z.infer<typeof CostPart>;

/** How a part of a prompt was charged. Answers have no such state. */
export const CacheState = z.enum(['fresh', 'cacheRead', 'cacheWrite']);
export type CacheState = z.infer<typeof CacheState>;

/** Tokens and cost of one part in one state of the cache. */
export const CostCell = z.object({
  part: CostPart,
  state: CacheState.nullable(), //      null: output and reasoning
  tokens: z.number(), //                of priced calls
  unpricedTokens: z.number(), //        of calls without a price, in none of the costs
  costPicoUsd: PicoUsd,
});
export type CostCell = z.infer<typeof CostCell>;

/** Cost and tokens of some calls; the cells add up to the cost to the last digit. */
export const CostCells = z.object({
  costPicoUsd: PicoUsd.nullable(), //   null: no call has a price
  pricedCalls: z.int(),
  unpricedCalls: z.int(), //            with usage, without a price
  cells: z.array(CostCell), //          cells without tokens and cost are left out
});
export type CostCells = z.infer<typeof CostCells>;

/** One line of a breakdown. */
export const AnatomyLine = CostCells.extend({
  /** `not_recorded`: the calls do not say. `others`: the smallest lines added up. */
  kind: z.enum(['named', 'not_recorded', 'others']),
  name: z.string(), //                  empty unless named; a turn is its 0-based number
});
export type AnatomyLine = z.infer<typeof AnatomyLine>;

/**
 * What the results of one tool cost: as new input of the call that they arrived in, and as history
 * sent again by later ones. `no_tool` is all that is not a result of a tool.
 */
export const ToolLine = CostCells.omit({ pricedCalls: true, unpricedCalls: true }).extend({
  kind: z.enum(['named', 'not_recorded', 'others', 'no_tool']),
  name: z.string(),
  toolCalls: z.int(),
  failedToolCalls: z.int(),
  /** Median of the new tokens a result brought; null where no result was followed by a call. */
  tokensPerResultP50: z.number().nullable(),
});
export type ToolLine = z.infer<typeof ToolLine>;

/** Why a session is dearer than the median session. */
const CostFactor = z.enum([
  'length',
  'prompt_growth',
  'history_share',
  'cache_misses',
  'model',
  'output',
  'errors',
  'tool_results',
  'context_resets',
]);

/** One reason, in dollars: the session's cost less what it would be at the median of that factor. */
export const DearFactor = z.object({
  factor: CostFactor,
  aboveMedianUsd: z.number(),
  text: z.string(), //                  one clause: what is larger, and than what
});
export type DearFactor = z.infer<typeof DearFactor>;

/** One of the dearest sessions and why it is. */
export const DearSession = CostCells.extend({
  sessionId: z.string(),
  timesMedian: z.number().nullable(), // its cost ÷ the median session's; null: that is free
  sentence: z.string(),
  /** Largest first. Each is worked out alone, so they overlap and do not add up. */
  factors: z.array(DearFactor),
});
export type DearSession = z.infer<typeof DearSession>;

/** Why recorded costs differ from list costs. */
export const DifferenceExplanation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('equal') }),
  z.object({
    kind: z.literal('hidden_caching'), // cache reads were charged and not counted
    discountedCalls: z.int(),
    blockTokens: z.int(), //              implied cached tokens are whole multiples of it
    wholeBlockCalls: z.int(), //          discounted calls of which that is true
    impliedCachedTokens: z.number(),
    impliedCachedShare: z.number(), //    of all prompt tokens of these calls
  }),
  z.object({
    kind: z.literal('constant_ratio'), // a batch, a contract or a surcharge
    ratio: z.number(), //                 recorded ÷ list, median over calls
    ratioP5: z.number(),
    ratioP95: z.number(),
  }),
  z.object({
    kind: z.literal('reasoning_apart'),
    /** `left_out`: the recorded cost has no reasoning in it. `added`: it has it twice. */
    direction: z.enum(['left_out', 'added']),
    reasoningTokens: z.number(),
  }),
  z.object({
    kind: z.literal('other_price'), //    these unit prices give every recorded cost
    usdPerMtok: z.array(z.object({ bucket: z.string(), recorded: z.number(), list: z.number() })),
  }),
  z.object({ kind: z.literal('unexplained') }),
]);
export type DifferenceExplanation = z.infer<typeof DifferenceExplanation>;

/** List against recorded cost of one model and service tier. */
export const DifferenceLine = z.object({
  model: z.string().nullable(),
  serviceTier: z.string().nullable(), // null: standard, or not recorded
  calls: z.int(), //                     with both costs
  listCostPicoUsd: PicoUsd,
  recordedCostPicoUsd: PicoUsd,
  explanation: DifferenceExplanation,
});
export type DifferenceLine = z.infer<typeof DifferenceLine>;

/** List against recorded cost, over the calls that have both. */
export const CostDifference = z.object({
  calls: z.int(),
  recordedOnlyCalls: z.int(), //         recorded, without a list price
  listOnlyCalls: z.int(), //             priced, with nothing recorded
  listCostPicoUsd: PicoUsd,
  recordedCostPicoUsd: PicoUsd,
  lines: z.array(DifferenceLine), //     largest difference first
});
export type CostDifference = z.infer<typeof CostDifference>;

/** What the cost of sessions is made of, and why the dearest of them are dear. */
export const CostAnatomy = z.object({
  sessions: z.int(),
  sessionsInStore: z.int(), //           more than `sessions` where these are a sample
  priceBook: PriceBookIdentity,
  whole: CostCells,
  historyShare: z.number().nullable(), // dollars on re-sent history ÷ dollars of input
  byModel: z.array(AnatomyLine),
  byAgent: z.array(AnatomyLine),
  byTenant: z.array(AnatomyLine),
  byTurn: z.array(AnatomyLine), //       in the order of turns, calls without a turn last
  byTool: z.array(ToolLine), //          empty where no tool call is recorded
  medianSession: z.object({ costUsd: z.number(), calls: z.number() }).nullable(),
  dearest: z.array(DearSession),
  difference: CostDifference.nullable(), // null: no call has a recorded cost
});
export type CostAnatomy = z.infer<typeof CostAnatomy>;
