import { hoursPerMonth } from './default-rate-card';
import type { InfrastructureItem, StateDescription, TraceQuantities } from './infrastructure-cost';

/** Volume and deployment that quantities hang on, besides the traces and how state is kept. */
export interface Deployment {
  readonly sessionsPerMonth: number;
  readonly poolSlots: number | null; //    connections that the described pool holds open
}

/** A quantity of one month; `unit` as on the rate card. */
export interface MonthQuantity {
  readonly value: number | null;
  readonly how: string;
}

const bytesPerGib = 2 ** 30;
const bytesPerGb = 1e9;
const bytesPerFloat = 4;
const daysPerMonth = hoursPerMonth / 24;

/** The least that a query of a vector store is charged, in read units (Pinecone). */
const readUnitsPerQuery = 0.25;

const notSaid = (what: string): MonthQuantity => ({ value: null, how: `${what}: not said` });
const notKnown = (what: string): MonthQuantity => ({
  value: null,
  how: `${what}: not in the traces`,
});

/**
 * How much of each item a month takes, once state has been kept for as long as it is to be.
 *
 * Bytes are tokens × bytes per token, an estimate. What is kept is worth its retention: a session's
 * transcript that is kept for 60 days takes two months of its size.
 *
 * @returns null values where the traces or the user do not say, with a word about which
 */
export function monthQuantities(
  traces: TraceQuantities,
  state: StateDescription,
  { sessionsPerMonth, poolSlots }: Deployment,
): Readonly<Record<InfrastructureItem, MonthQuantity>> {
  const months = state.retentionDays / daysPerMonth;
  const kept = (bytesPerSession: number) =>
    (sessionsPerMonth * bytesPerSession * months * state.replicas) / bytesPerGib;
  const copies = `${state.retentionDays} days × ${state.replicas}`;
  const perMonth = (perSession: number) => sessionsPerMonth * perSession;
  const bytes = (tokens: number) => tokens * state.bytesPerToken;
  const keptText = (tokens: number | null, what: string) =>
    tokens === null
      ? notKnown(what)
      : { value: kept(bytes(tokens)), how: `${what} × ${state.bytesPerToken} bytes, ${copies}` };
  const steps = state.checkpointsPerStep;
  const cacheHours = state.cacheHours ?? traces.sessionHours;
  return {
    transcripts: keptText(traces.transcriptTokens, 'tokens sent or answered once'),
    checkpoints:
      steps === null
        ? notSaid('checkpoints per step')
        : traces.checkpointTokens === null
          ? notKnown('the state at each step')
          : {
              value: kept(bytes(traces.checkpointTokens) * steps),
              how: `whole state at each step × ${steps}, ${copies}`,
            },
    checkpoint_writes:
      steps === null
        ? notSaid('checkpoints per step')
        : { value: perMonth(traces.modelCalls * steps) / 1_000, how: `model calls × ${steps}` },
    execution_records:
      state.recordBytesPerCall === null
        ? notSaid('bytes of a record')
        : {
            value: kept(traces.calls * state.recordBytesPerCall),
            how: `calls × ${state.recordBytesPerCall} bytes, ${copies}`,
          },
    vectors:
      state.vectorsPerSession === null
        ? notSaid('vectors per session')
        : {
            value:
              (perMonth(state.vectorsPerSession * state.vectorDimensions * bytesPerFloat) *
                months) /
              bytesPerGb,
            how: `${state.vectorsPerSession} × ${state.vectorDimensions} × ${bytesPerFloat} bytes, ${state.retentionDays} days`,
          },
    vector_queries:
      state.vectorQueriesPerSession === null
        ? notSaid('vector queries per session')
        : {
            value: (perMonth(state.vectorQueriesPerSession) * readUnitsPerQuery) / 1e6,
            how: `queries × ${readUnitsPerQuery} read units, the least that one takes`,
          },
    cache_memory:
      traces.lastPromptTokens === null
        ? notKnown('the last prompt')
        : cacheHours === null
          ? notKnown('how long a session lasts')
          : {
              value: (perMonth(bytes(traces.lastPromptTokens)) * cacheHours) / bytesPerGb,
              how: `last prompt × ${state.bytesPerToken} bytes, held ${state.cacheHours === null ? 'as long as a session lasts' : `${cacheHours} hours`}`,
            },
    queue_messages:
      traces.queueMessages === null
        ? notKnown('queue calls')
        : {
            value: (perMonth(traces.queueMessages) * state.requestsPerMessage) / 1e6,
            how: `messages × ${state.requestsPerMessage} requests`,
          },
    database_instances:
      poolSlots === null
        ? notSaid('slots of the pool')
        : {
            value: Math.ceil(poolSlots / state.connectionsPerInstance) * hoursPerMonth,
            how: `${poolSlots} slots on instances of ${state.connectionsPerInstance} connections, all month`,
          },
    ...workerHours(traces, state, sessionsPerMonth),
    egress:
      traces.outputTokens === null
        ? notKnown('output tokens')
        : {
            value: perMonth(bytes(traces.outputTokens)) / bytesPerGib,
            how: `output tokens × ${state.bytesPerToken} bytes`,
          },
  };
}

function workerHours(
  traces: TraceQuantities,
  state: StateDescription,
  sessionsPerMonth: number,
): Record<'worker_cpu' | 'worker_memory', MonthQuantity> {
  const { sessionsPerWorker: atATime } = state;
  if (atATime === null) {
    const unsaid = notSaid('sessions that a worker runs at a time');
    return { worker_cpu: unsaid, worker_memory: unsaid };
  }
  if (traces.busyHours === null) {
    const unknown = notKnown('durations of calls');
    return { worker_cpu: unknown, worker_memory: unknown };
  }
  const hours = (sessionsPerMonth * traces.busyHours) / atATime;
  const how = `busy hours of sessions ÷ ${atATime} at a time`;
  return {
    worker_cpu: { value: hours * state.cpuPerWorker, how: `${how} × ${state.cpuPerWorker} vCPU` },
    worker_memory: {
      value: hours * state.memoryGbPerWorker,
      how: `${how} × ${state.memoryGbPerWorker} GB`,
    },
  };
}
