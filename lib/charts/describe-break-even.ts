import type {
  InfrastructureCost,
  StateDescription,
} from '../cost/infrastructure/infrastructure-cost';
import { formatDecimal, formatUsd } from '../format';

/** When state costs more than the tokens it saves: the finding, what bounds it, and what it lacks. */
export interface BreakEvenWords {
  readonly finding: string;
  readonly bounds: readonly string[];
  readonly lacking: string | null; //   null: every line of state is known
}

/**
 * Puts the break-even of state into sentences. With a line of state unknown nothing is said to pay:
 * what is known of its cost is a lower end.
 *
 * @returns null where nothing is compared
 */
export function describeBreakEven(
  { breakEven, lines }: InfrastructureCost,
  { retentionDays }: StateDescription,
): BreakEvenWords | null {
  if (breakEven === null) return null;
  const { netUsdPerSession, retentionDaysMax, sessionsPerDayMin, unknownState } = breakEven;
  const isKnown = unknownState.length === 0;
  const cost = formatUsd(breakEven.stateUsdPerSession, 'exact');
  const saved = formatUsd(breakEven.savedUsdPerSession, 'exact');
  const covers = netUsdPerSession > 0;
  const finding = !covers
    ? `State costs more than it saves: ${isKnown ? '' : 'at least '}${cost} against ${saved} a session`
    : isKnown
      ? `State pays: ${saved} saved against ${cost} a session`
      : `Whether state pays is not known: ${saved} saved against at least ${cost} a session`;
  const fixed =
    sessionsPerDayMin === null
      ? []
      : [
          `Database instances cost the same whatever the volume: from ${isKnown ? '' : 'at least '}${formatDecimal(sessionsPerDayMin)} sessions a day they are carried.`,
        ];
  const names = lines.filter(({ id }) => unknownState.includes(id)).map(({ name }) => name);
  return {
    finding,
    bounds: [describeRetention(retentionDaysMax, { covers, isKnown, retentionDays }), ...fixed],
    lacking: isKnown
      ? null
      : `Not known, and left out of what state costs, not of what it saves: ${names.join(', ')}.`,
  };
}

function describeRetention(
  daysMax: number | null,
  now: { readonly covers: boolean; readonly isKnown: boolean; readonly retentionDays: number },
): string {
  if (daysMax !== null) {
    const days = formatDecimal(daysMax);
    const reach = now.isKnown
      ? `It pays up to ${days} days of retention`
      : `Beyond ${days} days of retention it cannot pay`;
    return `${reach}; now it is ${formatDecimal(now.retentionDays)}.`;
  }
  if (!now.covers) return 'No retention makes it pay.';
  return now.isKnown
    ? 'No line grows with retention, so it pays at any.'
    : 'No known line grows with retention.';
}
