import type { ScenarioOutcome, SloOutcome } from '@/simulations/scenario-outcome';
import type { CsvCell } from '../csv-text';
import { formatPercent } from '../format';
import {
  describeInterval,
  formatInUnit,
  notObservedText,
  type ScenarioUnit,
} from './prepare-scenario-cells';

/** An objective with what was observed of it. */
export interface ObjectiveRow {
  readonly text: string;
  readonly tone: 'go' | 'no_go' | 'unknown';
  readonly word: string;
  readonly observed: string;
  /** The interval; where too little was observed for the quantile, of how much it was. */
  readonly interval: string;
}

/** The objectives of a scenario, those that fail first. */
export interface ObjectiveTable {
  readonly rows: readonly ObjectiveRow[];
  readonly csv: readonly (readonly CsvCell[])[];
}

type Objectives = ScenarioOutcome['scenario']['slos'];
type Measure = NonNullable<Objectives>[number]['measure'];

const units = {
  waitSec: 's',
  responseSec: 's',
  turnSec: 's',
  failureShare: 'share',
  refusedShare: 'share',
  utilization: 'share',
  costUsdPerSession: 'USD',
} as const satisfies Record<Measure, ScenarioUnit>;

/** What the objective at a place of the scenario is counted in. */
export function unitOfObjective(objectives: Objectives, place: number): ScenarioUnit {
  const measure = objectives?.[place]?.measure;
  return measure === undefined ? 'count' : units[measure];
}

const order = { no_go: 0, unknown: 1, go: 2 } as const;

/** Prepares the objectives of a run; null where the scenario has none. */
export function prepareScenarioObjectives(
  outcome: Pick<ScenarioOutcome, 'slos' | 'scenario'>,
): ObjectiveTable | null {
  if (outcome.slos.length === 0) return null;
  const judged = outcome.slos.map((slo, place) => {
    const unit = unitOfObjective(outcome.scenario.slos, place);
    return { slo, unit, row: rowOf(slo, unit) };
  });
  return {
    rows: judged.map(({ row }) => row).toSorted((a, b) => order[a.tone] - order[b.tone]),
    csv: [
      ['Objective', 'Verdict', 'Unit', 'Observed', '95 % from', '95 % to', 'At most', 'Note'],
      ...judged.map(({ slo, unit, row }) => {
        const { mean, interval95, replications } = slo.observed;
        const [low, high] = replications > 1 ? interval95 : [null, null];
        const observed = replications > 0 ? mean : null;
        const note = describeCoverage(slo);
        return [row.text, row.word, unit, observed, low, high, slo.atMost, note];
      }),
    ],
  };
}

/** Of what the times of an objective were observed: `of the turns that ended: 47 %`; else empty. */
export function describeCoverage({ coverage }: Pick<SloOutcome, 'coverage'>): string {
  return coverage === undefined ? '' : `of the ${coverage.of}: ${formatPercent(coverage.share)}`;
}

function rowOf({ text, observed, holds, coverage }: SloOutcome, unit: ScenarioUnit): ObjectiveRow {
  const isObserved = observed.replications > 0;
  return {
    text,
    tone: holds === null ? 'unknown' : holds ? 'go' : 'no_go',
    word: holds === null ? (isObserved ? 'undecided' : notObservedText) : holds ? 'holds' : 'fails',
    observed: isObserved ? formatInUnit(observed.mean, unit) : notObservedText,
    interval: [describeInterval(observed, unit), describeCoverage({ coverage })]
      .filter((part) => part !== '')
      .join('; '),
  };
}
