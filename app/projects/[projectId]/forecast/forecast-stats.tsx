import { Stat, StatRow } from '@/app/_ui/stat';
import type { CompletedForecast } from '@/lib/cost/forecast/forecast';
import { formatCount, formatDecimal, formatPercent, formatUsd, formatUsdRange } from '@/lib/format';

/** The figures that a budget is made from, each with its range. */
export function ForecastStats({ forecast }: { readonly forecast: CompletedForecast }) {
  const [first] = forecast.months;
  const budget = forecast.budgets.at(-1);
  const eighty = budget?.affordable.find(({ confidence }) => confidence === 0.8);
  const { costPerSessionUsd } = forecast;
  return (
    <StatRow columns={4}>
      <Stat
        label="First month, median"
        value={formatUsd(first?.costUsd.p50)}
        note={
          first === undefined
            ? ''
            : `P10–P90 ${formatUsdRange([first.costUsd.p10, first.costUsd.p90])}`
        }
      />
      <Stat
        label={`All ${formatCount(forecast.months.length)} months, median`}
        value={formatUsd(forecast.totalUsd.p50)}
        note={`P10–P90 ${formatUsdRange([forecast.totalUsd.p10, forecast.totalUsd.p90])}`}
      />
      <Stat
        label="Over budget"
        value={budget === undefined ? '—' : formatPercent(budget.over.share)}
        note={
          budget === undefined || eighty === undefined
            ? 'no budget is given'
            : `80 % sure ${eighty.sessionsPerDay === null ? 'at any volume' : `up to ${formatDecimal(eighty.sessionsPerDay)} sessions a day`}`
        }
      />
      <Stat
        label="A session in production, mean"
        // The mean as measured, as on other pages: the median of the drawn means lies a little below.
        value={formatUsd(forecast.multiple.productionUsdPerSession, 'exact')}
        note={`P10–P90 ${formatUsdRange([costPerSessionUsd.p10, costPerSessionUsd.p90], undefined, 'exact')}, from ${formatCount(forecast.sessions)} sessions`}
      />
    </StatRow>
  );
}
