'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ForecastFan } from '@/app/_charts/forecast-fan';
import { Tornado } from '@/app/_charts/tornado';
import { CsvLink } from '@/app/_ui/csv-link';
import { Section } from '@/app/_ui/section';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import {
  listForecastCsv,
  tabulateBudgets,
  tabulateDoubt,
  tabulateDrivers,
} from '@/lib/charts/list-forecast-rows';
import { prepareForecastFan } from '@/lib/charts/prepare-forecast-fan';
import { prepareTornado } from '@/lib/charts/prepare-tornado';
import type { CompletedForecast, ForecastPlan } from '@/lib/cost/forecast/forecast';
import { formatCount, formatDecimal, formatPercent, formatUsd, formatUsdRange } from '@/lib/format';
import { FigureTable } from './figure-table';

interface ForecastAnswersProps {
  readonly plan: ForecastPlan;
  readonly forecast: CompletedForecast;
  readonly isStale: boolean;
}

const views = ['cumulative', 'monthly'] as const;

/** What a plan costs: the fan, the budgets, and what makes it uncertain. */
export function ForecastAnswers({ plan, forecast, isStale }: ForecastAnswersProps) {
  const [view, setView] = useQueryState(
    'view',
    parseAsStringLiteral(views).withDefault('cumulative').withOptions({ history: 'replace' }),
  );
  const tornado = prepareTornado(forecast);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <div>
        <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
          <SegmentedControl
            label="Cost over months"
            value={view}
            options={[
              { value: 'cumulative', label: 'Spent so far' },
              { value: 'monthly', label: 'Each month' },
            ]}
            onValueChange={(value) => void setView(value)}
          />
          <CsvLink
            fileName="forecast"
            label="CSV of everything"
            rows={() => listForecastCsv(plan, forecast)}
          />
        </div>
        <ForecastFan chart={prepareForecastFan(plan, forecast, view)} isStale={isStale} />
      </div>
      {forecast.budgets.length > 0 && <Budgets forecast={forecast} />}
      {tornado !== null && <Tornado chart={tornado} isStale={isStale} />}
      <Section
        title="Where the doubt comes from"
        note="The total with one part drawn and all others at their medians; the parts overlap and do not add up."
      >
        <FigureTable caption="Where the doubt comes from" {...tabulateDoubt(forecast)} />
      </Section>
    </div>
  );
}

function Budgets({ forecast }: { readonly forecast: CompletedForecast }) {
  return (
    <Section
      title="What the budget bears"
      note={`Shares of ${formatCount(forecast.draws)} draws. A volume is 80 % sure where eight draws in ten stay within the budget.`}
    >
      <FigureTable caption="What the budget bears" {...tabulateBudgets(forecast.budgets)} />
    </Section>
  );
}

/** Cost of a session in the traces against production, and what the forecast takes for granted. */
export function ForecastGround({ forecast }: { readonly forecast: CompletedForecast }) {
  const { multiple, monteCarlo95, topDecileShare } = forecast;
  const { pilotUsdPerSession: pilot, productionUsdPerSession: production } = multiple;
  return (
    <div className="grid gap-8">
      <Section
        title={
          production === pilot
            ? 'A session in production costs what one of the traces does'
            : pilot > 0
              ? `A session in production costs ${formatDecimal(production / pilot)} times one of the traces`
              : 'A session in production costs something, one of the traces nothing'
        }
        note="At the medians of all inputs; factors multiply, dollars add up."
      >
        <FigureTable caption="From pilot to production" hasTotal {...tabulateDrivers(forecast)} />
        <p className="mt-3 text-note text-pretty text-ink-3">{describeVolume(forecast)}</p>
      </Section>
      <Section title="What is assumed">
        <ul className="grid gap-1.5 text-ink-2">
          {topDecileShare !== null && (
            <li>
              {formatPercent(topDecileShare)} of the cost lies in the dearest tenth of the sessions.
            </li>
          )}
          {forecast.assumptions.map((sentence) => (
            <li key={sentence} className="text-pretty [overflow-wrap:anywhere]">
              {sentence}
            </li>
          ))}
          <li>
            Other random numbers would put the median of the total between{' '}
            {formatUsdRange(monteCarlo95.p50)}, its P10 between {formatUsdRange(monteCarlo95.p10)}{' '}
            and its P90 between {formatUsdRange(monteCarlo95.p90)} (95 %,{' '}
            {formatCount(forecast.draws)} draws, seed {forecast.seed}).
          </li>
        </ul>
      </Section>
    </div>
  );
}

function describeVolume({ multiple }: CompletedForecast): string {
  const last = `The last month comes to ${formatUsd(multiple.productionUsdMonthly)} a month at the medians`;
  if (multiple.pilotUsdMonthly === null) return `${last}. The traces do not tell their volume.`;
  if (multiple.monthlyFactor === null) return `${last}; the traces cost nothing.`;
  return `${last}: ${formatDecimal(multiple.monthlyFactor)} times the ${formatUsd(multiple.pilotUsdMonthly)} of the traces, of which volume is a factor of ${formatDecimal(multiple.volumeFactor)}.`;
}
