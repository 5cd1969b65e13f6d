import { z } from 'zod';
import { Law } from './law';

const ratePerSec = z.number().min(0).max(1e6).describe('Sessions per second.');
const atSec = z.number().min(0).max(1e9).describe('Seconds from the start of the run.');

/** Sessions that come together; left out: one at a time. */
const batch = Law.optional().describe('Sessions that arrive together, a whole number; default 1.');

/** How sessions of a class come to be. */
export const Arrivals = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('closed').describe('A fixed number of agents, each one session at a time.'),
    agents: z.int().min(1).max(1_000_000),
    restSec: Law.optional().describe('Pause of an agent between two sessions, in s; default 0.'),
    start: z
      .enum(['resting', 'together'])
      .optional()
      .describe('At time 0 every agent begins a rest (default), or a session.'),
  }),
  z.strictObject({ kind: z.literal('poisson'), ratePerSec, batch }),
  z.strictObject({
    kind: z.literal('renewal').describe('Independent gaps between arrivals of any law.'),
    gapSec: Law,
    batch,
  }),
  z.strictObject({
    kind: z.literal('modulated').describe('Markov-modulated Poisson process, its states in turn.'),
    states: z
      .array(
        z.strictObject({
          ratePerSec,
          staySec: z.number().positive().max(1e9).describe('Mean stay, exponential, in s.'),
        }),
      )
      .min(2)
      .max(100),
  }),
  z.strictObject({
    kind: z.literal('recorded').describe('Arrivals at given times.'),
    atSec: z.array(atSec).min(1).max(1_000_000),
    repeatEverySec: z.number().positive().max(1e9).optional(),
  }),
  z.strictObject({
    kind: z.literal('burst').describe('A number of sessions at one moment.'),
    sessions: z.int().min(1).max(1_000_000),
    atSec: atSec.optional(),
  }),
  z.strictObject({
    kind: z.literal('profile').describe('Poisson with a rate that follows points, such as a day.'),
    points: z.array(z.strictObject({ atSec, ratePerSec })).min(1).max(10_000),
    between: z
      .enum(['step', 'linear'])
      .optional()
      .describe(
        'Rate between two points, default step; lines that repeat lead on to the first point again.',
      ),
    repeatEverySec: z.number().positive().max(1e9).optional(),
  }),
  z.strictObject({
    kind: z.literal('sinusoid').describe('Poisson with rate mean + amplitude · sin(2πt ÷ period).'),
    meanPerSec: ratePerSec,
    amplitudePerSec: ratePerSec,
    periodSec: z.number().positive().max(1e9),
  }),
  z.strictObject({
    kind: z.literal('ramp').describe('Poisson with a rate that grows evenly, then stays.'),
    fromPerSec: ratePerSec,
    toPerSec: ratePerSec,
    overSec: z.number().positive().max(1e9),
  }),
  z.strictObject({
    kind: z.literal('spike').describe('Poisson with a rate that is raised for a time.'),
    basePerSec: ratePerSec,
    peakPerSec: ratePerSec,
    atSec,
    forSec: z.number().positive().max(1e9),
  }),
]);
export type Arrivals = z.infer<typeof Arrivals>;
