import { setTimeout as delay } from 'node:timers/promises';
import { defaultHorizonSec } from '@/simulations/analysis/default-horizon';
import {
  type Estimate,
  isWaitUndecided,
  type LoadPoint,
  type SimulationRun,
} from '@/simulations/simulation-run';
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
import { renderTable } from '../text-table';
import { UsageError } from '../usage-error';
import { isScenarioForm, scenarioOptions, simulateScenario } from './simulate-scenario';

const pollMs = 150;
const defaults = { replications: 20, seed: 1 } as const;

/** Runs a scenario, or the sessions of a project against its connection pool. */
export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'Run a scenario, or find where the connection pool of a project gives way',
  synopsis: 'SCENARIO.yaml [--project NAME] [options] | --project NAME [options]',
  detail: [
    'With a file or --preset: runs the system and load that a scenario describes, in YAML or JSON.',
    'No data directory is needed, unless it plays the imported sessions of --project; --draft writes',
    'such a scenario. The format: docs/scenario-format.md.',
    'With --project alone: runs the imported sessions against one pool. The pool and the number of agents',
    'are kept with the project, as its deployed pool and planned peak, and are what readiness is',
    'judged by.',
  ],
  options: [
    { name: 'project', value: 'NAME', help: 'name or id of the project' },
    {
      name: 'agents',
      value: 'N',
      help: 'sessions in progress at any time; default: the planned peak',
    },
    { name: 'slots', value: 'N', help: 'slots in the pool' },
    {
      name: 'hold',
      value: 'SCOPE',
      help: 'what an agent holds a connection for: query, turn or session',
    },
    {
      name: 'acquire-timeout',
      value: 'S',
      help: 'seconds to wait for a connection; 0 waits for ever',
    },
    {
      name: 'replications',
      value: 'N',
      help: `independent repetitions; default: ${defaults.replications}`,
    },
    { name: 'seed', value: 'N', help: `seed of the random streams; default: ${defaults.seed}` },
    {
      name: 'horizon',
      value: 'S',
      help: 'simulated seconds; default: four mean sessions in whole hours, 7 days at most',
    },
    ...scenarioOptions,
  ],
  takesFiles: true,
  run: (context) => (isScenarioForm(context) ? simulateScenario(context) : runSimulate(context)),
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
  const askedHorizonSec = options.number('horizon', { min: 1, max: 7 * 86_400 });
  const { client } = await context.connect();
  const project = await findProject(client, projectName);
  const system = describeSystem(project.system, options);
  if (system.plannedPeakAgents === null) {
    throw new UsageError(`--agents N is needed: '${project.name}' has no planned peak yet.`);
  }
  const horizonSec =
    askedHorizonSec ?? defaultHorizonSec(await client.getWorkload(project.projectId));
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
  else for (const line of runLines(state.run)) output.line(line);
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

/** The text that says what a run found, line by line. */
export function runLines(run: SimulationRun): string[] {
  const { atLoad, saturation, scenario } = run;
  const limit =
    saturation.agents === null
      ? `No load up to ${formatCount(saturation.searchedUpTo)} agents keeps the rule.`
      : `The pool holds up to ${formatCount(saturation.agents)} agents.`;
  const simulatedSec = atLoad.simulatedSec ?? scenario.horizonSec;
  const closed = saturation.agentsAnalytic;
  return [
    `${limit} Rule: ${saturation.rule}`,
    `At ${formatCount(atLoad.agents)} agents on ${scenario.pool.slots} slots, held per ${scenario.pool.holdingScope}; ${formatCount(scenario.replications)} replications of ${formatDurationSec(simulatedSec)}:`,
    '',
    ...renderTable(loadRows(atLoad), 'lrr'),
    '',
    ...doubtLines(atLoad),
    `Closed form: utilisation ${formatPercent(atLoad.analytic.utilization)}, saturation at ${closed === null ? notKnown : formatCount(Math.floor(closed))} agents.`,
  ];
}

/** Cells of an estimate; what no replication observed is no zero. */
function estimateCells(estimate: Estimate | undefined, format: (value: number) => string) {
  if (estimate === undefined || estimate.replications === 0) return ['not observed', notKnown];
  const [low, high] = estimate.interval95;
  return [format(estimate.mean), `${format(low)} to ${format(high)}`];
}

function loadRows(load: LoadPoint): string[][] {
  const { pool } = load;
  return [
    ['', 'mean', '95 % interval'],
    ['Utilisation', ...estimateCells(pool.utilization, formatPercent)],
    ['Wait P50', ...estimateCells(pool.waitSecP50, formatDurationSec)],
    ['Wait P95', ...estimateCells(pool.waitSecP95, formatDurationSec)],
    ['Wait P99', ...estimateCells(pool.waitSecP99, formatDurationSec)],
    ['Waits not over at the end', ...estimateCells(load.pendingWaitShare, formatPercent)],
    ['Acquisitions per second', ...estimateCells(pool.throughputPerSec, formatDecimal)],
    ['Timed out', ...estimateCells(pool.timeoutShare, formatPercent)],
    ['Turn P95', ...estimateCells(load.turnSecP95, formatDurationSec)],
    ['Turns left out of it', ...estimateCells(load.turnsLeftOutShare, formatPercent)],
  ];
}

/** What to doubt about the numbers of a load, one sentence each. */
function doubtLines(load: LoadPoint): string[] {
  const lines: string[] = [];
  if (load.isOverloaded) {
    lines.push('Overloaded: the queue grows to the end, or most waits outlast it.');
  }
  if (isWaitUndecided(load)) {
    lines.push('The P95 wait is a lower bound: too many waits were not over at the end.');
  }
  if ((load.turnsLeftOutShare?.mean ?? 0) > 0) {
    lines.push('Turns left out had failed or were unfinished at the end.');
  }
  return lines;
}
