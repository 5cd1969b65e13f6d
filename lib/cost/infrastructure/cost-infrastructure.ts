import type {
  InfrastructureCost,
  InfrastructureItem,
  InfrastructureLine,
  RateCard,
  StateBreakEven,
  TraceQuantities,
} from './infrastructure-cost';
import { type Deployment, monthQuantities } from './month-quantities';

/** Items that keep state for sessions; the rest runs them. */
const stateItems: readonly InfrastructureItem[] = [
  'transcripts',
  'checkpoints',
  'checkpoint_writes',
  'execution_records',
  'vectors',
  'vector_queries',
  'cache_memory',
  'database_instances',
];

/** Items that cost in step with how long state is kept. */
const retainedItems: readonly InfrastructureItem[] = [
  'transcripts',
  'checkpoints',
  'execution_records',
  'vectors',
];

/**
 * Costs the infrastructure of a month: quantities from the traces and the description, times the
 * rate card. A line without a price or a quantity is listed and in no sum.
 *
 * @param savedUsdPerSession what keeping state saves in tokens, per session; null: nothing is compared
 */
export function costInfrastructure(
  card: RateCard,
  traces: TraceQuantities,
  deployment: Deployment,
  savedUsdPerSession: number | null = null,
): InfrastructureCost {
  const { sessionsPerMonth } = deployment;
  const quantities = monthQuantities(traces, card.state, deployment);
  const lines = card.lines.map(({ id, name, unit, usdPerUnit }): InfrastructureLine => {
    const { value, how } = quantities[id];
    const usdPerMonth = value === null || usdPerUnit === null ? null : value * usdPerUnit;
    return {
      id,
      name,
      unit,
      quantityPerMonth: value,
      usdPerUnit,
      usdPerMonth,
      usdPerSession:
        usdPerMonth === null || sessionsPerMonth === 0 ? null : usdPerMonth / sessionsPerMonth,
      how,
    };
  });
  const usdPerMonth = sum(lines, () => true);
  return {
    lines,
    usdPerMonth,
    usdPerSession: sessionsPerMonth > 0 ? usdPerMonth / sessionsPerMonth : null,
    unknown: lines.filter((line) => line.usdPerMonth === null).map(({ id }) => id),
    breakEven:
      savedUsdPerSession === null || sessionsPerMonth === 0
        ? null
        : findBreakEven(lines, card, sessionsPerMonth, savedUsdPerSession),
  };
}

function sum(
  lines: readonly InfrastructureLine[],
  isIn: (line: InfrastructureLine) => boolean,
): number {
  return lines.reduce((total, line) => total + (isIn(line) ? (line.usdPerMonth ?? 0) : 0), 0);
}

const daysPerMonth = 365.25 / 12;

/**
 * State costs a + b·days per session, with b from what is kept and a from the rest, of which the
 * instances are fixed whatever the volume. Lines that are unknown make a and b lower ends: the
 * days of retention are then at most, and the sessions a day at least, what is found.
 */
function findBreakEven(
  lines: readonly InfrastructureLine[],
  { state }: RateCard,
  sessionsPerMonth: number,
  saved: number,
): StateBreakEven {
  const monthly = (items: readonly InfrastructureItem[]) =>
    sum(lines, ({ id }) => items.includes(id)) / sessionsPerMonth;
  const stateUsd = monthly(stateItems);
  const retained = monthly(retainedItems);
  const perDay = state.retentionDays === 0 ? 0 : retained / state.retentionDays;
  const days = perDay > 0 ? (saved - (stateUsd - retained)) / perDay : null;
  const fixedMonthly = monthly(['database_instances']) * sessionsPerMonth;
  const marginUsd = saved - (stateUsd - monthly(['database_instances']));
  return {
    stateUsdPerSession: stateUsd,
    savedUsdPerSession: saved,
    netUsdPerSession: saved - stateUsd,
    unknownState: lines
      .filter(({ id, usdPerMonth }) => usdPerMonth === null && stateItems.includes(id))
      .map(({ id }) => id),
    retentionDaysMax: days === null || days < 0 ? null : days,
    sessionsPerDayMin:
      fixedMonthly > 0 && marginUsd > 0 ? fixedMonthly / marginUsd / daysPerMonth : null,
  };
}
