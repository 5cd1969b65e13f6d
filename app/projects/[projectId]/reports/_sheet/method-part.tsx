import type { ReactNode } from 'react';
import { Band } from '@/app/_ui/section';
import type { Report } from '@/lib/report/report';

interface MethodPartProps {
  readonly report: Report;
  readonly sha256: string;
}

/** How the numbers came about, what they assume, where they end, and how to tell that none changed. */
export function MethodPart({ report, sha256 }: MethodPartProps) {
  const { cost, simulation: run } = report;
  return (
    <Band>
      <h2 className="mb-3 text-body font-semibold">Method, assumptions and limits</h2>
      <dl className="grid gap-x-10 gap-y-4 md:grid-cols-2">
        <Note title="Cost">
          Usage of each call at the list price in force when it ran
          {cost === null
            ? '.'
            : `, from ${cost.coverage.priceBook.name} ${cost.coverage.priceBook.version} (${cost.coverage.priceBook.date}).`}{' '}
          Discounts, credits and taxes are not in it. A call whose model has no price is unpriced,
          not free. Quantiles are type 7; intervals are bootstrapped over sessions.
        </Note>
        <Note title="Growth">
          Least squares within sessions on segments between context resets (a prompt below 70 % of
          the one before). Call numbers that fewer than ten sessions reached are extrapolated.
        </Note>
        <Note title="Saturation">
          {run === null
            ? 'Not simulated.'
            : `Observed sessions replayed by a closed loop of agents against one pool; ${run.scenario.replications} replications, seed ${run.scenario.seed}, engine ${run.engineVersion}. ${run.saturation.rule.replace(/\.$/, '')}. Intervals are 95 % over replications.`}
        </Note>
        <Note title="Assumptions">
          {run === null || run.basis.databaseSpans > 0
            ? 'Future sessions are like the imported ones in length, mix and pace.'
            : `Future sessions are like the imported ones. The traces hold no database spans: ${run.scenario.pool.assumedQueriesPerTurn} queries of ${run.scenario.pool.assumedQuerySec} s a turn are assumed.`}{' '}
          One pool is modelled; provider quotas and other resources may bind first.
        </Note>
        <Note title="Limits">
          A verdict holds inside its operating envelope and until its evidence is out of date. What
          is not assessed may still be wrong. Checks decided from fewer sessions than the sample
          rule asks for never count as passed.
        </Note>
        <Note title="Snapshot">
          Report <code className="[overflow-wrap:anywhere]">{report.reportId}</code>, Plimsoll{' '}
          {report.appVersion}, checklist {report.assessment.checklistVersion}. SHA-256 of its
          canonical JSON: <code className="[overflow-wrap:anywhere]">{sha256}</code>
        </Note>
      </dl>
    </Band>
  );
}

function Note({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div data-print="together">
      <dt className="font-medium">{title}</dt>
      <dd className="text-pretty text-ink-2">{children}</dd>
    </div>
  );
}
