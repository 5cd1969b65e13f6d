'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { GrowthCurve } from '@/app/_charts/growth-curve';
import { costGrowthQuery } from '@/app/_queries/growth-queries';
import { CsvLink } from '@/app/_ui/csv-link';
import { EmptyState } from '@/app/_ui/empty-state';
import { QueryFailure } from '@/app/_ui/query-failure';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { Skeleton } from '@/app/_ui/skeleton';
import { prepareGrowthCurve } from '@/lib/charts/prepare-growth-curve';
import type { GrowthModel } from '@/lib/cost/growth-model';

const units = ['call', 'turn'] as const;
const measures = ['cost', 'tokens'] as const;
const unitLabel = { call: 'Per call', turn: 'Per turn' } as const;
const measureLabel = { cost: 'Dollars', tokens: 'Prompt tokens' } as const;

/** How cost grows over the calls or turns of a session, measured and extrapolated. */
export function GrowthSection({ projectId }: { readonly projectId: string }) {
  const { data, error, refetch } = useQuery(costGrowthQuery(projectId));
  if (data === undefined) {
    if (error === null) return <Skeleton className="h-96" />;
    return (
      <QueryFailure
        title="Growth could not be worked out"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  return data.model === null ? <NoGrowth /> : <GrowthChoice model={data.model} />;
}

function GrowthChoice({ model }: { readonly model: GrowthModel }) {
  const [unit, setUnit] = useQueryState(
    'per',
    parseAsStringLiteral(units).withDefault('call').withOptions({ history: 'replace' }),
  );
  const [measure, setMeasure] = useQueryState(
    'show',
    parseAsStringLiteral(measures).withDefault('cost').withOptions({ history: 'replace' }),
  );
  const main = model.groups.find((group) => group.by === 'all' && group.isMainThread);
  const curves = (unit === 'turn' ? model.byTurn : null) ?? model.byCall;
  if (main === undefined || curves === null) return <NoGrowth />;
  const chart =
    prepareGrowthCurve(curves, main, measure) ?? prepareGrowthCurve(curves, main, 'tokens');
  if (chart === null) return <NoGrowth />;
  return (
    <div className="min-w-0">
      <div className="mb-4 flex flex-wrap gap-2 print:hidden">
        {model.byTurn !== null && (
          <SegmentedControl
            label="Growth per"
            value={unit}
            options={units.map((value) => ({ value, label: unitLabel[value] }))}
            onValueChange={(value) => void setUnit(value)}
          />
        )}
        <SegmentedControl
          label="Growth of"
          value={chart.measure}
          options={measures.map((value) => ({ value, label: measureLabel[value] }))}
          onValueChange={(value) => void setMeasure(value)}
        />
      </div>
      <GrowthCurve chart={chart} />
      <CsvLink
        fileName={`cost curve over ${chart.unit}s`}
        what={`Curve over ${chart.unit}s`}
        rows={() => [chart.table.columns, ...chart.table.rows]}
      />
    </div>
  );
}

function NoGrowth() {
  return (
    <EmptyState
      title="No growth to show"
      text="Growth needs sessions whose calls carry usage; one of three calls is enough for a slope."
    />
  );
}
