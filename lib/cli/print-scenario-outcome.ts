import type {
  BlockOutcome,
  ClassOutcome,
  EndStates,
  ScenarioOutcome,
  StationOutcome,
  TimeOutcome,
} from '@/simulations/scenario-outcome';
import type { Estimate } from '@/simulations/simulation-run';
import { formatInUnit } from '../charts/prepare-scenario-cells';
import { describeUnfinished, hasManyUnfinished } from '../charts/prepare-scenario-finding';
import { describeCoverage, unitOfObjective } from '../charts/prepare-scenario-objectives';
import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatDurationSec,
  formatPercent,
  formatUsd,
  notKnown,
} from '../format';
import type { Output } from './output';
import { closedFormLines } from './print-closed-form';
import { renderTable } from './text-table';

/** Name, mean and interval of a quantity; null: it does not apply, and is left out. */
type Row = readonly string[] | null;

/** Prints what a scenario showed: what to doubt first, then a table per class and resource. */
export function printScenarioOutcome(outcome: ScenarioOutcome, output: Output): void {
  for (const line of outcomeLines(outcome)) output.line(line);
}

/** The lines that say what a scenario showed. */
export function outcomeLines(outcome: ScenarioOutcome): string[] {
  const parts = [
    headLines(outcome),
    doubtLines(outcome),
    sloLines(outcome),
    ...outcome.classes.map((one) =>
      table(
        `Class ${one.name}`,
        classRows(one, outcome.scenario.classes[one.name]?.deadlineSec !== undefined),
      ),
    ),
    ...outcome.resources.map((one) => table(`${titleOf(one.kind)} ${one.name}`, stationRows(one))),
    ...outcome.attempts.map((one) => table(`Attempts of ${one.name}`, blockRows(one))),
    probeLines(outcome),
    closedFormLines(outcome),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

function headLines({ scenario, replications, simulatedSec, warmUpSec, events }: ScenarioOutcome) {
  const warmUp =
    warmUpSec > 0
      ? `, of which the first ${formatDurationSec(warmUpSec)} are left out as warm-up`
      : '; nothing is left out as warm-up';
  return [
    scenario.name,
    `${formatCounted(replications, 'replication')} of ${formatDurationSec(simulatedSec)}${warmUp}; ${formatCount(events)} events.`,
  ];
}

/** What keeps the numbers below from being read as steady state, one sentence each. */
function doubtLines({ stopReason, resources, classes, simulatedSec, scenario }: ScenarioOutcome) {
  const lines: string[] = [];
  if (stopReason !== null) {
    const reached = `${formatDurationSec(simulatedSec)} of ${formatDurationSec(scenario.horizonSec)}`;
    lines.push(`Stopped at ${reached}: ${stopReason} The numbers are of what was measured so far.`);
  }
  for (const { name, overload, pendingWaitShare } of resources) {
    if (overload !== null) {
      const { growthPerSec, secondsToOneWaiterPerSlot: filledSec } = overload;
      const until =
        filledSec === null
          ? ''
          : `; from empty it takes ${formatDurationSec(filledSec)} to one waiter per slot`;
      lines.push(
        `Overloaded: the queue of ${name} grows to the end, by ${formatDecimal(growthPerSec.mean)} waiters a second${until}. Its waits have no steady state; longer runs show longer ones.`,
      );
    } else if (pendingWaitShare.mean > 0.05) {
      lines.push(
        `${formatPercent(pendingWaitShare.mean)} of the waits for ${name} were not over at the end: the quantiles are lower bounds.`,
      );
    }
  }
  for (const one of classes) {
    const { name, responseSec, startedPerSec, endStates } = one;
    if (endStates !== null) lines.push(describeEndStates(name, endStates));
    if (startedPerSec.replications === 0) lines.push(`No session of ${name} started.`);
    else if (responseSec.mean.replications === 0) lines.push(`No session of ${name} succeeded.`);
    if (hasManyUnfinished(one)) lines.push(describeUnfinished(one));
  }
  return lines;
}

function describeEndStates(name: string, { collapsed, of, interval95, recoveredShare }: EndStates) {
  const [low, high] = interval95.map(formatPercent);
  const back =
    recoveredShare === null
      ? ''
      : ` Of those that were down before, ${formatPercent(recoveredShare)} came back.`;
  return `Two end states: ${collapsed} of ${of} replications end with less than half of the ${name} sessions in time, the others well; the probability of collapse is ${formatPercent(collapsed / of)} (${low} to ${high}).${back} Means over both describe neither.`;
}

function sloLines({ slos, scenario }: ScenarioOutcome): string[] {
  if (slos.length === 0) return [];
  const rows = slos.map(({ text, observed, holds, coverage }, place) => {
    const unit = unitOfObjective(scenario.slos, place);
    return [
      text,
      holds === null ? 'undecided' : holds ? 'holds' : 'does not hold',
      ...cellsOf(observed, (value) => formatInUnit(value, unit)),
      describeCoverage({ coverage }),
    ];
  });
  return renderTable(
    [['Objective, with 95 % confidence', '', 'observed', '95 % interval', ''], ...rows],
    'llrrl',
  );
}

function cellsOf(estimate: Estimate, format: (value: number) => string): readonly [string, string] {
  if (estimate.replications === 0) return ['not observed', notKnown];
  const [low, high] = estimate.interval95;
  const interval =
    estimate.replications === 1 ? 'one replication' : `${format(low)} to ${format(high)}`;
  return [format(estimate.mean), interval];
}

function row(name: string, estimate: Estimate | null, format: (value: number) => string): Row {
  return estimate === null ? null : [name, ...cellsOf(estimate, format)];
}

/** As {@link row}, and nothing where the quantity is 0 in every replication or not observed. */
function rowIfAny(name: string, estimate: Estimate, format: (value: number) => string): Row {
  const isNone =
    estimate.replications === 0 || (estimate.mean === 0 && estimate.interval95[1] === 0);
  return isNone ? null : row(name, estimate, format);
}

/** @param isAtLeast the times are lower bounds: too many were not over */
function timeRows(name: string, times: TimeOutcome, isAtLeast = false): Row[] {
  if (times.mean.replications === 0) return [];
  const timeRow = (which: string, estimate: Estimate): Row => {
    const [mean, interval] = cellsOf(estimate, formatDurationSec);
    return [`${name} ${which}`, `${isAtLeast ? '≥\u00a0' : ''}${mean}`, interval];
  };
  return [
    timeRow('mean', times.mean),
    timeRow('P50', times.p50),
    timeRow('P95', times.p95),
    timeRow('P99', times.p99),
  ];
}

function causeRows(what: string, failures: Readonly<Record<string, Estimate>>): Row[] {
  return Object.entries(failures).map(([cause, perSec]) =>
    rowIfAny(`${what}: ${cause.replaceAll('_', ' ')}, per second`, perSec, formatDecimal),
  );
}

function table(title: string, rows: readonly Row[]): string[] {
  const shown = rows
    .filter((one) => one !== null)
    .map(([name, ...cells]) => [`  ${name}`, ...cells]);
  return renderTable([[title, 'mean', '95 % interval'], ...shown], 'lrr');
}

function titleOf(kind: string): string {
  return kind[0].toUpperCase() + kind.slice(1);
}

function classRows(one: ClassOutcome, hasDeadline: boolean): Row[] {
  return [
    row('Started per second', one.startedPerSec, formatDecimal),
    row('Succeeded per second', one.succeededPerSec, formatDecimal),
    hasDeadline ? row('Within the deadline per second', one.goodputPerSec, formatDecimal) : null,
    row('Failed', one.failureShare, formatPercent),
    ...causeRows('  failed', one.failuresPerSecByCause),
    ...timeRows('Session time, of those that succeeded,', one.responseSec, hasManyUnfinished(one)),
    ...timeRows('Turn time', one.turnSec),
    rowIfAny('Turns left out of it', one.turnsLeftOutShare, formatPercent),
    row('In progress', one.inProgressMean, formatDecimal),
    row('Unfinished at the end', one.unfinishedAtHorizon, formatDecimal),
    rowIfAny('Tokens per success', one.tokensPerSession, formatCount),
    rowIfAny('Cost per success', one.costUsdPerSession, formatUsd),
    rowIfAny('Tokens wasted', one.wastedTokenShare, formatPercent),
    rowIfAny('Cost wasted', one.wastedUsdShare, formatPercent),
    rowIfAny('Stale decisions per second', one.staleDecisionsPerSec, formatDecimal),
  ];
}

function stationRows(one: StationOutcome): Row[] {
  return [
    row('Utilisation', one.utilization, formatPercent),
    row('In use', one.inUseMean, formatDecimal),
    row('Waiting', one.waitingMean, formatDecimal),
    row('Waited at all', one.waitedShare, formatPercent),
    ...(one.waitedShare.mean > 0
      ? timeRows('Wait', one.waitSec, one.pendingWaitShare.mean > 0.05)
      : []),
    rowIfAny('Waits not over at the end', one.pendingWaitShare, formatPercent),
    row('Requests per second', one.requestsPerSec, formatDecimal),
    row('Failed here', one.failedShare, formatPercent),
    ...causeRows('  failed', one.failuresPerSecByCause),
    row('Time with 95 % in use', one.shareOfTimeAbove95, formatPercent),
    ...Object.entries(one.countersPerSec).map(([name, perSec]) =>
      rowIfAny(`${wordsOf(name)} per second`, perSec, formatDecimal),
    ),
  ];
}

function wordsOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words[0].toUpperCase() + words.slice(1);
}

function blockRows(one: BlockOutcome): Row[] {
  return [
    row('Calls per second', one.callsPerSec, formatDecimal),
    row('Attempts per call', one.attemptsPerCall, formatDecimal),
    row('Calls that succeed', one.successShare, formatPercent),
    rowIfAny('Fell back per second', one.fellBackPerSec, formatDecimal),
    ...causeRows('  attempt failed', one.failuresPerSecByCause),
    rowIfAny('Between two attempts', one.backingOffMean, formatDecimal),
    ...timeRows('Call time', one.callSec),
    rowIfAny('Cancelled per second', one.cancelledPerSec, formatDecimal),
    row('Breaker openings per replication', one.breakerOpenings, formatDecimal),
    row('Open breakers, mean', one.breakerOpenMean, formatDecimal),
  ];
}

/** What was under way at the asked times: sessions of classes, requests at resources. */
function probeLines({ probes }: ScenarioOutcome): string[] {
  if (probes.length === 0) return [];
  const names = [...Object.keys(probes[0].classes), ...Object.keys(probes[0].resources)];
  const rows = probes.map(({ atSec, classes, resources }) => [
    `  at ${formatDurationSec(atSec)}`,
    ...[...Object.values(classes), ...Object.values(resources)].map(
      (estimate) => cellsOf(estimate, formatDecimal)[0],
    ),
  ]);
  return renderTable([['Under way, mean', ...names], ...rows], `l${'r'.repeat(names.length)}`);
}
