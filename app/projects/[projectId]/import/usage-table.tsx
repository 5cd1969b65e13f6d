import type { CSSProperties } from 'react';
import { UnknownValue } from '@/app/_ui/unknown-value';
import type { UsageTotals } from '@/lib/contracts/import';
import { formatCount, formatPercent } from '@/lib/format';

const kinds = [
  { key: 'inputFresh', label: 'Fresh input', colour: 'var(--fresh)' },
  { key: 'cacheRead', label: 'Read from a cache', colour: 'var(--cached)' },
  { key: 'cacheWrite5m', label: 'Written to a cache, 5 min', colour: 'var(--cache-write)' },
  { key: 'cacheWrite1h', label: 'Written to a cache, 1 h', colour: 'var(--cache-write)' },
  { key: 'cacheWriteUnknownTtl', label: 'Written, time not given', colour: 'var(--cache-write)' },
  { key: 'output', label: 'Output', colour: 'var(--output)' },
  { key: 'reasoning', label: 'Reasoning', colour: 'var(--reasoning)' },
] as const satisfies readonly { key: keyof UsageTotals; label: string; colour: string }[];

/** Tokens by kind, exact, with the share of each drawn beside it. */
export function UsageTable({ usage }: { readonly usage: UsageTotals }) {
  const total = kinds.reduce((sum, { key }) => sum + (usage[key] ?? 0), 0);
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">Tokens by kind</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Tokens</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ key, label, colour }) => {
          const tokens = usage[key];
          const share = tokens === null || total === 0 ? null : tokens / total;
          return (
            <tr key={key} className="border-b border-rule-2 last:border-b-0">
              <th scope="row" className="py-2 text-left font-normal">
                {label}
                <span
                  aria-hidden="true"
                  data-print="colour"
                  className="mt-1 block h-1 min-w-px"
                  style={barStyle(colour, share)}
                />
              </th>
              <td className="py-2 pl-4 text-right align-top">
                {tokens === null ? (
                  <UnknownValue reason="The source counts reasoning as part of the output." />
                ) : (
                  formatCount(tokens)
                )}
              </td>
              <td className="w-20 py-2 pl-4 text-right align-top text-ink-3">
                {share === null ? '' : formatPercent(share)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function barStyle(colour: string, share: number | null): CSSProperties {
  if (share === null || share === 0) return { visibility: 'hidden' };
  return { background: colour, width: `${share * 100}%` };
}
