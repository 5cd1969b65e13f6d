import type { WorkloadModel } from '@/lib/workload/workload-model';
import { compileScenario } from './compile/compile-scenario';
import type { CompiledScenario } from './engine/compiled-scenario';
import { EventLog, type LogEntry, logged } from './engine/event-log';
import { playReplication } from './engine/play-replication';
import { type Scenario, scenarioDefaults } from './scenario/scenario';

/** One thing that happened to a session. */
export interface TracedStep {
  readonly timeSec: number;
  /** Branch of the session that it happened to, numbered in the order of their first step; 1: the session itself. */
  readonly branch: number;
  /** A clause with the branch as its subject, such as ``waits for `database` ``. */
  readonly text: string;
}

/** What happened to one session, step by step. */
export interface TracedSession {
  readonly steps: readonly TracedStep[];
  /** Whether more happened than is kept. */
  readonly isTruncated: boolean;
}

/**
 * Plays the first replication of a scenario and writes down what happens to one session.
 *
 * @param className one of the classes of the scenario
 * @param ordinal the session's place in the order in which sessions of the class start, from 1
 * @param workload observed sessions, where a class plays them
 * @returns no steps where fewer sessions start
 * @throws RangeError when there is no such class
 */
export function traceSession(
  scenario: Scenario,
  { className, ordinal }: { readonly className: string; readonly ordinal: number },
  workload: WorkloadModel | null = null,
): TracedSession {
  const compiled = compileScenario(scenario, workload);
  const sessionClass = compiled.classes.findIndex(({ name }) => name === className);
  if (sessionClass < 0) throw new RangeError(`Got class '${className}' when expected a known one.`);
  const log = new EventLog(sessionClass, ordinal);
  const { seed = scenarioDefaults.seed, maxEvents = scenarioDefaults.maxEvents } = scenario;
  const job = { seed, replication: 0, horizonSec: scenario.horizonSec, maxEvents };
  playReplication(compiled, job, log);
  const branches = new Map<number, number>();
  const steps = log.entries.map((entry) => {
    const branch = branches.get(entry.task) ?? branches.size + 1;
    branches.set(entry.task, branch);
    return { timeSec: entry.timeSec, branch, text: describeEntry(entry, compiled) };
  });
  return { steps, isTruncated: log.isTruncated };
}

function describeEntry({ what, detail }: LogEntry, compiled: CompiledScenario): string {
  const station = () => `\`${compiled.stations[detail]?.name}\``;
  const block = () => `\`${compiled.blocks[detail]?.name}\``;
  const cause = () => (compiled.causes[detail] ?? 'unknown').replaceAll('_', ' ');
  switch (what) {
    case logged.arrived:
      return 'starts';
    case logged.waits:
      return `waits for ${station()}`;
    case logged.served:
      return `is served by ${station()}`;
    case logged.finished:
      return `is done at ${station()}`;
    case logged.delayed:
      return detail === 1 ? 'waits for its person' : 'works by itself';
    case logged.attempted:
      return `tries ${block()}`;
    case logged.failed:
      return `fails: ${cause()}`;
    case logged.backsOff:
      return `backs off before it tries ${block()} again`;
    case logged.timedOut:
      return `gives up waiting for ${block()}`;
    case logged.forked:
      return 'starts parallel branches';
    case logged.joined:
      return 'goes on, as enough branches are done';
    case logged.acquired:
      return `holds ${station()}`;
    case logged.released:
      return `gives ${station()} back`;
    case logged.ended:
      return detail === 0 ? 'ends well' : `ends: ${cause()}`;
    case logged.gaveUp:
      return `has no attempt of ${block()} left`;
    case logged.turnBegan:
      return 'begins a turn';
    case logged.turnEnded:
      return 'ends the turn';
    case logged.checkpointed:
      return 'keeps a checkpoint';
    case logged.resumed:
      return 'resumes at its checkpoint';
    case logged.wasCancelled:
      return 'is cancelled';
    default:
      return `does something unknown (${what})`;
  }
}
