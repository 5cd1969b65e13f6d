import type {
  InfrastructureCost,
  StateDescription,
} from '@/lib/cost/infrastructure/infrastructure-cost';
import { formatDecimal, formatUsd } from '@/lib/format';

interface BreakEvenProps {
  readonly cost: InfrastructureCost;
  readonly state: StateDescription;
}

/** When state costs more than the tokens it saves, in sentences. */
export function BreakEven({ cost, state }: BreakEvenProps) {
  const { breakEven } = cost;
  if (breakEven === null) {
    return (
      <p className="mt-3 text-pretty text-ink-2">
        Choose a policy set such as retrieval memory or caching: its replay says what it saves.
      </p>
    );
  }
  const { stateUsdPerSession, savedUsdPerSession, netUsdPerSession } = breakEven;
  const pays = netUsdPerSession > 0;
  return (
    <div className="mt-3 grid gap-1.5">
      <p className="font-semibold">
        {pays
          ? `State pays: ${formatUsd(savedUsdPerSession, 'exact')} saved against ${formatUsd(stateUsdPerSession, 'exact')} a session`
          : `State costs more than it saves: ${formatUsd(stateUsdPerSession, 'exact')} against ${formatUsd(savedUsdPerSession, 'exact')} a session`}
      </p>
      <p className="text-ink-2">
        {breakEven.retentionDaysMax === null
          ? pays
            ? 'No known line grows with retention, so it pays at any.'
            : 'No retention makes it pay.'
          : `It pays up to ${formatDecimal(breakEven.retentionDaysMax)} days of retention; now it is ${formatDecimal(state.retentionDays)}.`}
      </p>
      {breakEven.sessionsPerDayMin !== null && (
        <p className="text-ink-2">
          Database instances cost the same whatever the volume: from{' '}
          {formatDecimal(breakEven.sessionsPerDayMin)} sessions a day they are carried.
        </p>
      )}
      {cost.unknown.length > 0 && (
        <p className="text-note text-ink-3">Lines that are not known are left out of both sides.</p>
      )}
    </div>
  );
}
