import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatDurationSec,
  formatPercent,
  formatUsd,
} from '@/lib/format';

/** An observed value in the unit that its check names; an unfamiliar unit stands after the number. */
export function formatObserved(value: number, unit: string): string {
  switch (unit) {
    case 'ratio':
      return formatPercent(value);
    case 'usd':
      return formatUsd(value, 'exact');
    case 'sec':
      return formatDurationSec(value);
    case 'hours':
      return `${formatDecimal(value, 1)} h`;
    case 'days':
      return formatCounted(Math.round(value), 'day');
    case 'agents':
      return formatCounted(value, 'agent');
    case 'count':
      return formatCount(value);
    case 'exponent':
      return formatDecimal(value, 2);
    case 'number':
      return formatDecimal(value, 2);
    default:
      return `${formatDecimal(value)} ${unit}`;
  }
}
