import { StatusShape } from '@/app/_ui/status-mark';
import { formatCount } from '@/lib/format';
import type { CheckResult } from '@/lib/readiness/assessment';
import { basisWord, checkTone, statusWord } from './check-tone';
import { formatObserved } from './format-observed';

/** A check in two lines: its shape, what was found, and the sentence with the number. */
export function CheckLine({ result }: { readonly result: CheckResult }) {
  return (
    <li className="flex gap-3.5 border-t border-rule-2 py-3 first:border-t-0 first:pt-0">
      <span className="pt-0.5">
        <StatusShape tone={checkTone(result)} />
        <span className="sr-only">{statusWord[result.status]}</span>
      </span>
      <div className="min-w-0">
        <p className="font-medium text-balance">{result.title}</p>
        <p className="text-pretty text-ink-2">
          {result.status === 'unknown' || result.status === 'error' ? result.remedy : result.detail}
        </p>
      </div>
    </li>
  );
}

interface CheckItemProps {
  readonly result: CheckResult;
  /** Leaves out the evidence, where an appendix holds it. */
  readonly isBrief?: boolean;
}

/** A check in full: what was found, observed against threshold, the evidence and the remedy. */
export function CheckItem({ result, isBrief = false }: CheckItemProps) {
  const isWanting = result.status === 'unknown' || result.status === 'error';
  return (
    <li
      id={result.checkId}
      data-print="together"
      className="grid scroll-mt-20 gap-x-8 gap-y-3 border-t border-rule py-5 first:border-t-0 md:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]"
    >
      <div className="flex gap-3.5">
        <span className="pt-0.5">
          <StatusShape tone={checkTone(result)} />
          <span className="sr-only">{statusWord[result.status]}</span>
        </span>
        <div className="min-w-0">
          <h3 className="font-semibold">{result.title}</h3>
          <p className="text-pretty text-ink-2">{result.detail}</p>
          <p className="mt-1 text-note text-ink-3">
            <code>{result.checkId}</code> · {result.question}
          </p>
        </div>
      </div>
      <div className="min-w-0 pl-[30px] md:pl-0">
        <Facts result={result} />
        {result.remedy !== '' && result.status !== 'pass' && (
          <p className="mt-2 text-pretty">
            <span className="font-medium">{isWanting ? 'To provide it' : 'Remedy'}. </span>
            <span className="text-ink-2">{result.remedy}</span>
          </p>
        )}
        {!isBrief && result.evidence.length > 0 && (
          <dl className="mt-2 text-note">
            {result.evidence.map((fact) => (
              <div key={`${fact.factId}|${fact.label}`} className="flex justify-between gap-4">
                <dt className="text-ink-3">{fact.label}</dt>
                <dd className="text-right [overflow-wrap:anywhere]">{fact.value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

function Facts({ result }: { readonly result: CheckResult }) {
  const { observed } = result;
  return (
    <dl className="grid grid-cols-2 gap-x-6">
      <div>
        <dt className="text-note text-ink-3">Observed, {basisWord[result.basis]}</dt>
        <dd className="font-medium">
          {observed === null ? (
            <span className="text-ink-3">—</span>
          ) : (
            <>
              {formatObserved(observed.value, observed.unit)}
              {observed.sample !== null && (
                <span className="font-normal text-ink-3">, n = {formatCount(observed.sample)}</span>
              )}
            </>
          )}
        </dd>
      </div>
      <div>
        <dt className="text-note text-ink-3">Threshold</dt>
        <dd>{result.threshold}</dd>
      </div>
    </dl>
  );
}
