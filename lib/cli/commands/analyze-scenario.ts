import type { AnalysisPlan } from '@/simulations/analysis/analysis-plan';
import { driveAnalysis } from '@/simulations/analysis/analysis-plan';
import { mapEnvelope } from '@/simulations/analysis/map-envelope';
import { measureSensitivity } from '@/simulations/analysis/measure-sensitivity';
import {
  listParameters,
  loadFactor,
  parameterValue,
} from '@/simulations/analysis/scenario-parameter';
import { searchLoad, sweepLoad } from '@/simulations/analysis/search-load';
import { sizeParameter } from '@/simulations/analysis/size-parameter';
import type { Scenario } from '@/simulations/scenario/scenario';
import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import { AppError } from '../../errors';
import type { ScenarioThreads } from '../../jobs/scenario-threads';
import type { CommandContext } from '../command';
import type { OptionSpec, OptionValues } from '../option-values';
import {
  envelopeLines,
  limitLines,
  sensitivityLines,
  sizingLines,
  sweepLines,
} from '../print-scenario-analysis';
import { UsageError } from '../usage-error';

/** How far a search goes beyond what the scenario says, unless told otherwise. */
const farthest = 64;

/** Factor on the load that a search begins with. */
const smallestLoad = 1 / 16;

/** Parameters that a sensitivity analysis looks at, at most. */
const parametersMax = 24;

/** Options that ask for an analysis of a scenario instead of one run of it. */
export const analysisOptions: readonly OptionSpec[] = [
  { name: 'find-limit', help: 'largest load at which every objective holds, and what binds' },
  { name: 'up-to', value: 'N', help: `how many times the load is tried; default: ${farthest}` },
  { name: 'size', value: 'PATH', help: 'smallest value of a number that carries the load' },
  { name: 'sweep', value: 'PATH=A,B,…', help: 'objectives at values of a number, or of load' },
  { name: 'sensitivity', help: 'which numbers move the limit most' },
  { name: 'envelope', value: 'X=A,B:Y=C,D', help: 'where in two numbers the objectives hold' },
];

/** What an analysis gives: the whole of it, and the lines that say it. */
interface AnalysisAnswer {
  readonly json: unknown;
  readonly lines: readonly string[];
}

/** Reads `PATH=A,B,C`. */
function readAxis(text: string, option: string) {
  const [path, list = ''] = text.split('=');
  const values = list.split(',').map((value) => (value.trim() === '' ? Number.NaN : Number(value)));
  if (path.trim() === '' || values.some((value) => !(value > 0 && value < 1e9))) {
    throw new UsageError(
      `--${option} takes a path and numbers above 0 and below 1,000,000,000, as load=1,2,4; got '${text}'.`,
    );
  }
  return { path: path.trim(), values };
}

/** A path that the scenario holds, or a sentence with those it does hold. */
function knownPath(scenario: Scenario, path: string): string {
  const known = listParameters(scenario).map((parameter) => parameter.path);
  if (path === loadFactor || known.includes(path)) return path;
  throw new UsageError(`The scenario has no number at '${path}'. It has ${known.join(', ')}.`);
}

/** The analysis that the command line asks for; null where it asks for a run. */
export function chooseAnalysis(
  options: OptionValues,
): ((scenario: Scenario) => AnalysisPlan<AnalysisAnswer>) | null {
  const size = options.text('size');
  const sweep = options.text('sweep');
  const envelope = options.text('envelope');
  const asked = [
    options.flag('find-limit'),
    size !== undefined,
    sweep !== undefined,
    options.flag('sensitivity'),
    envelope !== undefined,
  ];
  if (asked.filter(Boolean).length > 1) {
    throw new UsageError(
      'One analysis at a time: --find-limit, --size, --sweep, --sensitivity or --envelope.',
    );
  }
  const upTo = options.number('up-to', { min: 1, max: 1e6 }) ?? farthest;
  if (options.flag('find-limit')) return (scenario) => findLimit(scenario, upTo);
  if (size !== undefined) return (scenario) => findSize(scenario, size, upTo);
  if (sweep !== undefined) return (scenario) => runSweep(scenario, sweep);
  if (options.flag('sensitivity')) return (scenario) => findSensitivity(scenario, upTo);
  if (envelope !== undefined) return (scenario) => drawEnvelope(scenario, envelope);
  return null;
}

function* findLimit(scenario: Scenario, upTo: number): AnalysisPlan<AnalysisAnswer> {
  const search = yield* searchLoad(scenario, { from: smallestLoad, upTo });
  return { json: search, lines: limitLines(search, scenario) };
}

function* findSize(scenario: Scenario, asked: string, upTo: number): AnalysisPlan<AnalysisAnswer> {
  const parameter = knownPath(scenario, asked);
  const value = parameterValue(scenario, parameter);
  const from = Math.max(1, Math.floor(value / farthest));
  const sizing = yield* sizeParameter(scenario, { parameter, from, upTo: value * upTo });
  return { json: sizing, lines: sizingLines(sizing) };
}

function* runSweep(scenario: Scenario, text: string): AnalysisPlan<AnalysisAnswer> {
  const { path, values } = readAxis(text, 'sweep');
  const sweep = yield* sweepLoad(scenario, { parameter: knownPath(scenario, path), values });
  return { json: sweep, lines: sweepLines(sweep) };
}

function* findSensitivity(scenario: Scenario, upTo: number): AnalysisPlan<AnalysisAnswer> {
  const parameters = listParameters(scenario).filter(
    ({ path, value }) => value > 0 && path.startsWith('resources.'),
  );
  const paths = parameters.slice(0, parametersMax).map(({ path }) => path);
  const range = { from: smallestLoad, upTo };
  const analysis = yield* measureSensitivity(scenario, { paths, range });
  const leftOut = parameters.length - paths.length;
  return { json: analysis, lines: sensitivityLines(analysis, leftOut) };
}

function* drawEnvelope(scenario: Scenario, text: string): AnalysisPlan<AnalysisAnswer> {
  const [first, second, third] = text.split(':');
  if (second === undefined || third !== undefined) {
    throw new UsageError(
      `--envelope takes two numbers, as load=1,2:resources.db.slots=4,8; got '${text}'.`,
    );
  }
  const x = readAxis(first, 'envelope');
  const y = readAxis(second, 'envelope');
  knownPath(scenario, x.path);
  knownPath(scenario, y.path);
  const envelope = yield* mapEnvelope(scenario, { x, y });
  return { json: envelope, lines: envelopeLines(envelope) };
}

/**
 * The same analysis, whose refusals are shown to the user: a RangeError of the plan itself says what
 * the scenario lacks. Errors of the runs it asks for are thrown elsewhere and stay what they are.
 */
function* sayWhatCannotBeAnalysed<Result>(plan: AnalysisPlan<Result>): AnalysisPlan<Result> {
  let step = nextOrRefuse(plan, []);
  while (!step.done) step = nextOrRefuse(plan, yield step.value);
  return step.value;
}

function nextOrRefuse<Result>(plan: AnalysisPlan<Result>, outcomes: readonly ScenarioOutcome[]) {
  try {
    return plan.next(outcomes);
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('invalid_input', error.message);
    throw error;
  }
}

/** Runs an analysis over threads and prints what it found. */
export async function printAnalysis(
  plan: AnalysisPlan<AnalysisAnswer>,
  threads: ScenarioThreads,
  { output, signal }: CommandContext,
): Promise<void> {
  const { json, lines } = await driveAnalysis(
    sayWhatCannotBeAnalysed(plan),
    (scenarios) => threads.runAll(scenarios),
    { signal },
  );
  output.endProgress();
  if (output.isJson) output.json(json);
  else for (const line of lines) output.line(line);
}
