import type { OperationTokens, WorkloadModel } from '@/lib/workload/workload-model';
import { prepareSessionPrograms } from '../engine/session-programs';
import type { Resource } from '../scenario/resource';
import type { ObservedProgram, Scenario } from '../scenario/scenario';
import { compileObserved, type ObservedMapping } from './compile-observed';
import type { LawSites } from './law-sites';
import type { StepCompiler, StepNames } from './step-compiler';

/** What the classes of a scenario are lowered with. */
export interface ClassContext {
  readonly compiler: StepCompiler;
  readonly laws: LawSites;
  readonly names: StepNames;
  readonly scenario: Scenario;
  readonly workload: WorkloadModel | null;
}

const constant = (value: number) => ({ site: -1, value });

/** Median of the counts that are known; NaN where none is. */
function medianKnown(counts: Float64Array): number {
  const known = counts.filter((count) => !Number.isNaN(count)).sort();
  return known.length === 0 ? Number.NaN : known[Math.floor((known.length - 1) / 2)];
}

/** Whether a provider says itself how long a call takes, so that recorded durations do not count. */
function hasLatency(resource: Resource | undefined): boolean {
  return (
    resource?.kind === 'provider' &&
    (resource.baseSec !== undefined ||
      resource.decodeSecPerToken !== undefined ||
      resource.prefillSecPerToken !== undefined)
  );
}

/**
 * Maps the model calls of observed sessions to a provider, each with its own tokens. A count that was
 * not recorded is taken to be the median of those that were.
 *
 * @throws RangeError when no call has a count: a quota of tokens cannot be held against nothing
 */
function mapModelCalls(
  provider: string,
  tokens: OperationTokens | undefined,
  {
    compiler,
    names,
    scenario,
    workload,
    key,
    program,
  }: ClassContext & {
    readonly key: string;
    readonly program: ObservedProgram;
  },
): NonNullable<ObservedMapping['model']> {
  if (tokens === undefined || workload === null) {
    throw new RangeError(
      `Got sessions without token counts when expected some to play against provider '${provider}'.`,
    );
  }
  const { prompt, cacheRead, cacheWrite, output } = tokens;
  const promptMedian = medianKnown(prompt);
  const outputMedian = medianKnown(output);
  const known = (count: number, otherwise: number) => (Number.isNaN(count) ? otherwise : count);
  const takesRecordedTime = !hasLatency(scenario.resources[provider]);
  return {
    station: names.resource(provider),
    block:
      program.retry === undefined
        ? -1
        : compiler.addBlock({ attempt: 'model call', retry: program.retry }, `${key}.model`),
    operandOf: (operation) =>
      compiler.addOperand({
        kind: 'model',
        prompt: constant(known(prompt[operation], promptMedian)),
        cached: constant(known(cacheRead[operation], 0)),
        cacheWrite: constant(known(cacheWrite[operation], 0)),
        output: constant(known(output[operation], outputMedian)),
        maxTokens: Number.POSITIVE_INFINITY,
        duration: takesRecordedTime ? constant(workload.durationSec[operation]) : null,
      }),
  };
}

/**
 * Lowers a class whose sessions play observed ones; returns the first instruction of each.
 *
 * @throws RangeError when there are no observed sessions
 */
export function compileObservedClass(
  program: ObservedProgram,
  key: string,
  context: ClassContext,
): Int32Array {
  const { compiler, laws, names, workload } = context;
  if (workload === null) {
    throw new RangeError(
      `Got no observed sessions for '${key}' when expected some: name a project with imported traces.`,
    );
  }
  const { query, tool, model, hold = 'query' } = program;
  const programs = prepareSessionPrograms(workload, program.thinkTimeFactor ?? 1);
  const asked = (resource: string) => ({
    station: names.resource(resource),
    operand: compiler.addOperand({ kind: 'service', key: null }),
  });
  const mapping: ObservedMapping = {
    unitSite: laws.add({ law: 'exponential', mean: 1 }, `${key}/durations`),
    ...(query === undefined ? {} : { query: { ...asked(query), hold } }),
    ...(tool === undefined ? {} : { tool: asked(tool) }),
    ...(model === undefined
      ? {}
      : { model: mapModelCalls(model, workload.tokens, { ...context, key, program }) }),
  };
  return compileObserved(programs, compiler.writer, mapping).firstPc;
}
