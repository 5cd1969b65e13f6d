import { stringify } from 'yaml';
import { providerPresetNames } from '@/simulations/providers/resolve-provider';
import { Scenario } from '@/simulations/scenario/scenario';
import { formatCount, formatCounted, formatPercent } from '../format';
import type { SystemDescription } from '../system/system-description';
import type { ArrivalFit, ProposedArrivals } from '../workload/arrival-fit';
import type { ProviderCalls } from '../workload/count-providers';
import { fitArrivals } from '../workload/fit-arrivals';
import type { PlainWorkload } from '../workload/read-workload';
import { opCode } from '../workload/workload-model';
import { assumeDurations, assumedLatency, lacksDurations } from './draft-latency';
import { chooseRunLength, measureSessions } from './draft-run-length';
import { type Remark, renderYaml } from './render-yaml';
import { resourceNameOf } from './resource-name';

/** What is known of a project; the answer of the API to a request for its workload is a `workload`. */
export interface DraftBasis {
  readonly projectName: string;
  readonly system: SystemDescription;
  readonly workload: Omit<PlainWorkload, 'tokens'> & {
    /** Only the counts of output are read, and whether there are any. */
    readonly tokens?: { readonly output: ArrayLike<number | null> } | undefined;
    readonly arrivals?: ArrivalFit | undefined;
    readonly providers?: readonly ProviderCalls[] | undefined;
  };
}

/** A scenario that plays the imported sessions, and its file. */
export interface ScenarioDraft {
  readonly scenario: Scenario;
  /** The same as YAML, with comments that say where each number comes from. */
  readonly yaml: string;
}

/** A part of the draft with what is to be said about it. */
interface Part<T> {
  readonly value: T;
  readonly remarks: readonly Remark[];
}

const className = 'agent';
const maxNameChars = 180;

/**
 * Drafts a scenario from a project: its pool, the provider of its model calls, its sessions as they
 * were observed, its planned peak or the arrivals fitted to its traces, and its target. Only what is
 * there is drafted: no pool where no operation is a query, no provider where no call has tokens.
 *
 * A pure function of what the API answers. The text parses back to the scenario.
 *
 * @throws AppError `invalid_input` where nothing says how long a model call takes
 */
export function draftScenario(basis: DraftBasis): ScenarioDraft {
  const { projectName, system, workload } = basis;
  const pool = workload.op.includes(opCode.query) ? draftPool(basis) : null;
  const provider = workload.tokens === undefined ? null : draftProvider(basis, pool?.value.name);
  const load = draftLoad(basis);
  const run = chooseRunLength(
    measureSessions({ firstOp: workload.firstOp, durationSec: playedSec(basis) }),
    load.value,
  );
  const target = {
    measure: 'waitSec',
    resource: pool?.value.name,
    quantile: 0.95,
    atMost: system.waitTargetP95Sec,
  };
  const input = {
    plimsoll: 1,
    name: `${oneLine(projectName).slice(0, maxNameChars) || 'Project'} as observed`,
    ...run.keys,
    resources: {
      ...(pool === null ? {} : { [pool.value.name]: pool.value.resource }),
      ...(provider === null ? {} : { [provider.value.name]: provider.value.resource }),
    },
    classes: {
      [className]: {
        arrivals: load.value,
        program: {
          kind: 'observed',
          ...(pool === null ? {} : { query: pool.value.name, hold: system.pool.holdingScope }),
          ...(provider === null
            ? {}
            : { model: provider.value.name, retry: { preset: 'anthropic-sdk' } }),
        },
      },
    },
    ...(pool === null ? {} : { slos: [target] }),
  };
  const remarks: Remark[] = [
    { path: ['plimsoll'], text: describeBasis(basis) },
    ...run.remarks,
    ...(pool?.remarks ?? []),
    ...(provider?.remarks ?? []),
    ...load.remarks,
  ];
  return { scenario: Scenario.parse(input), yaml: renderYaml(input, remarks) };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
}

/** Seconds of each operation as it is played: assumed for model calls where none is recorded. */
function playedSec({ workload }: DraftBasis): readonly number[] {
  const { op, durationSec, tokens } = workload;
  if (!lacksDurations(workload)) return durationSec;
  return assumeDurations({ op, durationSec, output: tokens?.output ?? null });
}

function describeBasis({ projectName, workload }: DraftBasis): string {
  const { basis, arrivals } = workload;
  const { sessions, sessionsInStore, imputedDurations } = basis;
  const fitted = arrivals === undefined ? 0 : arrivals.sessions + arrivals.sessionsWithoutStart;
  const sentences = [
    `Drafted from the traces of ${oneLine(projectName)}: ${formatCount(sessions)} of ${formatCounted(sessionsInStore, 'session')}.`,
    ...(imputedDurations === 0
      ? []
      : [
          `${formatCounted(imputedDurations, 'duration was', 'durations were')} not recorded${lacksDurations(workload) ? '' : '; medians are taken'}.`,
        ]),
    ...(fitted > 0 && fitted < sessionsInStore
      ? [`Arrivals are those of the latest ${formatCount(fitted)}.`]
      : []),
  ];
  return `${sentences.join(' ')}\nnpx plimsoll simulate FILE --project NAME runs it with these sessions.`;
}

function draftPool({ system, workload }: DraftBasis) {
  const { pool, waitTargetP95Sec } = system;
  const { databaseSpans, heldWhileThinkingShare } = workload.basis;
  const name = resourceNameOf(pool.name, 'database');
  const acquireTimeoutSec = pool.acquireTimeoutSec ?? undefined;
  const program = ['classes', className, 'program'];
  const queries =
    databaseSpans === 0
      ? `The traces hold no database spans: ${formatCounted(pool.assumedQueriesPerTurn, 'query', 'queries')} of ${pool.assumedQuerySec} s a turn are assumed, as the project says.`
      : `Queries take the time of the ${formatCounted(databaseSpans, 'database span')} in the traces.`;
  const held =
    heldWhileThinkingShare === null
      ? ''
      : ` In the traces a model call ran during ${formatPercent(heldWhileThinkingShare)} of the time of queries.`;
  return {
    value: {
      name,
      resource: {
        kind: 'pool',
        slots: pool.slots,
        ...(acquireTimeoutSec === undefined ? {} : { acquireTimeoutSec }),
      },
    },
    remarks: [
      {
        path: ['resources', name],
        text: `The pool of the project, as declared there${acquireTimeoutSec === undefined ? ': waits have no limit' : ''}.`,
      },
      { path: [...program, 'query'], text: queries },
      { path: [...program, 'hold'], text: `As the project declares it.${held}` },
      {
        path: ['slos', 0],
        text: `The target of the project: 95 % of waits are at most ${waitTargetP95Sec} s.`,
      },
    ],
  } satisfies Part<unknown>;
}

/** All model calls of observed sessions go to one provider: the one that answered most of them. */
function draftProvider({ workload }: DraftBasis, taken: string | undefined = undefined) {
  const { providers: seen = [] } = workload;
  const isAssumed = lacksDurations(workload);
  const [most] = seen;
  const wanted = resourceNameOf(most?.name ?? '', 'model provider');
  const name = wanted === taken ? `${wanted.slice(0, 70)} models` : wanted;
  const calls = seen.reduce((sum, { modelCalls }) => sum + modelCalls, 0);
  const shares = seen.map(
    ({ name: of, modelCalls }) =>
      `${of === null ? 'not named' : oneLine(of)} ${formatPercent(modelCalls / calls)}`,
  );
  const several =
    seen.length < 2
      ? ''
      : ` The traces hold calls to ${seen.length} providers (${shares.slice(0, 10).join(', ')}); all are sent to this one.`;
  return {
    value: {
      name,
      resource: { kind: 'provider', ...(isAssumed ? assumedLatency : {}) },
    },
    remarks: [
      {
        path: ['resources', name],
        text: `Calls take ${isAssumed ? '' : 'the time and '}the tokens that were recorded, and no quota refuses any.${several} To hold them to quotas, add a line \`preset: NAME\`, one of ${providerPresetNames.join(', ')}; or write \`quotas\`.`,
      },
      {
        path: ['resources', name, 'baseSec'],
        text: `PLACEHOLDER: no durations are recorded; ${assumedLatency.baseSec} s + ${assumedLatency.decodeSecPerToken} s per output token is an assumption: replace it.`,
      },
      {
        path: ['classes', className, 'program', 'retry'],
        text: 'Assumed: as client libraries of providers do it by default.',
      },
    ],
  } satisfies Part<unknown>;
}

function draftLoad({ system, workload }: DraftBasis): Part<ProposedArrivals> {
  const { arrivals = fitArrivals(new Float64Array(0)) } = workload;
  const { proposal, concurrency } = arrivals;
  const path = ['classes', className, 'arrivals'];
  const { plannedPeakAgents } = system;
  if (plannedPeakAgents === null) {
    const text = `No planned peak is declared, so as observed. ${proposal.because}`;
    return { value: proposal.arrivals, remarks: [{ path, text }] };
  }
  const peak =
    concurrency === null
      ? ''
      : ` In the traces at most ${formatCounted(concurrency.peak, 'session was', 'sessions were')} in progress at once.`;
  const flow = stringify(proposal.arrivals, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  const text = `The planned peak of the project.${peak} ${proposal.because} To run that instead:\narrivals: ${flow}`;
  return { value: { kind: 'closed', agents: plannedPeakAgents }, remarks: [{ path, text }] };
}
