import { Band } from '@/app/_ui/section';
import { formatBytes, formatCount, formatUtc } from '@/lib/format';
import type { Report } from '@/lib/report/report';

/** What was read: each import with the hash of its files, and what was missing from it. */
export function SourcesPart({ report }: { readonly report: Report }) {
  const { dataQuality: data } = report;
  const counts = [
    ['Sessions', data.sessions],
    ['Model calls', data.modelCalls],
    ['Unpriced', data.unpricedCalls],
    ['Without usage', data.usageMissingCalls],
    ['Repeated rows dropped', data.duplicatesDropped],
    ['Issues', data.issues],
  ] as const;
  return (
    <Band>
      <h2 className="text-body font-semibold">What was read</h2>
      <p className="text-ink-2">
        Calls from {formatUtc(data.firstCallAt)} to {formatUtc(data.lastCallAt)}.
      </p>
      <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-1">
        {counts.map(([label, count]) => (
          <div key={label} className="flex gap-2">
            <dt className="text-ink-2">{label}</dt>
            <dd className="font-semibold">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      <ul className="mt-3">
        {data.imports.map((one) => (
          <li key={one.importId} className="border-t border-rule-2 py-2">
            <span className="font-medium [overflow-wrap:anywhere]">{one.label}</span>
            <span className="text-ink-2">
              {' '}
              · {one.format} · {formatCount(one.files)} {one.files === 1 ? 'file' : 'files'} ·{' '}
              {formatBytes(one.bytes)} · {formatCount(one.records)} records ·{' '}
              {formatUtc(one.finishedAt)}
            </span>
            <code className="block text-note text-ink-3 [overflow-wrap:anywhere]">
              sha256 {one.sha256}
            </code>
          </li>
        ))}
      </ul>
    </Band>
  );
}
