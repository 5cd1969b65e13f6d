import type { ScenarioJob } from '@/simulations/engine/play-replication';
import type { ScenarioReplication } from '@/simulations/measure/scenario-replication';
import { RunCancelled } from '@/simulations/run-cancelled';
import { planReplications, summarizeReplicationsOf } from '@/simulations/run-scenario';
import type { Scenario } from '@/simulations/scenario/scenario';
import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import type { WorkloadModel } from '../workload/workload-model';
import { JobThreads } from './job-threads';

/** What a scenario worker is started with. */
export interface ScenarioWorkerInput {
  readonly workload: WorkloadModel | null;
}

/** One replication of a scenario. */
export interface ScenarioThreadJob {
  readonly scenarioJson: string;
  readonly replication: ScenarioJob;
}

/** How a caller follows the threads, and stops them. */
export interface ScenarioThreadOptions {
  /** Observed sessions, where a class plays them. */
  readonly workload?: WorkloadModel | null;
  /** Called after each replication, of all scenarios that were asked for so far. */
  onProgress?(done: number, asked: number): void;
  readonly signal?: AbortSignal;
}

/**
 * Runs scenarios with their replications spread over threads. The outcome is the same as that of
 * `runScenario`, byte by byte: where a replication runs does not change it.
 */
export class ScenarioThreads {
  readonly #threads: JobThreads<ScenarioThreadJob, ScenarioReplication>;
  readonly #signal: AbortSignal | undefined;
  readonly #workload: WorkloadModel | null;
  #asked = 0;
  #done = 0;

  constructor({ onProgress, signal, workload = null }: ScenarioThreadOptions = {}) {
    this.#signal = signal;
    this.#workload = workload;
    const input: ScenarioWorkerInput = { workload };
    this.#threads = new JobThreads('scenario-worker', input, () => {
      onProgress?.(++this.#done, this.#asked);
    });
    signal?.addEventListener('abort', () => void this.close(), { once: true });
  }

  /**
   * Runs scenarios, one after the other.
   *
   * @throws RunCancelled when the signal is aborted
   */
  async runAll(scenarios: readonly Scenario[]): Promise<ScenarioOutcome[]> {
    const outcomes: ScenarioOutcome[] = [];
    const plans = scenarios.map((scenario) => ({ scenario, jobs: planReplications(scenario) }));
    for (const { jobs } of plans) this.#asked += jobs.length;
    for (const { scenario, jobs } of plans) {
      const scenarioJson = JSON.stringify(scenario);
      try {
        if (this.#signal?.aborted === true) throw new RunCancelled();
        const replications = await this.#threads.runBatch(
          jobs.map((replication) => ({ scenarioJson, replication })),
        );
        outcomes.push(summarizeReplicationsOf(scenario, replications, this.#workload));
      } catch (error) {
        throw this.#signal?.aborted === true ? new RunCancelled() : error;
      }
    }
    return outcomes;
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await this.#threads.close();
  }
}
