import type {
  BlockOutcome,
  ClassOutcome,
  ScenarioOutcome,
  StationOutcome,
} from '@/simulations/scenario-outcome';
import type { Estimate } from '@/simulations/simulation-run';
import { formatCounted, formatDecimal, formatDurationSec } from '../format';
import {
  countsCell,
  estimateCell,
  type ScenarioCell,
  type ScenarioTable,
  tabulateScenario,
} from './prepare-scenario-cells';
import { describeUnfinished, hasManyUnfinished } from './prepare-scenario-finding';

const notSteady = 'no steady state';

/** Share of waits that had not ended from which on quantiles are said to be lower bounds. */
const pendingMax = 0.05;

/** The tables of a run: what each resource, class and attempt did, and what was under way when. */
export function prepareScenarioTables(outcome: ScenarioOutcome): readonly ScenarioTable[] {
  const tables = [
    resourceTable(outcome),
    classTable(outcome),
    attemptTable(outcome),
    probeTable(outcome),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** How the numbers came about, in one line. */
function describeScenarioMethod(outcome: ScenarioOutcome): string {
  const { replications, simulatedSec, warmUpSec } = outcome;
  const warmUp =
    warmUpSec > 0 ? `, the first ${formatDurationSec(warmUpSec)} left out as warm-up` : '';
  return `Means of ${formatCounted(replications, 'replication')} of ${formatDurationSec(simulatedSec)}${warmUp}, with 95 % intervals`;
}

function resourceTable(outcome: ScenarioOutcome): ScenarioTable {
  const { resources } = outcome;
  const hasCounters = resources.some(({ countersPerSec }) => anyOf(countersPerSec));
  return tabulateScenario({
    title: 'Resources',
    note: `${describeScenarioMethod(outcome)}; waits count from the request, without service`,
    rowHead: 'Resource',
    columns: [
      'slots',
      'in use',
      'waiting',
      'wait P50',
      'wait P95',
      'wait P99',
      'refused',
      'refused by cause',
      ...(hasCounters ? ['also counted'] : []),
    ],
    rows: resources.map((one) => ({
      name: one.name,
      kind: one.kind,
      cells: [
        ...stationCells(one),
        ...(hasCounters ? [countsCell(one.countersPerSec, 'Counted')] : []),
      ],
    })),
  });
}

function stationCells(one: StationOutcome): ScenarioCell[] {
  const isOverloaded = one.overload !== null;
  const isAtLeast = isOverloaded || one.pendingWaitShare.mean > pendingMax;
  const doubt = isOverloaded ? notSteady : null;
  const wait = (estimate: Estimate, name: string) =>
    estimateCell(estimate, { quantity: `Wait ${name}`, unit: 's', isAtLeast, doubt });
  return [
    {
      text: one.slots === null ? 'unlimited' : formatDecimal(one.slots),
      doubt: '',
      isKnown: one.slots !== null,
      measured: [],
    },
    one.utilization === null
      ? estimateCell(one.inUseMean, { quantity: 'In use', unit: 'count' })
      : estimateCell(one.utilization, { quantity: 'Utilisation', unit: 'share' }),
    estimateCell(one.waitingMean, { quantity: 'Waiting', unit: 'count', doubt }),
    wait(one.waitSec.p50, 'P50'),
    wait(one.waitSec.p95, 'P95'),
    wait(one.waitSec.p99, 'P99'),
    estimateCell(one.failedShare, { quantity: 'Refused', unit: 'share' }),
    countsCell(one.failuresPerSecByCause, 'Refused'),
  ];
}

function classTable(outcome: ScenarioOutcome): ScenarioTable {
  const { classes, scenario } = outcome;
  const hasTurns = classes.some(({ turnSec }) => turnSec.mean.replications > 0);
  const hasTokens = classes.some(({ tokensPerSession }) => tokensPerSession.replications > 0);
  const isOverloaded = outcome.resources.some(({ overload }) => overload !== null);
  const unfinishedNote = classes
    .map(describeUnfinished)
    .map((sentence) => (sentence === '' ? '' : `${sentence} `))
    .join('');
  return tabulateScenario({
    title: 'Classes of sessions',
    note: `${unfinishedNote}${hasTwoEndStates(outcome) ? 'Replications end in two states, and means over both describe neither. ' : ''}Times are of sessions that succeeded${isOverloaded ? '; while a resource is overloaded they grow with the length of the run' : ''}`,
    rowHead: 'Class',
    columns: [
      'started',
      'succeeded',
      'in time',
      'failed',
      'failed by cause',
      'session P50',
      'session P95',
      ...(hasTurns ? ['turn P50', 'turn P95'] : []),
      ...(hasTokens ? ['cost per success', 'wasted'] : []),
    ],
    rows: classes.map((one) => ({
      name: one.name,
      kind: 'class',
      cells: classCells(one, {
        isOverloaded,
        hasTurns,
        hasTokens,
        hasDeadline: scenario.classes[one.name]?.deadlineSec !== undefined,
      }),
    })),
  });
}

interface ClassCellOptions {
  readonly isOverloaded: boolean;
  readonly hasTurns: boolean;
  readonly hasTokens: boolean;
  readonly hasDeadline: boolean;
}

function classCells(one: ClassOutcome, options: ClassCellOptions): ScenarioCell[] {
  const doubt = options.isOverloaded ? notSteady : null;
  const time = (estimate: Estimate, quantity: string, isAtLeast = false) =>
    estimateCell(estimate, { quantity, unit: 's', doubt, isAtLeast });
  const isAtLeast = hasManyUnfinished(one);
  const rate = (estimate: Estimate | null, quantity: string, absent = 'no deadline') =>
    estimateCell(estimate, { quantity, unit: 'per s', absent });
  return [
    rate(one.startedPerSec, 'Started'),
    rate(one.succeededPerSec, 'Succeeded'),
    rate(options.hasDeadline ? one.goodputPerSec : null, 'Succeeded in time'),
    estimateCell(one.failureShare, { quantity: 'Failed', unit: 'share' }),
    countsCell(one.failuresPerSecByCause, 'Failed'),
    time(one.responseSec.p50, 'Session time P50', isAtLeast),
    time(one.responseSec.p95, 'Session time P95', isAtLeast),
    ...(options.hasTurns
      ? [time(one.turnSec.p50, 'Turn time P50'), time(one.turnSec.p95, 'Turn time P95')]
      : []),
    ...(options.hasTokens ? [costCell(one), wasteCell(one)] : []),
  ];
}

function costCell(one: ClassOutcome): ScenarioCell {
  const hasUnpriced = one.unpricedTokenShare.mean > 0;
  return estimateCell(hasUnpriced ? null : one.costUsdPerSession, {
    quantity: 'Cost per success',
    unit: 'USD',
    absent: 'tokens without a price',
  });
}

/** Wasted dollars, or wasted tokens where they have no price. */
function wasteCell(one: ClassOutcome): ScenarioCell {
  return one.wastedUsdShare.replications > 0
    ? estimateCell(one.wastedUsdShare, { quantity: 'Wasted share of dollars', unit: 'share' })
    : estimateCell(one.wastedTokenShare, { quantity: 'Wasted share of tokens', unit: 'share' });
}

function attemptTable({ attempts }: ScenarioOutcome): ScenarioTable {
  return tabulateScenario({
    title: 'Attempts',
    note: 'A call is made until an attempt succeeds or none is left; between two attempts it is in orbit',
    rowHead: 'Attempt',
    columns: [
      'calls',
      'attempts per call',
      'calls that succeed',
      'in orbit',
      'call P50',
      'call P95',
      'attempts failed by cause',
      'calls cancelled',
      'breaker openings',
      'breakers open',
    ],
    rows: attempts.map((one) => ({ name: one.name, kind: 'attempt', cells: blockCells(one) })),
  });
}

function blockCells(one: BlockOutcome): ScenarioCell[] {
  const count = (estimate: Estimate, quantity: string) =>
    estimateCell(estimate, { quantity, unit: 'count' });
  const ofBreaker = (estimate: Estimate | null, quantity: string) =>
    estimateCell(estimate, { quantity, unit: 'count', absent: 'no breaker' });
  return [
    estimateCell(one.callsPerSec, { quantity: 'Calls', unit: 'per s' }),
    count(one.attemptsPerCall, 'Attempts per call'),
    estimateCell(one.successShare, { quantity: 'Calls that succeed', unit: 'share' }),
    count(one.backingOffMean, 'Calls in orbit'),
    estimateCell(one.callSec.p50, { quantity: 'Call time P50', unit: 's' }),
    estimateCell(one.callSec.p95, { quantity: 'Call time P95', unit: 's' }),
    countsCell(one.failuresPerSecByCause, 'Attempts failed'),
    estimateCell(one.cancelledPerSec, { quantity: 'Calls cancelled', unit: 'per s' }),
    ofBreaker(one.breakerOpenings, 'Breaker openings per replication'),
    ofBreaker(one.breakerOpenMean, 'Open breakers, mean'),
  ];
}

function probeTable({ probes }: ScenarioOutcome): ScenarioTable {
  const [first] = probes;
  const names =
    first === undefined ? [] : [...Object.keys(first.classes), ...Object.keys(first.resources)];
  return tabulateScenario({
    title: 'Under way at the asked times',
    note: 'Sessions of classes in progress, then requests in use or waiting at resources',
    rowHead: 'Time',
    columns: names,
    rows: probes.map(({ atSec, classes, resources }) => ({
      name: formatDurationSec(atSec),
      kind: 'time',
      cells: [...Object.entries(classes), ...Object.entries(resources)].map(([name, estimate]) =>
        estimateCell(estimate, { quantity: name, unit: 'count' }),
      ),
    })),
  });
}

/** Whether a mean over the replications hides that some end well and others collapsed. */
export function hasTwoEndStates({ classes }: Pick<ScenarioOutcome, 'classes'>): boolean {
  return classes.some(({ endStates }) => endStates !== null);
}

function anyOf(counts: Readonly<Record<string, Estimate>>): boolean {
  return Object.values(counts).some(({ mean }) => mean > 0);
}
