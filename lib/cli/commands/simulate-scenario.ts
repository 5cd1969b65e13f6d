import { checkScenario } from '@/simulations/check-scenario';
import { findPreset, scenarioPresets } from '@/simulations/presets/scenario-presets';
import type { Scenario } from '@/simulations/scenario/scenario';
import { traceSession } from '@/simulations/trace-session';
import { AppError } from '../../errors';
import { formatDecimal } from '../../format';
import { ScenarioThreads } from '../../jobs/scenario-threads';
import { parseScenarioFile } from '../../scenarios/parse-scenario-file';
import { describeFileIssue, type ScenarioFileIssue } from '../../scenarios/scenario-file-issue';
import { scenarioJsonSchema } from '../../scenarios/scenario-json-schema';
import type { WorkloadModel } from '../../workload/workload-model';
import type { CommandContext } from '../command';
import { type ExitCode, exitCode } from '../exit-code';
import type { OptionSpec } from '../option-values';
import { printScenarioOutcome } from '../print-scenario-outcome';
import { readScenarioFile } from '../read-scenario-file';
import { renderTable } from '../text-table';
import { UsageError } from '../usage-error';
import { analysisOptions, chooseAnalysis, printAnalysis } from './analyze-scenario';
import { draftProjectScenario, readProjectWorkload } from './project-scenario';

/** Options that only the scenario form of `simulate` takes. */
export const scenarioOptions: readonly OptionSpec[] = [
  { name: 'until', value: 'S', help: 'simulated seconds of a scenario; default: as it says' },
  { name: 'preset', value: 'NAME', help: 'run a scenario that comes with Plimsoll' },
  { name: 'list-presets', help: 'list those scenarios with what each teaches' },
  { name: 'explain', help: 'print the scenario and what it teaches, and check it, without a run' },
  {
    name: 'trace-session',
    value: 'N',
    help: 'print what happens to the Nth session, step by step',
  },
  { name: 'class', value: 'NAME', help: 'class of that session; default: the first' },
  { name: 'draft', help: 'print a scenario that plays the sessions of --project, as YAML' },
  { name: 'schema', help: 'print the JSON Schema of scenario files' },
  ...analysisOptions,
];

/** Options that only the project form takes. */
const projectOptions = ['agents', 'slots', 'hold', 'acquire-timeout', 'horizon'];

/** Whether a command line asks for a scenario rather than for the pool of a project. */
export function isScenarioForm({ options, positionals }: CommandContext): boolean {
  const asksForScenario =
    positionals.length > 0 ||
    options.text('preset') !== undefined ||
    ['list-presets', 'schema', 'explain', 'draft'].some((name) => options.flag(name));
  const given = projectOptions.find((name) => options.text(name) !== undefined);
  if (asksForScenario && given !== undefined) {
    throw new UsageError(`--${given} is of a project's pool; a scenario says that itself.`);
  }
  const alone = ['until', 'trace-session', 'class'].find(
    (name) => options.text(name) !== undefined,
  );
  if (!asksForScenario && alone !== undefined) {
    throw new UsageError(`--${alone} is of a scenario: name its file, or a preset.`);
  }
  return asksForScenario;
}

/** Runs a scenario in this process; a data directory is needed only for the sessions of `--project`. */
export async function simulateScenario(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  if (options.flag('schema')) {
    output.json(scenarioJsonSchema());
    return exitCode.ok;
  }
  if (options.flag('list-presets')) return listPresets(context);
  if (options.flag('draft')) return draftProjectScenario(context);
  const { text, name } = await readText(context);
  const { scenario, warnings } = parseOrExplain(text, name, context);
  if (!output.isJson)
    for (const warning of warnings) output.note(`Warning: ${describeFileIssue(warning)}`);
  if (options.flag('explain')) {
    if (output.isJson) output.json({ scenario, warnings });
    else for (const line of text.trimEnd().split('\n')) output.line(line);
    return exitCode.ok;
  }
  const workload = await readProjectWorkload(context);
  const ordinal = options.integer('trace-session', { min: 1, max: 1_000_000_000 });
  if (ordinal !== undefined) return printTrace(scenario, { ordinal, workload }, context);
  const analysis = chooseAnalysis(options);
  await withThreads(context, workload, async (threads) => {
    if (analysis !== null) {
      await printAnalysis(analysis(scenario), threads, context);
      return;
    }
    const [outcome] = await threads.runAll([scenario]);
    output.endProgress();
    if (output.isJson) output.json({ warnings, ...outcome });
    else printScenarioOutcome(outcome, output);
  });
  return exitCode.ok;
}

function listPresets({ output }: CommandContext): ExitCode {
  const listed = scenarioPresets.map(({ id, title, teaches }) => ({
    id,
    title,
    teaches: teaches.replaceAll(/\s+/g, ' '),
  }));
  if (output.isJson) output.json(listed);
  else
    for (const line of renderTable(
      listed.map(({ id, title }) => [id, title]),
      'll',
    ))
      output.line(line);
  return exitCode.ok;
}

async function readText({ options, positionals }: CommandContext) {
  const preset = options.text('preset');
  if (preset === undefined) {
    const [path, second] = positionals;
    if (path === undefined)
      throw new UsageError('The file of a scenario is needed, or --preset NAME.');
    if (second !== undefined)
      throw new UsageError(`simulate runs one scenario; got '${second}', too.`);
    return { name: path, text: await readScenarioFile(path) };
  }
  if (positionals.length > 0) {
    throw new UsageError('--preset and a file both name a scenario: give one of them.');
  }
  const found = findPreset(preset);
  if (found === undefined) {
    const known = scenarioPresets.map(({ id }) => id).join(', ');
    throw new UsageError(`There is no preset '${preset}'; there are ${known}.`);
  }
  return { name: preset, text: found.yaml };
}

/** The scenario with what the command line says about it; what keeps it from running is said on stderr. */
function parseOrExplain(text: string, name: string, { options, output }: CommandContext) {
  const parsed = parseScenarioFile(text);
  const issues: readonly ScenarioFileIssue[] = parsed.kind === 'issues' ? parsed.issues : [];
  if (parsed.kind === 'issues') {
    if (!output.isJson) for (const issue of issues) output.note(describeFileIssue(issue));
    const listed = issues.map((issue) => ({ path: `Line ${issue.line}`, message: issue.message }));
    throw new AppError('invalid_input', `${name} cannot be run.`, output.isJson ? listed : []);
  }
  const replications = options.integer('replications', { min: 10, max: 10_000 });
  const seed = options.integer('seed', { min: 0, max: 2 ** 32 - 1 });
  const horizonSec = options.number('until', { min: 1e-3, max: 1e9 });
  const scenario: Scenario = {
    ...parsed.scenario,
    ...(replications === undefined ? {} : { replications }),
    ...(seed === undefined ? {} : { seed }),
    ...(horizonSec === undefined ? {} : { horizonSec }),
  };
  const hasWorkload = options.text('project') !== undefined;
  const errors = checkScenario(scenario, { hasWorkload }).filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0) {
    throw new AppError('invalid_input', `${name} cannot be run: ${errors[0].message}`);
  }
  return { scenario, warnings: parsed.warnings };
}

function printTrace(
  scenario: Scenario,
  { ordinal, workload }: { readonly ordinal: number; readonly workload: WorkloadModel | null },
  { options, output }: CommandContext,
): ExitCode {
  const [first] = Object.keys(scenario.classes);
  const className = options.choice('class', Object.keys(scenario.classes)) ?? first;
  const traced = traceSession(scenario, { className, ordinal }, workload);
  if (traced.steps.length === 0) {
    throw new AppError('not_found', `Fewer than ${ordinal} sessions of ${className} start.`);
  }
  if (output.isJson) {
    output.json({ className, ordinal, ...traced });
    return exitCode.ok;
  }
  output.line(`Session ${ordinal} of class ${className}, seed ${scenario.seed ?? 1}`);
  const hasBranches = traced.steps.some(({ branch }) => branch > 1);
  const rows = traced.steps.map(({ timeSec, branch, text }, i) => [
    `${timeSec.toFixed(3)} s`,
    i === 0 ? '' : `+${formatDecimal(timeSec - traced.steps[i - 1].timeSec, 3)} s`,
    ...(hasBranches ? [branch === 1 ? '' : `branch ${branch}`] : []),
    text,
  ]);
  for (const line of renderTable(rows, hasBranches ? 'rrll' : 'rrl')) output.line(line);
  if (traced.isTruncated) output.note('More happened than is kept; the rest is left out.');
  return exitCode.ok;
}

async function withThreads(
  { output, signal }: CommandContext,
  workload: WorkloadModel | null,
  use: (threads: ScenarioThreads) => Promise<void>,
): Promise<void> {
  signal.throwIfAborted();
  const threads = new ScenarioThreads({
    workload,
    signal,
    onProgress: (done, asked) => output.progress(`Simulating: ${done} of ${asked} replications`),
  });
  try {
    await use(threads);
  } finally {
    await threads.close();
    output.endProgress();
  }
}
