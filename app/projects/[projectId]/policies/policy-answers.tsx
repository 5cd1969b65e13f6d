'use client';

import { PartChanges } from '@/app/_charts/part-changes';
import { PolicyCurve } from '@/app/_charts/policy-curve';
import { CsvLink } from '@/app/_ui/csv-link';
import { Section } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';
import { nameBucket } from '@/lib/charts/name-bucket';
import { preparePartChanges } from '@/lib/charts/prepare-part-changes';
import { preparePolicyCurve } from '@/lib/charts/prepare-policy-curve';
import type { ReplayOutcome } from '@/lib/cost/replay/replay-outcome';
import { formatCount, formatCounted } from '@/lib/format';
import { ChangeTable } from './change-table';
import type { Replay } from './use-replay';

interface PolicyAnswersProps {
  readonly replay: Replay;
  /** False: today only, with nothing to set against it. */
  readonly hasChange: boolean;
}

const names = { a: 'today', b: 'changed' };

/** What the policies make of the sessions: the difference first, then how it comes about. */
export function PolicyAnswers({ replay, hasChange }: PolicyAnswersProps) {
  const { outcome, isStale } = replay;
  if (outcome === undefined) {
    return replay.error === null ? <Skeleton className="h-[36rem]" /> : null;
  }
  const curve = preparePolicyCurve(outcome, {
    names,
    hasChange,
    isModelled: { a: false, b: true },
  });
  const parts = preparePartChanges(outcome.byBucket, names, { nameOf: nameBucket });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-y-7">
      <ChangeTable
        outcome={outcome}
        intervals={replay.intervals}
        isDrawing={replay.isDrawing}
        isStale={isStale}
        names={names}
        hasChange={hasChange}
        fileName="policies difference"
      />
      <div className="border-t border-rule pt-5">
        {curve === null ? (
          <p className="text-ink-2">No call of these sessions can be drawn.</p>
        ) : (
          <PolicyCurve chart={curve} isStale={isStale} />
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-7 border-t border-rule pt-5 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
        <Section
          title="What the money is spent on"
          note={`Dollars by kind of token over all sessions${hasChange ? '; upper bar today, lower changed' : ''}`}
          actions={
            <CsvLink
              fileName="policies by token kind"
              what="Cost by kind of token"
              rows={() => parts.csv}
            />
          }
        >
          <PartChanges
            chart={parts}
            names={names}
            hasChange={hasChange}
            noun="Tokens"
            caption="Dollars by kind of token"
          />
        </Section>
        <Assumptions outcome={outcome} />
      </div>
    </div>
  );
}

/** What is modelled and not measured, and which calls come and go. */
function Assumptions({ outcome }: { readonly outcome: ReplayOutcome }) {
  const { callsAdded, callsRemoved, calls, assumptions } = outcome;
  return (
    <Section
      title="What was assumed"
      note={`${formatCounted(calls, 'call')} replayed, ${formatCount(callsAdded)} added, ${formatCount(callsRemoved)} not sent`}
    >
      {assumptions.length === 0 ? (
        <p className="text-ink-2">Nothing: these are the calls as they were measured.</p>
      ) : (
        <ul className="grid gap-2">
          {assumptions.map((sentence) => (
            <li key={sentence} className="border-t border-rule-2 pt-2 text-pretty">
              {sentence}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
