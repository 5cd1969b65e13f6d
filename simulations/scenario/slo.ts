import { z } from 'zod';

/** Something that must hold, with 95 % confidence, for a load to count as carried. */
export const Slo = z.discriminatedUnion('measure', [
  z.strictObject({
    measure: z.literal('waitSec').describe('Quantile of the wait for a resource.'),
    resource: z.string().max(80),
    quantile: z.number().min(0).max(1),
    atMost: z.number().min(0),
  }),
  z.strictObject({
    measure: z.literal('responseSec').describe('Quantile of the time of a session.'),
    class: z.string().max(80),
    quantile: z.number().min(0).max(1),
    atMost: z.number().min(0),
  }),
  z.strictObject({
    measure: z.literal('turnSec').describe('Quantile of the time of a user turn.'),
    class: z.string().max(80),
    quantile: z.number().min(0).max(1),
    atMost: z.number().min(0),
  }),
  z.strictObject({
    measure: z.literal('failureShare').describe('Sessions that failed ÷ sessions that ended.'),
    class: z.string().max(80),
    atMost: z.number().min(0).max(1),
  }),
  z.strictObject({
    measure: z.literal('refusedShare').describe('Requests refused or timed out ÷ requests.'),
    resource: z.string().max(80),
    atMost: z.number().min(0).max(1),
  }),
  z.strictObject({
    measure: z.literal('utilization'),
    resource: z.string().max(80),
    atMost: z.number().min(0).max(1),
  }),
  z.strictObject({
    measure: z.literal('costUsdPerSession'),
    class: z.string().max(80),
    atMost: z.number().min(0),
  }),
]);
export type Slo = z.infer<typeof Slo>;
