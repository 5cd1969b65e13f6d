import { formatShareChange, formatSigned, formatTokenChange } from '@/lib/charts/describe-change';
import type { PartCost } from '@/lib/charts/prepare-part-changes';
import type { SideFacts } from '@/lib/cost/compare/side-facts';
import type { CsvCell } from '@/lib/csv-text';
import { formatCount, formatDecimal, formatPercent, formatTokens } from '@/lib/format';

/** One measure of both sides as text, and why it is not known where it is not. */
export interface FactRow {
  readonly name: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly difference: string;
  readonly reason: string;
  readonly values: readonly [number | null, number | null];
}

interface Measure {
  readonly name: string;
  readonly of: (facts: SideFacts) => number | null;
  readonly format: (value: number) => string;
  readonly formatDifference: (difference: number, from: number) => string;
  readonly reason: string;
}

const inShare = (difference: number, from: number) => formatShareChange(difference, from);

const measures: readonly Measure[] = [
  {
    name: 'Sessions with calls',
    of: (facts) => facts.sessions,
    format: formatCount,
    formatDifference: (difference) => formatSigned(difference, formatCount),
    reason: '',
  },
  {
    name: 'Calls per session',
    of: (facts) => facts.callsPerSession,
    format: formatDecimal,
    formatDifference: inShare,
    reason: 'no session has a call',
  },
  {
    name: 'Prompt tokens per call',
    of: (facts) => facts.promptTokensPerCall,
    format: formatTokens,
    formatDifference: inShare,
    reason: 'no call was sent',
  },
  {
    name: 'Share of prompt tokens sent before',
    of: (facts) => facts.resentShare,
    format: formatPercent,
    formatDifference: (difference) =>
      `${formatSigned(difference * 100, (points) => formatDecimal(points, 1))} points`,
    reason: 'no prompt is known',
  },
  {
    name: 'Growth per call, tokens',
    of: (facts) => facts.growthTokensPerCall,
    format: formatTokens,
    formatDifference: (difference) => formatTokenChange(difference),
    reason: 'no session has three calls without a reset',
  },
  {
    name: 'Context resets',
    of: (facts) => facts.contextResets,
    format: formatCount,
    formatDifference: (difference) => formatSigned(difference, formatCount),
    reason: '',
  },
];

/** The measures of both sides besides their cost. */
export function listFacts(a: SideFacts, b: SideFacts): readonly FactRow[] {
  return measures.map(({ name, of, format, formatDifference, reason }) => {
    const [first, second] = [of(a), of(b)];
    return {
      name,
      a: first === null ? null : format(first),
      b: second === null ? null : format(second),
      difference: first === null || second === null ? '—' : formatDifference(second - first, first),
      reason,
      values: [first, second],
    };
  });
}

/** The same as a file: unrounded, shares as parts of 1. */
export function factsCsv(rows: readonly FactRow[]): readonly (readonly CsvCell[])[] {
  return [['Measure', 'A', 'B'], ...rows.map(({ name, values }) => [name, ...values])];
}

/** Dollars by the model that calls were measured with, on both sides. */
export function mergeModels(a: SideFacts, b: SideFacts): readonly PartCost[] {
  const costs = new Map<string, { todayUsd: number; changedUsd: number }>();
  const add = (name: string | null, part: Partial<PartCost>) => {
    const key = name ?? 'model not recorded';
    costs.set(key, { todayUsd: 0, changedUsd: 0, ...costs.get(key), ...part });
  };
  for (const { name, usd } of a.byModel) add(name, { todayUsd: usd });
  for (const { name, usd } of b.byModel) add(name, { changedUsd: usd });
  return [...costs].map(([name, cost]) => ({ name, ...cost }));
}
