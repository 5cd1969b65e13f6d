'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { bucketFill } from '@/app/_charts/bucket-fill';
import { CostLines } from '@/app/_charts/cost-lines';
import { Band, Section } from '@/app/_ui/section';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { nameBucket } from '@/lib/charts/name-bucket';
import { prepareCostLines } from '@/lib/charts/prepare-cost-lines';
import type { CostModel } from '@/lib/cost/cost-model';
import { formatCount, formatCounted } from '@/lib/format';

const splits = ['bucket', 'model', 'agent'] as const;
type Split = (typeof splits)[number];

const splitLabel = {
  bucket: 'Token kind',
  model: 'Model',
  agent: 'Agent',
} as const satisfies Record<Split, string>;

interface CostBreakdownProps {
  readonly model: CostModel;
  readonly modelledSessions: number;
}

/** What the total is spent on, by token kind, model or agent. */
export function CostBreakdown({ model, modelledSessions }: CostBreakdownProps) {
  const [split, setSplit] = useQueryState(
    'by',
    parseAsStringLiteral(splits).withDefault('bucket').withOptions({ history: 'replace' }),
  );
  const byBucket = model.byBucket.map((line) => ({ ...line, name: nameBucket(line.name) }));
  const lines = { bucket: byBucket, model: model.byModel, agent: model.byAgent }[split];
  const chart = prepareCostLines(lines, 10);
  const dearest = chart.bars[0];
  return (
    <Band className="border-t-0">
      <Section
        title={
          dearest === undefined || dearest.share === null
            ? `Cost by ${splitLabel[split].toLowerCase()}`
            : `${dearest.name}: ${dearest.shareLabel} of the cost`
        }
        note={describeBasis(model, modelledSessions)}
        actions={
          <SegmentedControl
            label="Split cost by"
            value={split}
            options={splits.map((value) => ({ value, label: splitLabel[value] }))}
            onValueChange={(value) => void setSplit(value)}
          />
        }
      >
        <CostLines
          chart={chart}
          noun={splitLabel[split]}
          caption={`Cost by ${splitLabel[split].toLowerCase()}`}
          {...(split === 'bucket' ? { toneOf: bucketFill } : {})}
        />
      </Section>
    </Band>
  );
}

function describeBasis(model: CostModel, modelledSessions: number): string {
  const { coverage } = model;
  const calls = `List cost of ${formatCounted(coverage.modelCalls - coverage.unpricedCalls - coverage.usageMissingCalls, 'priced call')}, ${coverage.priceBook.name} ${coverage.priceBook.version}.`;
  if (modelledSessions >= coverage.sessionsInStore) return calls;
  return `${calls} Totals are exact; models use a sample of ${formatCount(modelledSessions)} sessions.`;
}
