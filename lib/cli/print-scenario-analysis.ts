import type { Scenario } from '@/simulations/scenario/scenario';
import type {
  AnalysisPoint,
  Envelope,
  LoadSweep,
  SaturationSearch,
  SensitivityAnalysis,
  Sizing,
} from '@/simulations/scenario-analysis';
import { formatCounted, formatDecimal, formatPercent, notKnown } from '../format';
import { renderTable } from './text-table';

/** A value of a parameter, or a factor on the load. */
function valueText(parameter: string, value: number): string {
  const places = Number.isInteger(value) ? 0 : 3;
  const text = formatDecimal(value, places);
  return parameter === 'load' ? `${text} × the load` : text;
}

function verdict(holds: boolean | null): string {
  if (holds === null) return 'cannot tell';
  return holds ? 'holds' : 'fails';
}

function busiestText({ busiest, overloaded }: AnalysisPoint): string {
  if (overloaded.length > 0) return `overloaded: ${overloaded.join(', ')}`;
  if (busiest === null) return notKnown;
  return `${busiest.resource} ${formatPercent(busiest.utilization.mean)}`;
}

/** What a scenario's load times a factor is, by class. */
function loadText(scenario: Scenario, factor: number): string {
  return Object.entries(scenario.classes)
    .map(([name, { arrivals }]) => {
      if (arrivals.kind === 'closed')
        return `${name}: ${formatCounted(Math.max(1, Math.round(arrivals.agents * factor)), 'agent')}`;
      if (arrivals.kind === 'poisson')
        return `${name}: ${formatDecimal(arrivals.ratePerSec * factor)} per s`;
      return `${name}: ${arrivals.kind} arrivals`;
    })
    .join('; ');
}

function pointRows(parameter: string, points: readonly AnalysisPoint[]): string[][] {
  return [
    [parameter, 'objectives', 'busiest'],
    ...points.map((point) => [
      formatDecimal(point.value, Number.isInteger(point.value) ? 0 : 3),
      point.slos.length === 0 ? 'no objective' : verdict(point.holds),
      busiestText(point),
    ]),
  ];
}

/** What a search for the limit found. */
export function limitLines(search: SaturationSearch, scenario: Scenario): string[] {
  const { parameter, limit, interval95, limits, bindsFirst, bindsNext, searchedUpTo } = search;
  const found =
    limit === null
      ? 'Not even the smallest load that was tried keeps every objective.'
      : `Every objective holds up to ${valueText(parameter, limit)}${interval95 === null ? `; nothing beyond was seen to fail, up to ${valueText(parameter, searchedUpTo)}` : ` (to ${formatDecimal(interval95[1], 3)}, where one is clearly broken)`}.`;
  const first =
    bindsFirst === null
      ? []
      : [
          `First to give way: ${bindsFirst.text}${bindsFirst.resource === null ? '' : `; busiest then: ${bindsFirst.resource}`}.`,
        ];
  const next =
    bindsNext === null
      ? []
      : [`Next: ${bindsNext.text}, from ${valueText(parameter, bindsNext.failsFrom)}.`];
  return [
    found,
    ...first,
    ...next,
    `A load of 1 is ${loadText(scenario, 1)}${limit === null ? '' : `; the limit is ${loadText(scenario, limit)}`}. ${search.rule}`,
    '',
    ...renderTable(
      [
        ['Objective', 'holds up to', 'fails from'],
        ...limits.map(({ text, holdsUpTo, failsFrom }) => [
          text,
          holdsUpTo === null ? 'no load' : formatDecimal(holdsUpTo, 3),
          failsFrom === null ? 'not seen' : formatDecimal(failsFrom, 3),
        ]),
      ],
      'lrr',
    ),
    '',
    ...renderTable(pointRows(parameter, search.points), 'rll'),
  ];
}

/** What a sizing found. */
export function sizingLines({ parameter, value, tooSmall, searched, points }: Sizing): string[] {
  const found =
    value === null
      ? `No value of ${parameter} from ${searched[0]} to ${searched[1]} keeps every objective.`
      : `${parameter} = ${formatDecimal(value, Number.isInteger(value) ? 0 : 3)} is the smallest value seen that keeps every objective${tooSmall === null ? '' : `; ${formatDecimal(tooSmall, Number.isInteger(tooSmall) ? 0 : 3)} is clearly too small`}.`;
  return [found, '', ...renderTable(pointRows(parameter, points), 'rll')];
}

/** What a sweep found. */
export function sweepLines({ parameter, points }: LoadSweep): string[] {
  return renderTable(pointRows(parameter, points), 'rll');
}

/** What a sensitivity analysis found. */
export function sensitivityLines(
  { limit, parameters }: SensitivityAnalysis,
  leftOut: number,
): string[] {
  const head =
    limit === null
      ? 'No load that was tried keeps every objective, so nothing can be said to move the limit.'
      : `The limit is ${valueText('load', limit)}. Each number raised alone, by a quarter (whole numbers by one at least):`;
  return [
    head,
    '',
    ...renderTable(
      [
        ['Number', 'from', 'to', 'limit', 'elasticity'],
        ...parameters.map((one) => [
          one.path,
          formatDecimal(one.value, 3),
          formatDecimal(one.changedTo, 3),
          one.limit === null ? 'none' : formatDecimal(one.limit, 3),
          one.elasticity === null ? notKnown : formatDecimal(one.elasticity, 2),
        ]),
      ],
      'lrrrr',
    ),
    ...(leftOut > 0 ? ['', `${formatCounted(leftOut, 'number')} more were not tried.`] : []),
  ];
}

/** Where in the plane of two numbers the objectives hold. */
export function envelopeLines({ x, y, holds }: Envelope): string[] {
  return [
    `Objectives by ${x.path} (down) and ${y.path} (across):`,
    '',
    ...renderTable(
      [
        ['', ...y.values.map(String)],
        ...x.values.map((value, i) => [String(value), ...holds[i].map(verdict)]),
      ],
      `r${'l'.repeat(y.values.length)}`,
    ),
  ];
}
