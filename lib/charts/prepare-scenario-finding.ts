import type {
  ClassOutcome,
  EndStates,
  ScenarioOutcome,
  StationOutcome,
} from '@/simulations/scenario-outcome';
import { formatCount, formatDecimal, formatDurationSec, formatPercent } from '../format';
import { describeCoverage } from './prepare-scenario-objectives';

/** What a run showed: a sentence without a full stop, what follows from it, and its state. */
export interface ScenarioFinding {
  readonly headline: string;
  readonly lede: string;
  readonly tone: 'go' | 'conditional' | 'no_go' | 'unknown';
  readonly word: string;
}

/** Share of sessions that fail from which on that is the finding. */
const failingFrom = 0.01;

/** Share of sessions that had not ended from which on their times are said to be lower bounds. */
const unfinishedMax = 0.05;

/**
 * Says what a run showed, doubts first: a run that stopped, then end states that no mean describes,
 * then overload, then objectives, and where there are none, what fails and what is busiest.
 */
export function describeScenario(outcome: ScenarioOutcome): ScenarioFinding {
  if (outcome.stopReason !== null) return describeStop(outcome, outcome.stopReason);
  const divided = outcome.classes.find(({ endStates }) => endStates !== null);
  if (divided?.endStates != null) return describeEndStates(divided.name, divided.endStates);
  const overloaded = outcome.resources.filter(({ overload }) => overload !== null);
  if (overloaded.length > 0) return describeOverload(outcome, overloaded);
  if (outcome.classes.every(({ startedPerSec }) => !(startedPerSec.mean > 0))) {
    return {
      headline: `No session starts within ${formatDurationSec(outcome.simulatedSec)}`,
      lede: 'Nothing was observed, so nothing is said of the resources.',
      tone: 'unknown',
      word: 'Nothing observed',
    };
  }
  if (outcome.slos.length > 0) return describeObjectives(outcome);
  return describeAsIs(outcome);
}

function describeStop(outcome: ScenarioOutcome, reason: string): ScenarioFinding {
  const { simulatedSec, scenario } = outcome;
  return {
    headline: `Stopped after ${formatDurationSec(simulatedSec)} of ${formatDurationSec(scenario.horizonSec)}`,
    lede: `${reason} The numbers are of what was measured so far.`,
    tone: 'conditional',
    word: 'Stopped',
  };
}

function describeEndStates(name: string, states: EndStates): ScenarioFinding {
  const { collapsed, of, interval95, recoveredShare } = states;
  const [low, high] = interval95.map(formatPercent);
  const back =
    recoveredShare === null
      ? ''
      : ` Of those that were down before, ${formatPercent(recoveredShare)} came back.`;
  return {
    headline: `${formatCount(collapsed)} of ${formatCount(of)} replications end collapsed, the others well`,
    lede: `Collapsed: less than half of the ${name} sessions succeed in time at the end. Its probability is ${formatPercent(collapsed / of)} (${low} to ${high}).${back} Means over both states describe neither.`,
    tone: 'no_go',
    word: 'Two end states',
  };
}

function describeOverload(
  outcome: ScenarioOutcome,
  overloaded: readonly StationOutcome[],
): ScenarioFinding {
  const [first] = overloaded;
  const growth = formatDecimal(first.overload?.growthPerSec.mean);
  const filledSec = first.overload?.secondsToOneWaiterPerSlot ?? null;
  const names = listWords(overloaded.map(({ name }) => name));
  const failing = outcome.slos.filter(({ holds }) => holds === false).length;
  return {
    headline:
      overloaded.length === 1
        ? `${names} is overloaded: its queue grows by ${growth} waiters a second`
        : `${names} are overloaded: their queues grow to the end`,
    lede: [
      filledSec === null
        ? ''
        : `From empty it takes ${formatDurationSec(filledSec)} until ${first.name} has one waiter per slot.`,
      'Waits have no steady state: longer runs show longer ones.',
      failing === 0 ? '' : `${countObjectives(failing, outcome.slos.length)} ${fail(failing)}.`,
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    tone: 'no_go',
    word: 'Overloaded',
  };
}

function describeObjectives(outcome: ScenarioOutcome): ScenarioFinding {
  const { slos } = outcome;
  const failing = slos.filter(({ holds }) => holds === false);
  const undecided = slos.filter(({ holds }) => holds === null);
  const lede = describeFlow(outcome);
  const [firstFailing] = failing;
  if (firstFailing !== undefined) {
    return {
      headline: `${countObjectives(failing.length, slos.length)} ${fail(failing.length)}: ${firstFailing.text}`,
      lede,
      tone: 'no_go',
      word: 'Fails',
    };
  }
  const [firstUndecided] = undecided;
  if (firstUndecided !== undefined) {
    const isOne = undecided.length === 1;
    const coverage = describeCoverage(firstUndecided);
    const remedy =
      coverage === ''
        ? 'More replications, or a longer run, would tell.'
        : `It was observed ${coverage}, and the others may have taken longer.`;
    return {
      headline: `${countObjectives(undecided.length, slos.length)} ${isOne ? 'is' : 'are'} undecided: ${firstUndecided.text}`,
      lede: `${remedy} ${lede}`,
      tone: 'conditional',
      word: 'Undecided',
    };
  }
  return {
    headline:
      slos.length === 1
        ? `The objective holds: ${slos[0].text}`
        : slos.length === 2
          ? 'Both objectives hold'
          : `All ${formatCount(slos.length)} objectives hold`,
    lede: `With 95 % confidence. ${lede}`,
    tone: 'go',
    word: 'Holds',
  };
}

/** Without objectives: who fails, else what is busiest, else what gets through. */
function describeAsIs(outcome: ScenarioOutcome): ScenarioFinding {
  const lede = `The scenario states no objective. ${describeFlow(outcome)}`;
  const failing = mostOf(outcome.classes, ({ failureShare }) => failureShare.mean);
  if (failing !== null && failing.failureShare.mean >= failingFrom) {
    return {
      headline: `${formatPercent(failing.failureShare.mean)} of ${failing.name} sessions fail`,
      lede,
      tone: 'conditional',
      word: 'No objective',
    };
  }
  const busiest = findBusiest(outcome);
  return {
    headline:
      busiest === null
        ? `${describeThroughput(outcome.classes)}, and no resource has a limit`
        : `${busiest.name} is ${formatPercent(busiest.utilization?.mean)} in use, and ${describeWait(busiest)}`,
    lede,
    tone: 'unknown',
    word: 'No objective',
  };
}

function describeWait({ waitSec, waitedShare }: StationOutcome): string {
  if (waitSec.p95.replications === 0) return 'nothing asked for it to the end';
  if (waitedShare.mean === 0) return 'nobody waits for it';
  return `P95 of the wait for it is ${formatDurationSec(waitSec.p95.mean)}`;
}

function describeFlow(outcome: ScenarioOutcome): string {
  const busiest = findBusiest(outcome);
  const through = [
    `${describeThroughput(outcome.classes)}.`,
    ...outcome.classes.map(describeUnfinished).filter((sentence) => sentence !== ''),
  ].join(' ');
  if (busiest === null) return through;
  return `${through} Busiest is ${busiest.name}, with ${formatPercent(busiest.utilization?.mean)} in use.`;
}

/** Says that times of sessions are lower bounds, where too many had not ended; else empty. */
export function describeUnfinished(one: ClassOutcome): string {
  if (!hasManyUnfinished(one)) return '';
  return `${formatPercent(one.unfinishedShare?.mean)} of the sessions of ${one.name} were not over at the end: their times are lower bounds; simulate longer (horizonSec).`;
}

/** Whether more than one in twenty sessions had not ended, so that times of sessions are lower bounds. */
export function hasManyUnfinished({ unfinishedShare }: Pick<ClassOutcome, 'unfinishedShare'>) {
  return (unfinishedShare?.mean ?? 0) > unfinishedMax;
}

function describeThroughput(classes: readonly ClassOutcome[]): string {
  const parts = classes
    .filter(({ succeededPerSec }) => succeededPerSec.replications > 0)
    .map(({ name, succeededPerSec }) => `${formatDecimal(succeededPerSec.mean)} ${name}`);
  return parts.length === 0
    ? 'No session was observed'
    : `${listWords(parts)} sessions a second succeed`;
}

function findBusiest({ resources }: ScenarioOutcome): StationOutcome | null {
  const limited = resources.filter(
    ({ utilization }) => utilization !== null && utilization.replications > 0,
  );
  return mostOf(limited, ({ utilization }) => utilization?.mean ?? 0);
}

function mostOf<T>(items: readonly T[], of: (item: T) => number): T | null {
  return items.reduce<T | null>(
    (most, item) => (most === null || of(item) > of(most) ? item : most),
    null,
  );
}

function countObjectives(count: number, all: number): string {
  if (all === 1) return 'The objective';
  return `${formatCount(count)} of ${formatCount(all)} objectives`;
}

function fail(count: number): string {
  return count === 1 ? 'fails' : 'fail';
}

function listWords(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
