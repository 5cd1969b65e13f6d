import { formatCount, formatPercent } from '../format';
import type { FactBasis, OperatingEnvelope } from '../readiness/assessment';
import { placeLabels } from './place-labels';
import { logScale } from './scale';

/** One limit to draw, as an operating envelope lists it. */
export type LoadLineConstraint = OperatingEnvelope['constraints'][number];

/** A mark of the axis. Positions run from 0 at the bottom to 1 at the top. */
interface LoadLineTick {
  readonly agents: number;
  readonly label: string;
  readonly y: number;
}

/** A constraint at the load where it binds. */
export interface LoadLineMark {
  readonly name: string;
  readonly agents: number;
  readonly valueLabel: string;
  readonly basis: FactBasis;
  readonly isBinding: boolean;
  readonly y: number;
  /** Middle of the label; null where there is no room for it and the table twin has to name it. */
  readonly labelY: number | null;
}

/** The planned peak, up to which the scale is filled. */
interface WaterLevel {
  readonly agents: number;
  readonly valueLabel: string;
  readonly y: number;
  readonly labelY: number;
}

/** Everything that a drawing of the load line needs; the drawing decides nothing. */
export interface LoadLineModel {
  readonly domainAgents: readonly [number, number];
  readonly ticks: readonly LoadLineTick[];
  readonly marks: readonly LoadLineMark[]; // highest load first, as the table twin lists them
  readonly water: WaterLevel | null;
  /** Share of the binding load that the planned peak leaves free; negative when it is exceeded. */
  readonly headroomShare: number | null;
  readonly summary: string;
}

/** How tall a label is as a share of the drawing's height. */
export interface LoadLineOptions {
  readonly labelHeight?: number;
}

const defaultLabelHeight = 0.07;

/** The largest of 1, 3, 10, 30, 100 … that is at most `value`, and never below 1. */
function ladderStep(value: number): number {
  if (!(value >= 3)) return 1;
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return value >= 3 * power ? 3 * power : power;
}

function ladder(from: number, to: number): readonly number[] {
  const steps: number[] = [];
  for (let power = 1; power <= to; power *= 10) {
    for (const step of [power, 3 * power]) if (step >= from && step <= to) steps.push(step);
  }
  return steps;
}

function domainOf(values: readonly number[]): readonly [number, number] {
  const positive = values.filter((value) => value >= 1);
  if (positive.length === 0) return [1, 1_000];
  const top = Math.max(...positive) * 1.5;
  const lowest = Math.min(...positive);
  const from = Math.min(ladderStep(lowest / 3), ladderStep(top / 100));
  return [from, Math.max(top, from * 10)];
}

/**
 * Prepares the load line: constraints on a logarithmic scale of concurrent agents, with the water
 * at the planned peak.
 *
 * A label stands above its line, the planned peak's below the water line; labels that would touch
 * are moved apart. Where there is no room for all, the highest constraints lose theirs first.
 *
 * @param constraints loads in concurrent agents; one below 1 is drawn at the foot of the scale
 * @param plannedPeakAgents null: not declared, so there is no water
 */
export function prepareLoadLine(
  constraints: readonly LoadLineConstraint[],
  plannedPeakAgents: number | null,
  options: LoadLineOptions = {},
): LoadLineModel {
  const labelHeight = options.labelHeight ?? defaultLabelHeight;
  const known = constraints.filter((constraint) => Number.isFinite(constraint.agents));
  const loads = known.map((constraint) => constraint.agents);
  const domainAgents = domainOf(plannedPeakAgents === null ? loads : [...loads, plannedPeakAgents]);
  const scale = logScale(domainAgents, [0, 1]);
  const position = (agents: number): number =>
    scale(Math.max(domainAgents[0], Math.min(agents, domainAgents[1])));

  const binding = bindingOf(known);
  const rising = [...known].sort((a, b) => a.agents - b.agents);
  const room = Math.max(
    0,
    Math.floor(1 / labelHeight + 1e-9) - (plannedPeakAgents === null ? 0 : 1),
  );
  const named = [
    ...rising.filter((constraint) => constraint === binding),
    ...rising.filter((constraint) => constraint !== binding),
  ].slice(0, room);

  const wanted = named.map((constraint) => ({
    position: position(constraint.agents) + labelHeight / 2,
    size: labelHeight,
  }));
  if (plannedPeakAgents !== null) {
    wanted.push({ position: position(plannedPeakAgents) - labelHeight / 2, size: labelHeight });
  }
  const placed = placeLabels(wanted, [0, 1]);
  const labelOf = (constraint: LoadLineConstraint): number | null => {
    const index = named.indexOf(constraint);
    return index < 0 ? null : (placed[index] ?? null);
  };

  return {
    domainAgents,
    ticks: ladder(...domainAgents).map((agents) => ({
      agents,
      label: formatCount(agents),
      y: position(agents),
    })),
    marks: rising.toReversed().map((constraint) => ({
      name: constraint.name,
      agents: constraint.agents,
      valueLabel: formatCount(constraint.agents),
      basis: constraint.basis,
      isBinding: constraint === binding,
      y: position(constraint.agents),
      labelY: labelOf(constraint),
    })),
    water:
      plannedPeakAgents === null
        ? null
        : {
            agents: plannedPeakAgents,
            valueLabel: formatCount(plannedPeakAgents),
            y: position(plannedPeakAgents),
            labelY: placed.at(-1) ?? 0,
          },
    headroomShare: headroom(binding, plannedPeakAgents),
    summary: summarise(binding, plannedPeakAgents),
  };
}

function bindingOf(constraints: readonly LoadLineConstraint[]): LoadLineConstraint | null {
  const marked = constraints.find((constraint) => constraint.isBinding);
  if (marked !== undefined) return marked;
  return constraints.reduce<LoadLineConstraint | null>(
    (least, constraint) =>
      least === null || constraint.agents < least.agents ? constraint : least,
    null,
  );
}

function headroom(
  binding: LoadLineConstraint | null,
  plannedPeakAgents: number | null,
): number | null {
  if (binding === null || plannedPeakAgents === null || !(binding.agents > 0)) return null;
  return 1 - plannedPeakAgents / binding.agents;
}

function summarise(binding: LoadLineConstraint | null, plannedPeakAgents: number | null): string {
  if (binding === null) {
    return plannedPeakAgents === null
      ? 'Neither a constraint nor the planned peak is known yet.'
      : `No constraint is known yet; the planned peak is ${formatCount(plannedPeakAgents)} concurrent agents.`;
  }
  const first = `${binding.name} binds first, at ${formatCount(binding.agents)} concurrent agents`;
  if (plannedPeakAgents === null) return `${first}; no planned peak is declared.`;
  const peak = formatCount(plannedPeakAgents);
  const free = headroom(binding, plannedPeakAgents);
  if (free === null || free < 0) return `${first}, below the planned peak of ${peak}.`;
  return `${first}; the planned peak of ${peak} leaves ${formatPercent(free)} headroom.`;
}
