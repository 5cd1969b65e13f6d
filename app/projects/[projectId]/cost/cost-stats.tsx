import { Stat, StatRow } from '@/app/_ui/stat';
import type { CostModel } from '@/lib/cost/cost-model';
import { formatCount, formatPercent, formatTokens, formatUsd, formatUsdRange } from '@/lib/format';

interface CostStatsProps {
  readonly model: CostModel;
  readonly listCostUsdMax: number | null;
}

/** Cost per session at its quantiles, and the total with what is missing from it. */
export function CostStats({ model, listCostUsdMax }: CostStatsProps) {
  const cost = model.costPerSessionUsd;
  const { coverage } = model;
  const missing = coverage.unpricedCalls + coverage.usageMissingCalls;
  const tokens = model.tokensPerSession;
  return (
    <StatRow columns={5}>
      <Stat
        label="Median session"
        value={formatUsd(cost?.p50)}
        unit="P50"
        note={tokens === null ? 'tokens not known' : `${formatTokens(tokens.p50)} tokens`}
      />
      <Stat
        label="One in twenty over"
        value={formatUsd(cost?.p95)}
        unit="P95"
        note={cost === null ? 'no priced session' : intervalNote(cost.p95Interval95)}
      />
      <Stat
        label="One in a hundred over"
        value={formatUsd(cost?.p99)}
        unit="P99"
        note={coverage.sessions < 100 ? 'fewer than 100 sessions: little behind it' : 'no interval'}
      />
      <Stat
        label="Mean session"
        value={formatUsd(cost?.mean)}
        unit="mean"
        note={cost === null ? 'no priced session' : intervalNote(cost.meanInterval95)}
      />
      <Stat
        label="All imported calls"
        value={cost === null ? '—' : formatUsd(model.listCostUsd)}
        unit="list"
        note={`${ttlNote(model.listCostUsd, listCostUsdMax)}${
          missing === 0
            ? `all ${formatCount(coverage.modelCalls)} calls priced`
            : `without ${formatCount(coverage.unpricedCalls)} unpriced and ${formatCount(coverage.usageMissingCalls)} without usage (${formatPercent(missing / Math.max(1, coverage.modelCalls))})`
        }`}
      />
    </StatRow>
  );
}

/** The price of a cache write depends on its time to live, which not every source records. */
function ttlNote(listCostUsd: number, listCostUsdMax: number | null): string {
  if (listCostUsdMax === null || listCostUsdMax - listCostUsd < 0.005) return '';
  return `up to ${formatUsd(listCostUsdMax)} if cache writes of unknown time to live last an hour; `;
}

function intervalNote(interval: readonly [number, number] | null): string {
  return interval === null
    ? 'too few sessions for an interval'
    : `95 %: ${formatUsdRange(interval)}`;
}
