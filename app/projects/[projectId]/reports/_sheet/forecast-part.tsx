import { ForecastFan } from '@/app/_charts/forecast-fan';
import { Band, Section } from '@/app/_ui/section';
import { describeForecast } from '@/lib/charts/describe-forecast';
import { listPlanWords } from '@/lib/charts/describe-forecast-plan';
import { tabulateBudgets } from '@/lib/charts/list-forecast-rows';
import { prepareForecastFan } from '@/lib/charts/prepare-forecast-fan';
import { tabulateMonths } from '@/lib/charts/tabulate-report';
import type { CompletedForecast, ForecastPlan } from '@/lib/cost/forecast/forecast';
import { formatCount, formatUsdRange } from '@/lib/format';
import type { FrozenForecast } from '@/lib/report/frozen-forecast';
import type { Report } from '@/lib/report/report';
import { FigureTable } from '../../forecast/figure-table';

/** What the saved plan costs, or that none was saved; nothing in reports from before. */
export function ForecastPart({ report }: { readonly report: Report }) {
  const { forecast } = report;
  if (forecast === undefined) return null;
  if (forecast === null) {
    return (
      <Band>
        <h2 className="text-body font-semibold">Cost at launch</h2>
        <p className="text-ink-2">No plan saved when the report was frozen.</p>
      </Band>
    );
  }
  const { headline, lede } = describeFrozen(forecast);
  const { plan, result } = forecast;
  return (
    <Band>
      <h2 className="text-lede font-semibold [overflow-wrap:anywhere]">{headline}</h2>
      <p className="mb-4 text-pretty text-ink-2">{lede}</p>
      <PlanInputs forecast={forecast} />
      {result.kind === 'forecast' && <Drawn plan={plan} result={result} />}
    </Band>
  );
}

function describeFrozen({ plan, result }: FrozenForecast) {
  return result.kind === 'not_drawn'
    ? { headline: 'The saved plan could not be worked out', lede: result.reason }
    : describeForecast(plan, result);
}

function PlanInputs({ forecast: { plan, policies } }: { readonly forecast: FrozenForecast }) {
  return (
    <dl className="grid gap-x-10 gap-y-2 border-y border-rule py-4 sm:grid-cols-2 lg:grid-cols-3">
      {listPlanWords(plan, policies).map(([input, given]) => (
        <div key={input} data-print="together" className="min-w-0">
          <dt className="text-note text-ink-3">{input}</dt>
          <dd className="text-pretty [overflow-wrap:anywhere]">{given}</dd>
        </div>
      ))}
    </dl>
  );
}

interface DrawnProps {
  readonly plan: ForecastPlan;
  readonly result: CompletedForecast;
}

function Drawn({ plan, result }: DrawnProps) {
  const { budgets, assumptions, monteCarlo95, draws, seed } = result;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 pt-6">
      <ForecastFan chart={prepareForecastFan(plan, result, 'cumulative')} initialWidth={680} />
      <Section title="Month by month" level={3}>
        <FigureTable caption="Cost of each month" hasTotal {...tabulateMonths(result)} />
      </Section>
      {budgets.length > 0 && (
        <Section title="What the budget bears" level={3}>
          <FigureTable caption="What the budget bears" {...tabulateBudgets(budgets)} />
        </Section>
      )}
      <Section title="What the forecast assumes" level={3}>
        <ul className="grid gap-1.5 text-ink-2">
          {assumptions.map((sentence) => (
            <li key={sentence} className="text-pretty [overflow-wrap:anywhere]">
              {sentence}
            </li>
          ))}
          <li>
            Other random numbers would put the median of the total between{' '}
            {formatUsdRange(monteCarlo95.p50)} (95 %, {formatCount(draws)} draws, seed {seed}).
          </li>
        </ul>
      </Section>
    </div>
  );
}
