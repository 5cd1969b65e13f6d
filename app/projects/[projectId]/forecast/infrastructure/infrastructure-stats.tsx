import { Stat, StatRow } from '@/app/_ui/stat';
import type { InfrastructureCost } from '@/lib/cost/infrastructure/infrastructure-cost';
import { formatCounted, formatDecimal, formatPercent, formatUsd } from '@/lib/format';

interface InfrastructureStatsProps {
  readonly cost: InfrastructureCost;
  readonly tokenUsd: number | null; //  mean cost of a session's tokens
  readonly sessionsPerDay: number;
}

const daysPerMonth = 365.25 / 12;

/** Dollars of infrastructure per session and per month, beside the tokens. */
export function InfrastructureStats({ cost, tokenUsd, sessionsPerDay }: InfrastructureStatsProps) {
  const { usdPerSession, usdPerMonth, unknown } = cost;
  return (
    <StatRow columns={4}>
      <Stat
        label="Infrastructure, a session"
        value={formatUsd(usdPerSession, 'exact')}
        note={
          unknown.length === 0
            ? 'every line known'
            : `at least: ${formatCounted(unknown.length, 'line')} without a price or a quantity`
        }
      />
      <Stat
        label="Tokens, a session"
        value={formatUsd(tokenUsd, 'exact')}
        note="mean of the imported sessions, list prices"
      />
      <Stat
        label="Infrastructure ÷ tokens"
        value={
          usdPerSession === null || tokenUsd === null || tokenUsd === 0
            ? '—'
            : formatPercent(usdPerSession / tokenUsd)
        }
        note="of the token cost"
      />
      <Stat
        label="Infrastructure, a month"
        value={formatUsd(usdPerMonth)}
        note={`beside ${formatUsd(tokenUsd === null ? null : tokenUsd * sessionsPerDay * daysPerMonth)} of tokens at ${formatDecimal(sessionsPerDay)} sessions a day`}
      />
    </StatRow>
  );
}
