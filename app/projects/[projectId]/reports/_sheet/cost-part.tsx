import { bucketFill } from '@/app/_charts/bucket-fill';
import { CostGrowth } from '@/app/_charts/cost-growth';
import { CostLines } from '@/app/_charts/cost-lines';
import { Band, Columns, Section } from '@/app/_ui/section';
import { describeCost } from '@/lib/charts/describe-cost';
import { nameBucket } from '@/lib/charts/name-bucket';
import { prepareCostGrowth } from '@/lib/charts/prepare-cost-growth';
import { prepareCostLines } from '@/lib/charts/prepare-cost-lines';
import { formatCount, formatCounted } from '@/lib/format';
import type { Report } from '@/lib/report/report';
import { CostStats } from '../../cost/cost-stats';
import { GrowthFacts } from '../../cost/growth-facts';

/** What a session costs and how that grows; or that it was not known. */
export function CostPart({ report }: { readonly report: Report }) {
  const { cost } = report;
  const { headline, lede } = describeCost(cost);
  if (cost === null) {
    return (
      <Band>
        <h2 className="text-body font-semibold">Cost was not known</h2>
        <p className="text-ink-2">No session could be priced when the report was frozen.</p>
      </Band>
    );
  }
  const chart = prepareCostGrowth(cost);
  return (
    <Band>
      <h2 className="text-lede font-semibold">{headline}</h2>
      <p className="mb-4 text-pretty text-ink-2">{lede}</p>
      <CostStats model={cost} listCostUsdMax={report.listCostUsdMax ?? null} />
      <Columns template="minmax(0, 1fr) 316px">
        {chart === null ? (
          <p className="text-ink-2">No call could be priced, so there is no growth to draw.</p>
        ) : (
          <CostGrowth chart={chart} level={3} initialWidth={680} />
        )}
        <GrowthFacts model={cost} />
      </Columns>
      <Columns template="minmax(0, 1fr) minmax(0, 1fr)" className="border-t border-rule">
        <Section title="By token kind" level={3}>
          <CostLines
            chart={prepareCostLines(
              cost.byBucket.map((line) => ({ ...line, name: nameBucket(line.name) })),
            )}
            noun="Token kind"
            caption="Cost by token kind"
            toneOf={bucketFill}
          />
        </Section>
        <Section title="By model" level={3}>
          <CostLines chart={prepareCostLines(cost.byModel)} noun="Model" caption="Cost by model" />
        </Section>
      </Columns>
      <p className="text-note text-ink-3">
        List prices of {cost.coverage.priceBook.date} ({cost.coverage.priceBook.name}{' '}
        {cost.coverage.priceBook.version}).
        {formatCounted(cost.coverage.unpricedCalls, 'call')} unpriced,{' '}
        {formatCount(cost.coverage.usageMissingCalls)} without usage.
      </p>
    </Band>
  );
}
