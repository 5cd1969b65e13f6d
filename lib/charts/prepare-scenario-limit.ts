import type { AnalysisPoint, SaturationSearch } from '@/simulations/scenario-analysis';
import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import type { CsvCell } from '../csv-text';
import { formatCount, formatDecimal } from '../format';
import type { ChartWords } from './chart-table';
import { lowerFirst } from './lower-first';
import {
  describeInterval,
  formatInUnit,
  notObservedText,
  type ScenarioUnit,
} from './prepare-scenario-cells';
import { unitOfObjective } from './prepare-scenario-objectives';
import { niceTicks } from './scale';

type Scenario = ScenarioOutcome['scenario'];

/** What was observed of an objective at one load. */
export interface ResponseAtLoad {
  readonly load: number; // times the load as written
  readonly observed: number;
  readonly interval: readonly [number, number];
  /** True: it has no steady state there, and the number grows with the length of the run. */
  readonly isOverloaded: boolean;
  readonly text: string;
}

/** One objective over the load. */
export interface ScenarioResponseChart extends ChartWords {
  readonly points: readonly ResponseAtLoad[]; // rising in load
  readonly atMost: number;
  readonly atMostText: string;
  readonly limit: number | null;
  readonly loadTicks: readonly number[];
  readonly valueTicks: readonly { readonly value: number; readonly text: string }[];
}

/** Where a growing load breaks the objectives, in words and rows. */
export interface ScenarioLimit {
  readonly headline: string;
  readonly lede: string;
  readonly rows: readonly {
    readonly text: string;
    readonly holds: string;
    readonly fails: string;
  }[];
  readonly csv: readonly (readonly CsvCell[])[];
  /** Of the objective that binds first; null where it was never observed. */
  readonly chart: ScenarioResponseChart | null;
}

/** Prepares the search for the largest load at which every objective holds. */
export function prepareScenarioLimit(search: SaturationSearch, scenario: Scenario): ScenarioLimit {
  return {
    headline: describeLimit(search),
    lede: [...describeBinding(search), describeLoadAt(search.limit, scenario), search.rule]
      .filter((sentence) => sentence !== '')
      .join(' '),
    rows: search.limits.map(({ text, holdsUpTo, failsFrom }) => ({
      text,
      holds: holdsUpTo === null ? 'no load that was tried' : `${times(holdsUpTo)} the load`,
      fails:
        failsFrom === null
          ? `not up to ${times(search.searchedUpTo)}`
          : `${times(failsFrom)} the load`,
    })),
    csv: [
      ['Objective', 'Holds up to, times the load', 'Fails from, times the load'],
      ...search.limits.map(({ text, holdsUpTo, failsFrom }) => [text, holdsUpTo, failsFrom]),
    ],
    chart: prepareResponse(search, scenario),
  };
}

/** A factor on the load: `0.53×`. */
function times(factor: number): string {
  return `${formatDecimal(factor)}×`;
}

function describeLimit({ limit, points, searchedUpTo, bindsFirst }: SaturationSearch): string {
  if (limit === null) {
    return `Not every objective holds even at ${times(points[0].value)} the load`;
  }
  if (bindsFirst === null && limit >= searchedUpTo) {
    return `Every objective holds up to ${times(limit)} the load, the most that was tried`;
  }
  return `Every objective holds up to ${times(limit)} the load`;
}

function describeBinding({ bindsFirst, bindsNext, interval95 }: SaturationSearch): string[] {
  const range =
    interval95 === null
      ? ''
      : `It cannot be told apart from ${times(interval95[0])} to ${times(interval95[1])} with these replications.`;
  if (bindsFirst === null) return [range];
  const at = bindsFirst.resource === null ? '' : `, with ${bindsFirst.resource} the busiest`;
  return [
    range,
    `First to give way: ${lowerFirst(bindsFirst.text)}${at}.`,
    bindsNext === null
      ? ''
      : `Next: ${lowerFirst(bindsNext.text)}, from ${times(bindsNext.failsFrom)}.`,
  ];
}

/** What a factor means for each class whose load is one number. */
function describeLoadAt(factor: number | null, { classes }: Scenario): string {
  if (factor === null) return '';
  const parts = Object.entries(classes).flatMap(([name, { arrivals }]) => {
    switch (arrivals.kind) {
      case 'closed':
        return [
          `${formatCount(Math.max(1, Math.round(arrivals.agents * factor)))} agents in class ${name}`,
        ];
      case 'burst':
        return [
          `${formatCount(Math.max(1, Math.round(arrivals.sessions * factor)))} sessions of class ${name}`,
        ];
      case 'poisson':
        return [
          `${formatDecimal(arrivals.ratePerSec * factor)} sessions of class ${name} a second`,
        ];
      default:
        return [];
    }
  });
  return parts.length === 0 ? '' : `That is ${parts.join(', ')}.`;
}

/** Values beyond so many times the objective are cut off: in overload they have no end. */
const shownUpTo = 4;

function prepareResponse(
  search: SaturationSearch,
  scenario: Scenario,
): ScenarioResponseChart | null {
  const [first] = search.points;
  const bound = first.slos.findIndex(({ text }) => text === search.bindsFirst?.text);
  const place = Math.max(0, bound);
  const objective = first.slos[place];
  if (objective === undefined) return null;
  const unit = unitOfObjective(scenario.slos, place);
  const points = search.points.flatMap((point) => responseAt(point, place, unit));
  const last = points.at(-1);
  if (last === undefined) return null;
  const { atMost, text } = objective;
  const top = Math.max(...points.map(({ interval }) => interval[1]));
  const isCut = atMost > 0 && top > shownUpTo * atMost;
  const format = (value: number) => formatInUnit(value, unit);
  return {
    heading:
      search.limit === null
        ? `${text}: not held at any load that was tried`
        : `${text}: held up to ${times(search.limit)} the load with the others`,
    method: `Mean of each load with its 95 % interval${isCut ? `; more than ${format(shownUpTo * atMost)} is cut off` : ''}. Hollow: overloaded, so it has no steady value. The load is drawn by ratio.`,
    summary: `${points[0].text}; ${last.text}.`,
    table: {
      columns: ['Load', 'Observed', '95 % interval', 'State'],
      rows: search.points.map((point) => tableRow(point, place, unit)),
      values: search.points.map(({ value, slos, overloaded }) => [
        value,
        slos[place].observed.replications > 0 ? slos[place].observed.mean : null,
        slos[place].observed.interval95.join(' to '),
        overloaded.join(' '),
      ]),
    },
    points,
    atMost,
    atMostText: `at most ${format(atMost)}`,
    limit: search.limit,
    loadTicks: doublings(points[0].load, last.load),
    valueTicks: niceTicks(isCut ? shownUpTo * atMost : Math.max(top, atMost), 4).map((value) => ({
      value,
      text: value === 0 ? '0' : format(value),
    })),
  };
}

/** Loads from the first on, each twice the one before. */
function doublings(first: number, last: number): number[] {
  const ticks = [first];
  while (ticks[ticks.length - 1] * 2 <= last * 1.001) ticks.push(ticks[ticks.length - 1] * 2);
  return ticks;
}

function responseAt(point: AnalysisPoint, place: number, unit: ScenarioUnit): ResponseAtLoad[] {
  const { observed } = point.slos[place];
  if (observed.replications === 0) return [];
  const [observedText, interval, state] = tableRow(point, place, unit).slice(1);
  return [
    {
      load: point.value,
      observed: observed.mean,
      interval: observed.interval95,
      isOverloaded: point.overloaded.length > 0,
      text: `${times(point.value)} the load: ${observedText} (${interval}), ${state}`,
    },
  ];
}

function tableRow(point: AnalysisPoint, place: number, unit: ScenarioUnit): string[] {
  const { observed, holds } = point.slos[place];
  const verdict = holds === null ? 'undecided' : holds ? 'holds' : 'fails';
  return [
    times(point.value),
    observed.replications === 0 ? notObservedText : formatInUnit(observed.mean, unit),
    describeInterval(observed, unit),
    point.overloaded.length > 0 ? `${verdict}, ${point.overloaded.join(', ')} overloaded` : verdict,
  ];
}
