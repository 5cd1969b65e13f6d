import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatDurationSec,
  formatPercent,
  formatUsd,
} from '../format';
import type { CheckResult } from './assessment';
import type { Fact, FactUnit } from './facts';

/** One value in its unit, as a sentence or a table shows it. */
export function writeValue(value: number | null, unit: FactUnit): string {
  switch (unit) {
    case 'count':
    case 'agents':
      return formatCount(value);
    case 'ratio':
      return formatPercent(value);
    case 'usd':
      return formatUsd(value, 'exact');
    case 'hours':
      return value === null ? '—' : `${formatDecimal(value)}\u00a0h`;
    case 'days':
      return value === null ? '—' : formatCounted(value, 'day');
    case 'sec':
      return formatDurationSec(value);
    case 'number':
      return formatDecimal(value);
    default:
      return unit satisfies never;
  }
}

/** A fact with its interval and sample: `3.4 % (95 %: 2.9 % to 3.9 %), n = 412`. */
export function writeFact(fact: Fact): string {
  const value = writeValue(fact.value, fact.unit);
  const interval =
    fact.interval95 === null
      ? ''
      : ` (95 %: ${writeValue(fact.interval95[0], fact.unit)} to ${writeValue(fact.interval95[1], fact.unit)})`;
  const sample = fact.sample === null ? '' : `, n = ${formatCount(fact.sample)}`;
  return `${value}${interval}${sample}`;
}

/** A fact as a line of evidence. */
export function evidenceLine(fact: Fact): CheckResult['evidence'][number] {
  return { factId: fact.id, label: fact.label, value: writeFact(fact) };
}

/** The first few names, and how many more there are. */
export function listNames(names: readonly string[], most = 5): string {
  const cut = names.slice(0, most).map(shorten);
  const more = names.length - cut.length;
  return more > 0 ? `${cut.join(', ')} and ${formatCount(more)} more` : cut.join(', ');
}

/** A name from a trace at a length that a sentence can carry, without control characters. */
export function shorten(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const points = [...clean];
  return points.length <= 60 ? clean : `${points.slice(0, 59).join('')}…`;
}
