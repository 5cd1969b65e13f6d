import { LoadLine } from '@/app/_charts/load-line';
import { Section } from '@/app/_ui/section';
import { describeHeadroom } from '@/lib/charts/describe-headroom';
import { prepareLoadLine } from '@/lib/charts/prepare-load-line';
import { formatCount, formatCounted, formatUsd } from '@/lib/format';
import type { Report } from '@/lib/report/report';
import { EnvelopeFacts } from '../../_checks/envelope-facts';

/** The limits of the verdict, and what was declared when it was reached. */
export function EnvelopePart({ report }: { readonly report: Report }) {
  const { envelope, coverage } = report.assessment;
  const { system } = report;
  const model = prepareLoadLine(envelope.constraints, system.plannedPeakAgents);
  const declared = [
    [
      'Planned peak',
      system.plannedPeakAgents === null ? null : formatCounted(system.plannedPeakAgents, 'agent'),
    ],
    [
      'Cost target, P95',
      system.costTargetUsdP95 === null ? null : formatUsd(system.costTargetUsdP95),
    ],
    [
      'Most steps per session',
      system.maxStepsPerSession === null ? null : formatCount(system.maxStepsPerSession),
    ],
    [
      'History is compacted',
      system.hasCompaction === null ? null : system.hasCompaction ? 'yes' : 'no',
    ],
    ['Imported traces', describeTraces(system.tracesAreComplete)],
    ['Declared timeouts', formatCount(Object.keys(system.declaredTimeoutsSec).length)],
  ] as const;
  return (
    <div className="grid gap-x-10 gap-y-6 pt-5 pb-7 sm:grid-cols-[264px_minmax(0,1fr)] lg:grid-cols-[290px_minmax(0,1fr)_minmax(0,1fr)]">
      <Section
        title="Load line"
        note={describeHeadroom(model)}
        className="sm:row-span-2 lg:row-span-1"
      >
        <LoadLine model={model} initialWidth={264} />
      </Section>
      <Section title="Operating envelope" note="The verdict holds inside these limits.">
        <EnvelopeFacts envelope={envelope} assessedAt={report.createdAt} />
      </Section>
      <Section
        title="Declared"
        note={`${formatCount(coverage.decided)} of ${formatCounted(coverage.applicable, 'check')} that apply are decided by evidence.`}
      >
        <dl>
          {declared.map(([label, value]) => (
            <div
              key={label}
              className="flex items-baseline justify-between gap-4 border-t border-rule-2 py-2"
            >
              <dt className="text-ink-2">{label}</dt>
              <dd className="text-right font-medium">
                {value ?? <span className="font-normal text-ink-3">— not said</span>}
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}

function describeTraces(tracesAreComplete: boolean | null | undefined): string | null {
  if (tracesAreComplete === null || tracesAreComplete === undefined) return null;
  return tracesAreComplete ? 'all sessions' : 'a sample';
}
