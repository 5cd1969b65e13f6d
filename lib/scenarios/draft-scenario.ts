import { stringify } from 'yaml';
import { defaultHorizonSec } from '@/simulations/analysis/default-horizon';
import { providerPresetNames } from '@/simulations/providers/resolve-provider';
import { Scenario } from '@/simulations/scenario/scenario';
import { formatCount, formatCounted, formatPercent } from '../format';
import type { SystemDescription } from '../system/system-description';
import type { ArrivalFit, ProposedArrivals } from '../workload/arrival-fit';
import type { ProviderCalls } from '../workload/count-providers';
import { fitArrivals } from '../workload/fit-arrivals';
import type { PlainWorkload } from '../workload/read-workload';
import { opCode } from '../workload/workload-model';
import { type Remark, renderYaml } from './render-yaml';
import { resourceNameOf } from './resource-name';

/** What is known of a project; the answer of the API to a request for its workload is a `workload`. */
export interface DraftBasis {
  readonly projectName: string;
  readonly system: SystemDescription;
  readonly workload: Omit<PlainWorkload, 'tokens'> & {
    readonly tokens?: unknown;
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
const minArrivals = 200; // that an open load is simulated for
const hourSec = 3_600;
const maxHorizonSec = 1e9; // what a scenario takes

/**
 * Drafts a scenario from a project: its pool, the provider of its model calls, its sessions as they
 * were observed, its planned peak or the arrivals fitted to its traces, and its target. Only what is
 * there is drafted: no pool where no operation is a query, no provider where no call has tokens.
 *
 * A pure function of what the API answers. The text parses back to the scenario.
 */
export function draftScenario(basis: DraftBasis): ScenarioDraft {
  const { projectName, system, workload } = basis;
  const pool = workload.op.includes(opCode.query) ? draftPool(basis) : null;
  const provider =
    workload.tokens === undefined ? null : draftProvider(workload.providers, pool?.value.name);
  const load = draftLoad(basis);
  const target = {
    measure: 'waitSec',
    resource: pool?.value.name,
    quantile: 0.95,
    atMost: system.waitTargetP95Sec,
  };
  const input = {
    plimsoll: 1,
    name: `${oneLine(projectName).slice(0, maxNameChars) || 'Project'} as observed`,
    horizonSec: horizonOf(basis, load.value),
    resources: {
      ...(pool === null ? {} : { [pool.value.name]: pool.value.resource }),
      ...(provider === null ? {} : { [provider.value]: { kind: 'provider' } }),
    },
    classes: {
      [className]: {
        arrivals: load.value,
        program: {
          kind: 'observed',
          ...(pool === null ? {} : { query: pool.value.name, hold: system.pool.holdingScope }),
          ...(provider === null
            ? {}
            : { model: provider.value, retry: { preset: 'anthropic-sdk' } }),
        },
      },
    },
    ...(pool === null ? {} : { slos: [target] }),
  };
  const remarks: Remark[] = [
    { path: ['plimsoll'], text: describeBasis(basis) },
    { path: ['horizonSec'], text: describeHorizon(load.value) },
    ...(pool?.remarks ?? []),
    ...(provider?.remarks ?? []),
    ...load.remarks,
  ];
  return { scenario: Scenario.parse(input), yaml: renderYaml(input, remarks) };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
}

function describeBasis({ projectName, workload: { basis, arrivals } }: DraftBasis): string {
  const { sessions, sessionsInStore, imputedDurations } = basis;
  const fitted = arrivals === undefined ? 0 : arrivals.sessions + arrivals.sessionsWithoutStart;
  const sentences = [
    `Drafted from the traces of ${oneLine(projectName)}: ${formatCount(sessions)} of ${formatCounted(sessionsInStore, 'session')}.`,
    ...(imputedDurations === 0
      ? []
      : [
          `${formatCounted(imputedDurations, 'duration was', 'durations were')} not recorded; medians are taken.`,
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
function draftProvider(
  seen: readonly ProviderCalls[] = [],
  taken: string | undefined = undefined,
): Part<string> {
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
    value: name,
    remarks: [
      {
        path: ['resources', name],
        text: `Calls take the time and the tokens that were recorded, and no quota refuses any.${several} To hold them to quotas, add a line \`preset: NAME\`, one of ${providerPresetNames.join(', ')}; or write \`quotas\`.`,
      },
      {
        path: ['classes', className, 'program', 'retry'],
        text: 'Assumed: as client libraries of providers do it by default.',
      },
    ],
  };
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

/** Four mean sessions, and at open load at least so long that 200 start on average. */
function horizonOf({ workload }: DraftBasis, arrivals: ProposedArrivals): number {
  const forSessionsSec = defaultHorizonSec(workload);
  const gapSec = meanGapSec(arrivals);
  if (gapSec === null) return forSessionsSec;
  const forArrivalsSec = Math.ceil((minArrivals * gapSec) / hourSec) * hourSec;
  return Math.min(maxHorizonSec, Math.max(forSessionsSec, forArrivalsSec));
}

function describeHorizon({ kind }: ProposedArrivals): string {
  const arrivals = kind === 'closed' ? '' : `, long enough for ${minArrivals} arrivals,`;
  return `Four mean sessions${arrivals} in whole hours; not how long the traces are.`;
}

function meanGapSec(arrivals: ProposedArrivals): number | null {
  switch (arrivals.kind) {
    case 'closed':
      return null;
    case 'poisson':
      return 1 / arrivals.ratePerSec;
    case 'renewal':
      return typeof arrivals.gapSec === 'number' ? arrivals.gapSec : arrivals.gapSec.mean;
    default:
      return arrivals satisfies never;
  }
}
