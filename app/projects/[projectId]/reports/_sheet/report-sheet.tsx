import type { ReactNode } from 'react';
import { StatusMark } from '@/app/_ui/status-mark';
import { formatUtc } from '@/lib/format';
import type { Report } from '@/lib/report/report';
import { groupChecks, verdictWord } from '../../_checks/check-tone';
import { AnatomyPart } from './anatomy-part';
import { AppendixPart } from './appendix-part';
import { BacktestPart } from './backtest-part';
import { ChecksPart } from './checks-part';
import { CostPart } from './cost-part';
import { EnvelopePart } from './envelope-part';
import { ForecastPart } from './forecast-part';
import { MethodPart } from './method-part';
import { PricesPart } from './prices-part';
import { SaturationPart } from './saturation-part';
import { SourcesPart } from './sources-part';

interface ReportSheetProps {
  readonly report: Report;
  readonly sha256: string;
  /** What stands at the right of the head: not printed. */
  readonly actions?: ReactNode;
}

const profileWord = {
  pilot: 'a pilot',
  limited: 'a limited launch',
  external: 'an external launch',
} as const;

/** A frozen report as a page: everything on it comes from the snapshot, and nothing needs a script. */
export function ReportSheet({ report, sha256, actions }: ReportSheetProps) {
  const { assessment } = report;
  const groups = groupChecks(assessment.results);
  return (
    <article>
      <header className="border-b border-ink pt-8 pb-7">
        <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
          <div className="min-w-0 max-w-[54rem]">
            <StatusMark tone={assessment.verdict} variant="badge">
              {verdictWord[assessment.verdict]}
            </StatusMark>
            <h1 className="mt-4 text-[1.5rem] leading-[1.2] font-semibold tracking-[-0.012em] [overflow-wrap:anywhere] sm:text-finding">
              {assessment.headline}
            </h1>
            <p className="mt-1.5 text-lede text-pretty text-ink-2 [overflow-wrap:anywhere]">
              {report.title}.{' '}
              {!report.title.startsWith(report.projectName) && `${report.projectName}. `}
              Assessed for {profileWord[assessment.profile]} and frozen on{' '}
              <span className="whitespace-nowrap">{formatUtc(report.createdAt)}</span>.
            </p>
          </div>
          {actions !== undefined && (
            <div className="flex shrink-0 flex-wrap gap-2 pt-1 print:hidden">{actions}</div>
          )}
        </div>
      </header>
      <EnvelopePart report={report} />
      <ChecksPart groups={groups} />
      <CostPart report={report} />
      <AnatomyPart report={report} />
      <ForecastPart report={report} />
      <BacktestPart report={report} />
      <SaturationPart report={report} />
      <AppendixPart results={assessment.results} />
      <PricesPart report={report} />
      <SourcesPart report={report} />
      <MethodPart report={report} sha256={sha256} />
    </article>
  );
}
