'use client';

import { PartChanges } from '@/app/_charts/part-changes';
import { PolicyCurve } from '@/app/_charts/policy-curve';
import { CsvLink } from '@/app/_ui/csv-link';
import { Section } from '@/app/_ui/section';
import { nameBucket } from '@/lib/charts/name-bucket';
import { preparePartChanges } from '@/lib/charts/prepare-part-changes';
import { preparePolicyCurve } from '@/lib/charts/prepare-policy-curve';
import type { Comparison } from '@/lib/cost/cost-worker-messages';
import { ChangeTable } from '../policies/change-table';
import type { CompareSide } from './compare-side';
import { FactsTable } from './facts-table';
import { mergeModels } from './side-facts-rows';
import type { ComparisonAnswer } from './use-comparison';

interface CompareAnswersProps {
  readonly comparison: Comparison;
  readonly answer: ComparisonAnswer;
  readonly a: CompareSide;
  readonly b: CompareSide;
}

const names = { a: 'A', b: 'B' };

/** The difference first, then how it comes about, both sides on the same axes. */
export function CompareAnswers({ comparison, answer, a, b }: CompareAnswersProps) {
  const { outcome, isPaired } = comparison;
  const curve = preparePolicyCurve(outcome, {
    names,
    hasChange: a.address !== b.address,
    isModelled: { a: a.policies.length > 0, b: b.policies.length > 0 },
  });
  const parts = preparePartChanges(outcome.byBucket, names, { nameOf: nameBucket });
  const models = preparePartChanges(mergeModels(comparison.a, comparison.b), names, {
    isSorted: true,
  });
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-[52px] gap-y-7 pt-5 pb-7 lg:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)]">
        <ChangeTable
          outcome={outcome}
          intervals={answer.drawn?.outcome}
          isDrawing={answer.isDrawing}
          isStale={answer.isStale}
          names={names}
          fileName="comparison difference"
          note={
            isPaired
              ? 'Each session against itself; intervals by bootstrap over sessions, 1,000 resamples'
              : 'Two groups of sessions; intervals by two-sample bootstrap over sessions, 1,000 resamples'
          }
        />
        <FactsTable comparison={comparison} isStale={answer.isStale} />
      </div>
      <div className="border-t border-rule pt-5 pb-7">
        {curve === null ? (
          <p className="text-ink-2">No call of these sessions can be drawn.</p>
        ) : (
          <PolicyCurve chart={curve} isStale={answer.isStale} initialWidth={1216} />
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-[52px] gap-y-7 border-t border-rule pt-5 pb-7 lg:grid-cols-2">
        <Section
          title="By kind of token"
          note="Dollars over all sessions of a side; upper bar A, lower B"
          actions={
            <CsvLink
              fileName="comparison by token kind"
              what="Cost by kind of token"
              rows={() => parts.csv}
            />
          }
        >
          <PartChanges
            chart={parts}
            names={names}
            noun="Tokens"
            caption="Dollars by kind of token, A and B"
          />
        </Section>
        <Section
          title="By model"
          note="Dollars by the model that the calls were measured with"
          actions={
            <CsvLink fileName="comparison by model" what="Cost by model" rows={() => models.csv} />
          }
        >
          <PartChanges
            chart={models}
            names={names}
            noun="Model"
            caption="Dollars by model, A and B"
          />
        </Section>
      </div>
    </>
  );
}
