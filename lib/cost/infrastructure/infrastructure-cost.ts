import { z } from 'zod';

/** What is paid for besides tokens; each has a price and a quantity. */
export const InfrastructureItem = z.enum([
  'transcripts',
  'checkpoints',
  'checkpoint_writes',
  'execution_records',
  'vectors',
  'vector_queries',
  'cache_memory',
  'queue_messages',
  'database_instances',
  'worker_cpu',
  'worker_memory',
  'egress',
]);
export type InfrastructureItem = z.infer<typeof InfrastructureItem>;

/** One price: what, per which unit, from where and of which day. */
export const RateLine = z.strictObject({
  id: InfrastructureItem,
  name: z.string().min(1).max(120),
  unit: z.string().min(1).max(60),
  usdPerUnit: z.number().nonnegative().max(1e9).nullable(), // null: not known, not free
  source: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  date: z.iso.date().nullable(), //        day on which the source was read
  note: z.string().max(400),
});
export type RateLine = z.infer<typeof RateLine>;

const count = z.number().nonnegative().max(1e9).nullable();

/** How state is kept, as the user says; null means "not said" and makes a quantity unknown. */
export const StateDescription = z.strictObject({
  bytesPerToken: z.number().positive().max(64), //    an estimate: text in UTF-8
  retentionDays: z.number().nonnegative().max(36_525), // of transcripts, checkpoints and records
  replicas: z.number().min(1).max(100), //            copies of each that are paid for
  checkpointsPerStep: count, //                       each holds the whole state
  recordBytesPerCall: count, //                       of an execution record, text left out
  vectorsPerSession: count,
  vectorDimensions: z.int().min(1).max(100_000),
  vectorQueriesPerSession: count,
  cacheHours: count, //                               working state in memory; null: as long as a session lasts
  requestsPerMessage: z.number().min(1).max(100), //  a send, a receive and a delete
  connectionsPerInstance: z.int().min(1).max(100_000),
  sessionsPerWorker: z.number().positive().max(1e6).nullable(), // at a time
  cpuPerWorker: z.number().positive().max(1_000),
  memoryGbPerWorker: z.number().positive().max(100_000),
});
export type StateDescription = z.infer<typeof StateDescription>;

/** Prices of infrastructure and how state is kept: what a project declares of itself. */
export const RateCard = z.strictObject({
  lines: z
    .array(RateLine)
    .max(InfrastructureItem.options.length)
    .refine((lines) => new Set(lines.map(({ id }) => id)).size === lines.length, {
      message: 'An item has more than one price.',
    }),
  state: StateDescription,
});
export type RateCard = z.infer<typeof RateCard>;

/** What the traces say of one session on average; null where they do not. */
export const TraceQuantities = z.object({
  sessions: z.int(),
  transcriptTokens: z.number().nullable(), //  sent or answered once, without what was sent again
  checkpointTokens: z.number().nullable(), //  prompt and answer of each step, added up
  lastPromptTokens: z.number().nullable(), //  working state at the end, over main threads
  outputTokens: z.number().nullable(),
  modelCalls: z.number(),
  calls: z.number(), //                        of any kind
  queueMessages: z.number().nullable(), //     null: the traces hold no queue calls at all
  sessionHours: z.number().nullable(), //      from the first start to the last end
  busyHours: z.number().nullable(), //         while a call of the session was running
});
export type TraceQuantities = z.infer<typeof TraceQuantities>;

/** One line of the bill (as in Infracost): what, how much of it, at which price, what it costs. */
export const InfrastructureLine = z.object({
  id: InfrastructureItem,
  name: z.string(),
  unit: z.string(),
  quantityPerMonth: z.number().nullable(), //  null: not known, not 0
  usdPerUnit: z.number().nullable(),
  usdPerMonth: z.number().nullable(),
  usdPerSession: z.number().nullable(),
  how: z.string(), //                          how the quantity comes about, or what it lacks
});
export type InfrastructureLine = z.infer<typeof InfrastructureLine>;

/** When state costs more than the tokens it saves. */
export const StateBreakEven = z.object({
  stateUsdPerSession: z.number(), //           lines that keep state; at least, where some are unknown
  savedUsdPerSession: z.number(),
  netUsdPerSession: z.number(), //             saved − state; at most, where some are unknown
  unknownState: z.array(InfrastructureItem), // lines that keep state and are in no sum here
  /** Days of retention up to which state pays; null: at any, or at none, as `net` says. */
  retentionDaysMax: z.number().nullable(),
  /** Sessions a day from which state pays for its fixed part; null: none is fixed, or none suffices. */
  sessionsPerDayMin: z.number().nullable(),
});
export type StateBreakEven = z.infer<typeof StateBreakEven>;

/** Infrastructure of a month and of a session, beside the tokens. */
export const InfrastructureCost = z.object({
  lines: z.array(InfrastructureLine),
  usdPerMonth: z.number(), //                  of the lines that are known
  usdPerSession: z.number().nullable(), //     null: no session
  unknown: z.array(InfrastructureItem), //     lines without a price or a quantity: in no sum
  breakEven: StateBreakEven.nullable(), //     null: no saving is given
});
export type InfrastructureCost = z.infer<typeof InfrastructureCost>;
