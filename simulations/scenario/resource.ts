import { z } from 'zod';
import { Law } from './law';
import { Admission, Autoscaler } from './policy';
import { Program } from './step';

const sec = z.number().positive().max(1e9);
const slots = z.int().min(1).max(1_000_000);

/** Order in which waiters are served. */
export const Discipline = z.enum(['fifo', 'lifo', 'random', 'priority', 'preemptive', 'sharing']);
export type Discipline = z.infer<typeof Discipline>;

const Breakdowns = z.strictObject({
  upSec: Law.describe('Time between a repair and the next failure, in s.'),
  repairSec: Law.describe('Time of a repair, in s.'),
});

/** Identical slots: connections, workers, threads, servers. */
export const PoolResource = z.strictObject({
  kind: z.literal('pool'),
  slots: z.union([slots, z.literal('unlimited')]),
  discipline: Discipline.optional().describe(
    'default fifo; sharing divides the slots evenly among all; preemptive resumes what it broke off.',
  ),
  acquireTimeoutSec: Law.optional().describe('Longest wait, drawn per wait, in s; default none.'),
  admission: Admission.optional(),
  slowdownPerInUse: z
    .number()
    .min(0)
    .max(1e6)
    .optional()
    .describe('Service takes (1 + this · slots in use on arrival) times as long.'),
  breakdowns: Breakdowns.optional().describe('Failures of each slot; work there resumes after.'),
  maxLifetimeSec: Law.optional().describe('Age at which a free connection is replaced, in s.'),
  idleReleaseSec: sec.optional().describe('An idle connection is closed after this time.'),
  connectSec: Law.optional().describe('Time to open a connection that is not there, in s.'),
  autoscaler: Autoscaler.optional().describe('Replicas; each brings `slots` slots.'),
  mode: z
    .enum(['session', 'transaction'])
    .optional()
    .describe('As PgBouncer: transaction gives a held connection back while its holder thinks.'),
});
export type PoolResource = z.infer<typeof PoolResource>;

const TokenWeights = z.strictObject({
  fresh: z.number().min(0).max(100).optional(),
  cacheRead: z.number().min(0).max(100).optional(),
  cacheWrite: z.number().min(0).max(100).optional(),
  output: z.number().min(0).max(100).optional(),
});

/** One quota of a provider. */
export const Quota = z.strictObject({
  measure: z.enum(['requests', 'inputTokens', 'outputTokens', 'tokens']),
  perMinute: z.number().positive().max(1e12),
  burst: z.number().positive().max(1e12).optional().describe('Bucket size; default one minute.'),
  weights: TokenWeights.optional().describe(
    'How much a token of each kind counts; default 1, and by measure 0.',
  ),
  admissionWeights: TokenWeights.optional().describe(
    'How much it counts while the call is under way; default as weights.',
  ),
  admission: z
    .enum(['actual', 'maxTokens', 'largerOfBoth', 'none'])
    .optional()
    .describe(
      'Charged when a call starts: its prompt and the output that it will produce (default), or asks for, or none; or the larger of prompt and output asked for.',
    ),
  settle: z
    .enum(['refundUnused', 'chargeAtEnd', 'never'])
    .optional()
    .describe(
      'At the end: give back what was not used, charge what is missing, or leave it; default by admission: maxTokens gives back, none charges, the others leave it.',
    ),
  failedCallsCount: z
    .boolean()
    .optional()
    .describe('Refused calls are charged too, down to an empty bucket; default no.'),
});
export type Quota = z.infer<typeof Quota>;

/** A provider of model calls. */
export const ProviderResource = z.strictObject({
  kind: z.literal('provider'),
  preset: z.string().max(80).optional().describe('Name of a provider preset; fields given win.'),
  quotas: z.array(Quota).max(8).optional(),
  concurrency: slots.optional().describe('Calls under way at once.'),
  onLimit: z.enum(['refuse', 'wait']).optional().describe('429 at once (default), or paced.'),
  retryAfterSec: Law.optional().describe('What a refusal asks for; default until quota is there.'),
  defaultMaxTokens: z
    .int()
    .min(1)
    .max(10_000_000)
    .optional()
    .describe('Output that a call asks for which does not say; default what it will produce.'),
  baseSec: Law.optional().describe('Latency of a call without tokens, in s.'),
  prefillSecPerToken: z.number().min(0).max(10).optional().describe('Per uncached prompt token.'),
  decodeSecPerToken: z.number().min(0).max(10).optional().describe('Per output token.'),
  slowdownPerInFlight: z.number().min(0).max(1e3).optional(),
  overloadAt: slots.optional().describe('Calls under way beyond which it answers overloaded.'),
  errorRate: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Share of admitted calls that fail, after the latency without tokens.'),
  priceUsdPerMillion: z
    .strictObject({
      fresh: z.number().min(0).max(1e6),
      cacheRead: z.number().min(0).max(1e6).optional().describe('default as fresh'),
      cacheWrite: z.number().min(0).max(1e6).optional().describe('default as fresh'),
      output: z.number().min(0).max(1e6),
    })
    .optional()
    .describe('Left out: what the calls cost is not known.'),
});
export type ProviderResource = z.infer<typeof ProviderResource>;

/** Messages and the workers that take them. */
const QueueResource = z.strictObject({
  kind: z.literal('queue'),
  workers: slots,
  program: Program.describe('What a worker does with a message.'),
  prefetch: z.int().min(1).max(100_000).optional().describe('Messages a worker holds; default 1.'),
  partitions: slots.optional().describe('At most so many workers consume.'),
  maxMessages: z.int().min(0).max(10_000_000).optional().describe('Refused beyond; default none.'),
  visibilityTimeoutSec: sec.optional().describe('Delivered again when not done by then.'),
  maxReceives: z.int().min(1).max(10_000).optional().describe('Then to the dead letters.'),
  autoscaler: Autoscaler.optional().describe('Of the workers.'),
});
export type QueueResource = z.infer<typeof QueueResource>;

/** Entries that are fetched when they are not there. */
export const CacheResource = z.strictObject({
  kind: z.literal('cache'),
  ttlSec: Law.optional().describe('Lifetime of an entry, drawn when it is filled, in s.'),
  singleFlight: z.boolean().optional().describe('One fetch per entry, the others wait for it.'),
  capacity: slots.optional().describe('Entries held; the least recently used goes first.'),
  prefilled: z.boolean().optional().describe('Holds every entry at time 0.'),
});
export type CacheResource = z.infer<typeof CacheResource>;

/** Rows with versions; a write locks its row for its time. */
const StoreResource = z.strictObject({
  kind: z.literal('store'),
  readSlots: slots.optional().describe('Reads at once; default unlimited.'),
  writeSlots: slots.optional().describe('Writes at once over all rows; default unlimited.'),
  readSec: Law.optional().describe('default 0'),
  writeSec: Law.optional().describe('Time a row is locked by a write; default 0.'),
  serialRows: z.boolean().optional().describe('Writes of one row follow each other; default yes.'),
});
export type StoreResource = z.infer<typeof StoreResource>;

/** Machines that hold sockets, crash and come back. */
const NodesResource = z.strictObject({
  kind: z.literal('nodes'),
  nodes: slots,
  socketsPerNode: slots,
  crashEverySec: Law.optional().describe('Time between a start of a node and its crash, in s.'),
  restartSec: Law.optional().describe('default 0'),
  autoscaler: Autoscaler.optional(),
});
export type NodesResource = z.infer<typeof NodesResource>;

/** Token bucket at the door. */
export const LimiterResource = z.strictObject({
  kind: z.literal('limiter'),
  ratePerSec: z.number().positive().max(1e9),
  burst: z.number().positive().max(1e9),
  onLimit: z.enum(['refuse', 'wait']).optional().describe('default refuse'),
  maxWaiting: z.int().min(0).max(10_000_000).optional(),
});
export type LimiterResource = z.infer<typeof LimiterResource>;

/** One part of the system that sessions share. */
export const Resource = z.discriminatedUnion('kind', [
  PoolResource,
  ProviderResource,
  QueueResource,
  CacheResource,
  StoreResource,
  NodesResource,
  LimiterResource,
]);
export type Resource = z.infer<typeof Resource>;
