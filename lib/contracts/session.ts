import { z } from 'zod';
import { CallKind, TokenUsage } from '../traces/call-record';

export const SessionSort = z.enum(['start', 'cost', 'calls', 'tokens', 'duration']);
export type SessionSort = z.infer<typeof SessionSort>;

export const SessionQuery = z.object({
  q: z.string().max(200).default(''), // part of a session id, agent or model
  sort: SessionSort.default('cost'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).max(50_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type SessionQuery = z.infer<typeof SessionQuery>;

export const SessionRow = z.object({
  sessionId: z.string(),
  startMs: z.number().nullable(),
  durationSec: z.number().nullable(),
  turns: z.int().nullable(),
  modelCalls: z.int(),
  toolCalls: z.int(),
  promptTokens: z.number(),
  outputTokens: z.number(),
  listCostUsd: z.number().nullable(), //  null: no call of it is priced
  unpricedCalls: z.int(),
  usageMissingCalls: z.int(),
  errors: z.int(),
  models: z.array(z.string()),
  agents: z.array(z.string()),
});
export type SessionRow = z.infer<typeof SessionRow>;

export const SessionPage = z.object({ total: z.int(), rows: z.array(SessionRow) });
export type SessionPage = z.infer<typeof SessionPage>;

/** One call of a session as its page shows it. */
export const SessionCall = z.object({
  kind: CallKind,
  callId: z.string(),
  parentCallId: z.string().nullable(),
  threadId: z.string(),
  agentName: z.string().nullable(),
  model: z.string().nullable(),
  toolName: z.string().nullable(),
  turnIndex: z.int().nullable(),
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  usage: TokenUsage.nullable(),
  promptTokens: z.number().nullable(),
  resentTokens: z.number().nullable(), // of the prompt, sent before in this thread
  isContextReset: z.boolean(),
  listCostUsd: z.number().nullable(),
  recordedCostUsd: z.number().nullable(),
  errorType: z.string().nullable(),
  fileName: z.string(),
  line: z.int(),
});
export type SessionCall = z.infer<typeof SessionCall>;

export const SessionDetail = z.object({
  session: SessionRow,
  calls: z.array(SessionCall),
  isTruncated: z.boolean(), //            more calls than are sent; totals are still over all
  previousSessionId: z.string().nullable(),
  nextSessionId: z.string().nullable(),
});
export type SessionDetail = z.infer<typeof SessionDetail>;
