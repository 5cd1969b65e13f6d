'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { bucketFill } from '@/app/_charts/bucket-fill';
import { CostLines } from '@/app/_charts/cost-lines';
import { CsvLink } from '@/app/_ui/csv-link';
import { Notice } from '@/app/_ui/notice';
import { Band, Section } from '@/app/_ui/section';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { splitCsv } from '@/lib/charts/cost-anatomy-csv';
import { nameBucket } from '@/lib/charts/name-bucket';
import {
  type AnatomySplit,
  describeSplit,
  explainSplit,
  prepareAnatomyLines,
} from '@/lib/charts/prepare-anatomy-lines';
import { prepareCostLines } from '@/lib/charts/prepare-cost-lines';
import type { CostAnatomy } from '@/lib/cost/cost-anatomy';
import type { CostModel } from '@/lib/cost/cost-model';
import type { CsvCell } from '@/lib/csv-text';
import { formatCount, formatCounted } from '@/lib/format';
import { readSplit, type Split, splits } from './read-split';

const splitLabel = {
  bucket: 'Token kind',
  model: 'Model',
  agent: 'Agent',
  tool: 'Tool',
  turn: 'Turn',
  tenant: 'Tenant',
} as const satisfies Record<Split, string>;

interface CostBreakdownProps {
  readonly model: CostModel;
  readonly anatomy: CostAnatomy;
}

/** What the total is spent on, by token kind or by a name that calls carry. */
export function CostBreakdown({ model, anatomy }: CostBreakdownProps) {
  const [asked, setSplit] = useQueryState('by', parseAsString.withOptions({ history: 'replace' }));
  const { split, unread } = readSplit(asked);
  const caption = `Cost by ${splitLabel[split].toLowerCase()}`;
  const view = split === 'bucket' ? viewBuckets(model) : viewNames(split, anatomy);
  return (
    <Band>
      <Section
        title={view.title}
        note={[describeBasis(model, anatomy), view.method]
          .filter((text) => text !== null)
          .join(' ')}
      >
        <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 print:hidden">
          <div className="relative max-w-full overflow-x-auto py-1">
            <SegmentedControl
              label="Split cost by"
              value={split}
              options={splits.map((value) => ({ value, label: splitLabel[value] }))}
              onValueChange={(value) => void setSplit(value)}
            />
          </div>
          <CsvLink fileName={caption} what={caption} rows={view.csv} />
        </div>
        {unread !== null && (
          <div className="pb-4">
            <Notice tone="conditional" title="The address asks for more than is shown">
              Left out because it cannot be read: {unread}. Cost is split by token kind in its
              place.
            </Notice>
          </div>
        )}
        {view.chart.bars.length === 0 ? (
          <p className="text-ink-2">No import of this project names one.</p>
        ) : (
          <CostLines
            chart={view.chart}
            noun={splitLabel[split]}
            caption={caption}
            {...(split === 'bucket' ? { toneOf: bucketFill } : {})}
          />
        )}
      </Section>
    </Band>
  );
}

function viewBuckets({ byBucket }: CostModel) {
  const chart = prepareCostLines(
    byBucket.map((line) => ({ ...line, name: nameBucket(line.name) })),
    10,
  );
  const [dearest] = chart.bars;
  return {
    chart,
    title:
      dearest === undefined || dearest.share === null
        ? 'Cost by token kind'
        : `${dearest.name}: ${dearest.shareLabel} of the cost`,
    method: null,
    csv: (): (readonly CsvCell[])[] => [
      ['token_kind', 'tokens', 'list_cost_usd', 'share'],
      ...byBucket.map((line) => [line.name, line.pricingQuantity, line.listCostUsd, line.share]),
    ],
  };
}

function viewNames(split: AnatomySplit, anatomy: CostAnatomy) {
  return {
    chart: prepareAnatomyLines(split, anatomy),
    title: describeSplit(split, anatomy),
    method: explainSplit(split),
    csv: () => splitCsv(split, anatomy),
  };
}

function describeBasis({ coverage }: CostModel, { sessions, whole }: CostAnatomy): string {
  const { priceBook, sessionsInStore } = coverage;
  const calls = `List cost of ${formatCounted(whole.pricedCalls, 'priced call')}, ${priceBook.name} ${priceBook.version}.`;
  if (sessions >= sessionsInStore) return calls;
  return `${calls} Totals are exact; this is of a sample of ${formatCount(sessions)} sessions.`;
}
