import { createRandomStream, type RandomStream } from '@/lib/stats/random-stream';
import { sampleArrivals } from './arrivals';
import { generateCodingSession } from './coding-agent';
import { isDrawn, sampleHex } from './distributions';
import { generateSwarmSession } from './research-swarm';
import type { SampleSession } from './sample-session';
import { generateSupportSession } from './support-agent';

/** The agents that can be generated; `mixed` is all three. */
export const sampleScenarios = ['support', 'coding', 'swarm', 'mixed'] as const;
/** See {@link sampleScenarios}. */
export type SampleScenario = (typeof sampleScenarios)[number];

type SampleAgent = Exclude<SampleScenario, 'mixed'>;

/** What to generate. Equal options give equal bytes. */
export interface GenerateOptions {
  readonly scenario: SampleScenario;
  readonly sessions: number;
  readonly seed: number;
  /** Start of the window in which sessions begin, Unix milliseconds. */
  readonly startMs: number;
  /** Coefficient of variation of the gaps between session starts, 1 to 100; 2 by default. */
  readonly burstiness?: number;
  /** Length of that window; 30 by default, so that it holds a whole day. */
  readonly hours?: number;
}

/**
 * Mean gap CV inside the 1.0–4.2 that the middle of ServeGen's clients show, p50 to p90
 * (alibaba/ServeGen).
 */
const defaultBurstiness = 2;
const defaultHours = 30;

/** Shares of a mixed trace; assumptions, chosen so that each agent decides one page's finding. */
const mixedShares = { support: 0.68, coding: 0.16 } as const;

/** Share of sessions whose inputs and outputs were captured; an assumption. */
const contentShare = 0.9;

/** Share of swarm sessions that ran without a known identity; an assumption. */
const anonymousSwarmShare = 0.1;

/** Users of the generated product. */
const userCount = 60;

const generators = {
  support: generateSupportSession,
  coding: generateCodingSession,
  swarm: generateSwarmSession,
} as const satisfies Record<SampleAgent, (session: SampleSession) => Generator<string>>;

function pickAgent(scenario: SampleScenario, stream: RandomStream): SampleAgent {
  if (scenario !== 'mixed') return scenario;
  const share = stream.nextFloat();
  if (share < mixedShares.support) return 'support';
  return share < mixedShares.support + mixedShares.coding ? 'coding' : 'swarm';
}

/**
 * Squaring the draw gives a tenth of the users near a third of the sessions (ServeGen: 39–79 %).
 */
function pickUser(stream: RandomStream): string {
  const rank = Math.floor(stream.nextFloat() ** 2 * userCount);
  return `user-${String(rank + 1).padStart(3, '0')}`;
}

/**
 * Generates a trace file of GenAI spans as OTLP/JSON, one ExportTraceServiceRequest a line.
 *
 * Sessions begin in bursts over the window and are written one after the other in the order of
 * their starts; each is a pure function of the seed and its number, so a longer trace begins with
 * the same sessions' contents. Nothing in it comes from a real conversation.
 *
 * @returns lines without line breaks
 * @throws RangeError when an option is outside its range
 */
export function* generateTrace(options: GenerateOptions): Generator<string> {
  const { scenario, sessions, seed, startMs } = options;
  const arrivals = sampleArrivals(
    {
      count: sessions,
      hours: options.hours ?? defaultHours,
      burstiness: options.burstiness ?? defaultBurstiness,
      startMs,
    },
    createRandomStream(seed, 0, 'sample arrivals', 0),
  );
  const indexByAgent = { support: 0, coding: 0, swarm: 0 };
  for (let i = 0; i < sessions; i++) {
    const stream = createRandomStream(seed, 0, 'sample session', i);
    const agent = pickAgent(scenario, stream);
    const isAnonymous = agent === 'swarm' && isDrawn(anonymousSwarmShare, stream);
    yield* generators[agent]({
      stream,
      index: indexByAgent[agent]++,
      startMs: arrivals[i] ?? startMs,
      conversationId: `${agent}-${sampleHex(2, stream)}`,
      userId: isAnonymous ? null : pickUser(stream),
      hasContent: isDrawn(contentShare, stream),
    });
  }
}
