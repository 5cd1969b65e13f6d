import type { ReactNode } from 'react';
import { Section } from '@/app/_ui/section';
import type { CostModel, GrowthFit } from '@/lib/cost/cost-model';
import { formatCount, formatPercent, formatUsd } from '@/lib/format';

/** The numbers of the growth fit, each with what it means and how sure it is. */
export function GrowthFacts({ model }: { readonly model: CostModel }) {
  const { growth } = model;
  return (
    <Section
      title="What drives it"
      note={
        growth === null
          ? 'No session has three calls with usage'
          : `${formatCount(growth.calls)} calls in ${formatCount(growth.segments)} segments between context resets`
      }
    >
      <dl>
        {growth !== null && <GrowthRows growth={growth} />}
        <Fact label="Re-sent history, of input spend" value={formatPercent(model.historyShare)}>
          pays for tokens an earlier call already sent, at list prices
        </Fact>
        <Fact label="Dearest tenth of sessions" value={formatPercent(model.topDecileShare)}>
          of the total
        </Fact>
        <Fact label="Sessions that ended in an error" value={formatPercent(model.failedCostShare)}>
          of the total was spent in them
        </Fact>
        <Fact label="Attributed" value={formatPercent(model.attributedShare)}>
          of the total has agent, user, turn and step
        </Fact>
        {model.recordedCostUsd !== null && (
          <Fact label="Recorded cost" value={formatUsd(model.recordedCostUsd)}>
            as {formatCount(model.coverage.recordedCostCalls)} calls say themselves
          </Fact>
        )}
      </dl>
    </Section>
  );
}

function GrowthRows({ growth }: { readonly growth: GrowthFit }) {
  const { interval95, exponentInterval95 } = growth;
  return (
    <>
      <Fact label="Growth per call" value={`${formatCount(growth.tokensPerCall)} tokens`}>
        {interval95 === null
          ? 'too few sessions for an interval'
          : `95 %: ${formatCount(interval95[0])} to ${formatCount(interval95[1])}, slope within sessions`}
        <br />
        {formatCount(growth.tokensPerCallUnsegmented)} when resets are ignored
      </Fact>
      <Fact label="Context resets" value={formatCount(growth.contextResets)}>
        a prompt fell below 70 % of the one before
      </Fact>
      <Fact
        label="Exponent of cost"
        value={growth.exponent === null ? '—' : growth.exponent.toFixed(2)}
      >
        {growth.exponent === null
          ? 'sessions are too short to say'
          : exponentInterval95 === null
            ? 'no interval; 1 is in step with length, 2 its square'
            : `95 %: ${exponentInterval95[0].toFixed(2)} to ${exponentInterval95[1].toFixed(2)}; 1 is in step with length, 2 its square`}
      </Fact>
    </>
  );
}

interface FactProps {
  readonly label: string;
  readonly value: string;
  readonly children?: ReactNode;
}

function Fact({ label, value, children }: FactProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 border-t border-rule-2 py-2.5 first:border-t-0 first:pt-0">
      <dt>{label}</dt>
      <dd className="text-right font-semibold whitespace-nowrap">{value}</dd>
      <dd className="col-span-2 text-note text-pretty text-ink-3">{children}</dd>
    </div>
  );
}
