import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import type { ClassTwin, ClosedForm, ResourceTwin } from '@/simulations/scenario-twin';
import { formatDecimal, formatDurationSec, formatPercent, notKnown } from '../format';
import type { ScenarioCell, ScenarioTable } from './prepare-scenario-cells';

function textCell(text: string | null, doubt = ''): ScenarioCell {
  return { text: text ?? notKnown, doubt, isKnown: text !== null, measured: [] };
}

const orNull = (value: number | null, format: (value: number) => string) =>
  value === null ? null : format(value);

/** What closed form and simulation say together: where they agree, and why not where they differ. */
function agreementCell(
  { comparisons }: ClosedForm,
  kind: 'resource' | 'class',
  name: string,
): ScenarioCell {
  const own = comparisons.filter((one) => one.kind === kind && one.name === name);
  if (own.length === 0) return textCell('nothing to compare');
  const differing = own.filter(({ agrees }) => !agrees);
  if (differing.length === 0) return textCell('within the simulated intervals');
  const sentences = differing.flatMap(({ sentence }) => (sentence === null ? [] : [sentence]));
  return textCell(
    sentences[0] ?? 'outside the simulated intervals',
    sentences.length > 1 ? `and ${sentences.length - 1} more` : '',
  );
}

function resourceCells(one: ResourceTwin, closedForm: ClosedForm): ScenarioCell[] {
  const overload =
    one.overload === null
      ? ''
      : `grows by ${formatDecimal(one.overload.growthPerSec)} waiters a second`;
  return [
    one.method === null ? textCell(one.reason ?? 'no closed form') : textCell(one.method),
    textCell(orNull(one.utilization, formatPercent), overload),
    textCell(orNull(one.waitSecMean, formatDurationSec)),
    textCell(orNull(one.waitSecP95, formatDurationSec)),
    agreementCell(closedForm, 'resource', one.name),
  ];
}

function classCells(one: ClassTwin, closedForm: ClosedForm): ScenarioCell[] {
  const bound =
    one.throughputBoundPerSec === null
      ? null
      : `at most ${formatDecimal(one.throughputBoundPerSec)} sessions a second`;
  const knee = one.kneeAgents === null ? '' : `knee at ${formatDecimal(one.kneeAgents)} agents`;
  return [
    textCell(bound, one.bottleneck === null ? knee : `by ${one.bottleneck}${knee && `; ${knee}`}`),
    textCell(orNull(one.responseSecMean, formatDurationSec), one.reason ?? ''),
    agreementCell(closedForm, 'class', one.name),
  ];
}

function linesOf(table: Omit<ScenarioTable, 'csv'>): ScenarioTable {
  return {
    ...table,
    csv: [
      [table.rowHead, ...table.columns],
      ...table.rows.map(({ name, cells }) => [
        name,
        ...cells.map(({ text, doubt }) => (doubt === '' ? text : `${text} (${doubt})`)),
      ]),
    ],
  };
}

/** The closed forms of a scenario beside its run; empty where a run holds none. */
export function prepareScenarioTwin({ closedForm }: ScenarioOutcome): readonly ScenarioTable[] {
  if (closedForm === undefined) return [];
  const { resources, classes } = closedForm.twin;
  return [
    linesOf({
      title: 'Resources in closed form',
      note: 'By queueing theory, without simulating; where it differs from the simulation, the assumption that breaks',
      rowHead: 'Resource',
      columns: ['method', 'utilisation', 'wait mean', 'wait P95', 'beside the simulation'],
      rows: resources.map((one) => ({
        name: one.name,
        kind: one.kind,
        cells: resourceCells(one, closedForm),
      })),
    }),
    linesOf({
      title: 'Classes in closed form',
      note: 'Operational bounds and mean times',
      rowHead: 'Class',
      columns: ['throughput', 'response mean', 'beside the simulation'],
      rows: classes.map((one) => ({
        name: one.name,
        kind: 'class',
        cells: classCells(one, closedForm),
      })),
    }),
  ].filter(({ rows }) => rows.length > 0);
}
