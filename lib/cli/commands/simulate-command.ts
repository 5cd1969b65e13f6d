import { setTimeout as delay } from 'node:timers/promises';
import type { Estimate, SimulationRun } from '@/simulations/simulation-run';
import type { Project } from '../../contracts/project';
import type { SimulationState } from '../../contracts/simulation';
import { AppError } from '../../errors';
import {
  formatCount,
  formatDecimal,
  formatDurationSec,
  formatPercent,
  notKnown,
} from '../../format';
import type { ApiClient } from '../../http/api-client';
import { HoldingScope, type SystemDescription } from '../../system/system-description';
import type { Command, CommandContext } from '../command';
import { exitCode } from '../exit-code';
import { findProject } from '../find-project';
import type { OptionValues } from '../option-values';
import type { Output } from '../output';
import { renderTable } from '../text-table';
import { UsageError } from '../usage-error';

const pollMs = 150;
const defaults = { replications: 20, seed: 1, horizonSec: 7_200 } as const;

/** Runs the sessions of a project against its connection pool. */
export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'Find the concurrency at which the connection pool gives way',
  synopsis: '--project NAME [options]',
  detail: [
    'Runs the imported sessions against one pool. The pool and the number of agents are kept with',
    'the project, as its deployed pool and planned peak, and are what readiness is judged by.',
  ],
  options: [
    { name: 'project', value: 'NAME', help: 'name or id of the project' },
    {
      name: 'agents',
      value: 'N',
      help: 'sessions in progress at any time; default: the planned peak',
    },
    { name: 'slots', value: 'N', help: 'connections in the pool' },
    { name: 'hold', value: 'SCOPE', help: 'how long one is kept: query, turn or session' },
    { name: 'acquire-timeout', value: 'S', help: 'seconds to wait for one; 0 waits for ever' },
    {
      name: 'replications',
      value: 'N',
      help: `independent repetitions; default: ${defaults.replications}`,
    },
    { name: 'seed', value: 'N', help: `seed of the random streams; default: ${defaults.seed}` },
    {
      name: 'horizon',
      value: 'S',
      help: `simulated seconds; default: ${defaults.horizonSec}`,
    },
  ],
  takesFiles: false,
  run: runSimulate,
};

/** The system of the project with what the command line says about it. */
function describeSystem(current: SystemDescription, options: OptionValues): SystemDescription {
  const timeoutSec = options.number('acquire-timeout', { min: 0, max: 86_400 });
  const { pool } = current;
  return {
    ...current,
    pool: {
      ...pool,
      slots: options.integer('slots', { min: 1, max: 100_000 }) ?? pool.slots,
      holdingScope: options.choice('hold', HoldingScope.options) ?? pool.holdingScope,
      acquireTimeoutSec:
        timeoutSec === undefined ? pool.acquireTimeoutSec : timeoutSec === 0 ? null : timeoutSec,
    },
    plannedPeakAgents:
      options.integer('agents', { min: 1, max: 1_000_000 }) ?? current.plannedPeakAgents,
  };
}

async function keepSystem(
  client: ApiClient,
  project: Project,
  system: SystemDescription,
): Promise<void> {
  if (JSON.stringify(system) === JSON.stringify(project.system)) return;
  await client.updateProject(project.projectId, { system });
}

async function runSimulate(context: CommandContext) {
  const { options, output } = context;
  const projectName = options.requiredText('project', 'NAME');
  const replications =
    options.integer('replications', { min: 10, max: 1_000 }) ?? defaults.replications;
  const seed = options.integer('seed', { min: 0, max: 2 ** 32 - 1 }) ?? defaults.seed;
  const horizonSec = options.number('horizon', { min: 1, max: 7 * 86_400 }) ?? defaults.horizonSec;
  const { client } = await context.connect();
  const project = await findProject(client, projectName);
  const system = describeSystem(project.system, options);
  if (system.plannedPeakAgents === null) {
    throw new UsageError(`--agents N is needed: '${project.name}' has no planned peak yet.`);
  }
  await keepSystem(client, project, system);
  const started = await client.startSimulation(project.projectId, {
    scenario: {
      load: { kind: 'closed', agents: system.plannedPeakAgents, restSecMean: 0 },
      pool: system.pool,
      thinkTimeFactor: 1,
      horizonSec,
      replications,
      seed,
    },
  });
  const state = await awaitRun(client, project.projectId, started, context);
  if (state.run === null) {
    throw new AppError(
      state.status === 'cancelled' ? 'cancelled' : 'invalid_input',
      state.error ?? 'The simulation ended without a result.',
    );
  }
  if (output.isJson) output.json({ runId: state.runId, ...state.run });
  else printRun(state.run, output);
  return exitCode.ok;
}

async function awaitRun(
  client: ApiClient,
  projectId: string,
  started: SimulationState,
  { output, signal }: CommandContext,
): Promise<SimulationState> {
  let state = started;
  while (state.status === 'queued' || state.status === 'running') {
    if (signal.aborted) {
      await client.cancelSimulation(projectId, started.runId);
      signal.throwIfAborted();
    }
    const { replicationsDone, replicationsTotal } = state.progress;
    if (replicationsTotal > 0) {
      output.progress(`Simulating: ${replicationsDone} of ${replicationsTotal} replications`);
    }
    await delay(pollMs);
    state = await client.getSimulation(projectId, started.runId);
  }
  output.endProgress();
  return state;
}

function withInterval(estimate: Estimate, format: (value: number) => string): string[] {
  const [low, high] = estimate.interval95;
  return [format(estimate.mean), `${format(low)} to ${format(high)}`];
}

function printRun(run: SimulationRun, output: Output): void {
  const { atLoad, saturation, scenario } = run;
  const { pool } = atLoad;
  const limit =
    saturation.agents === null
      ? `No load up to ${formatCount(saturation.searchedUpTo)} agents keeps the rule.`
      : `The pool holds up to ${formatCount(saturation.agents)} agents.`;
  output.line(`${limit} Rule: ${saturation.rule}`);
  output.line(
    `At ${formatCount(atLoad.agents)} agents on ${scenario.pool.slots} slots, held per ${scenario.pool.holdingScope}${atLoad.isOverloaded ? ': overloaded, the queue grows to the end' : ''}:`,
  );
  output.line();
  const rows = [
    ['', 'mean', '95 % interval'],
    ['Utilisation', ...withInterval(pool.utilization, formatPercent)],
    ['Wait P50', ...withInterval(pool.waitSecP50, formatDurationSec)],
    ['Wait P95', ...withInterval(pool.waitSecP95, formatDurationSec)],
    ['Wait P99', ...withInterval(pool.waitSecP99, formatDurationSec)],
    ['Acquisitions per second', ...withInterval(pool.throughputPerSec, formatDecimal)],
    ['Timed out', ...withInterval(pool.timeoutShare, formatPercent)],
    ['Turn P95', ...withInterval(atLoad.turnSecP95, formatDurationSec)],
  ];
  for (const line of renderTable(rows, 'lrr')) output.line(line);
  output.line();
  const closed = saturation.agentsAnalytic;
  output.line(
    `Closed form: utilisation ${formatPercent(atLoad.analytic.utilization)}, saturation at ${closed === null ? notKnown : formatCount(Math.floor(closed))} agents.`,
  );
}
