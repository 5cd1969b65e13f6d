'use client';

import type { ReactNode } from 'react';
import { NumberField } from '@/app/_ui/number-field';
import { RangeField } from '@/app/_ui/range-field';
import { Section } from '@/app/_ui/section';
import { SelectField } from '@/app/_ui/select-field';
import { TextField } from '@/app/_ui/text-field';
import type { ForecastBasis, ForecastPlan, MixKey } from '@/lib/cost/forecast/forecast';
import type { PolicySet } from '@/lib/cost/policies/policy';
import { formatCounted, formatDecimal, formatPercent } from '@/lib/format';
import { BudgetField } from './budget-field';
import { MixFields } from './mix-fields';

interface PlanPanelProps {
  readonly plan: ForecastPlan;
  readonly basis: ForecastBasis;
  readonly policySets: readonly PolicySet[];
  readonly isSaved: boolean;
  readonly onChange: (part: Partial<ForecastPlan>) => void;
  readonly onMixKeyChange: (by: MixKey) => void;
  readonly children: ReactNode;
}

const noPolicies = '';
const plain = (value: number) => formatDecimal(value, 4);
const percent = (value: number) => formatDecimal(value * 100, 2);

/** What is planned: volume, how sessions will differ, and the budget. */
export function PlanPanel(props: PlanPanelProps) {
  return (
    <Section
      title="The plan"
      note={
        props.isSaved
          ? 'Type ranges such as 20 to 40: one chance in ten below, one in ten above.'
          : 'Not saved yet: the volume of the traces, to begin with.'
      }
    >
      <VolumeFields {...props} />
      <SessionFields {...props} />
      <BudgetField
        label="Budget in all"
        value={props.plan.totalBudgetUsd}
        onValueChange={(totalBudgetUsd) => props.onChange({ totalBudgetUsd })}
        hint={`for ${formatCounted(props.plan.months, 'month')} together`}
      />
      <BudgetField
        label="Budget per month"
        value={props.plan.monthlyBudgetUsd}
        onValueChange={(monthlyBudgetUsd) => props.onChange({ monthlyBudgetUsd })}
        hint="each month anew"
      />
      <div className="pt-4">{props.children}</div>
    </Section>
  );
}

function VolumeFields({ plan, basis, onChange }: PlanPanelProps) {
  const { observedSessionsPerDay, observedDays, observedWeekendFactor } = basis;
  return (
    <>
      <RangeField
        label="Sessions a day"
        value={plan.sessionsPerDay}
        min={0.01}
        max={1e9}
        format={plain}
        hint={
          observedSessionsPerDay === null
            ? 'the traces cover less than a day'
            : `traces: ${formatDecimal(observedSessionsPerDay)} a day over ${formatCounted(Math.round(observedDays ?? 0), 'day')}`
        }
        onValueChange={(sessionsPerDay) => onChange({ sessionsPerDay })}
      />
      <RangeField
        label="Growth per month"
        value={plan.growthPerMonth}
        min={-0.9}
        max={10}
        format={percent}
        suffix=" %"
        hint="compounded by the day"
        onValueChange={(growthPerMonth) => onChange({ growthPerMonth })}
      />
      <NumberField
        label="Weekend ÷ weekday"
        value={plan.weekendFactor}
        min={0}
        max={10}
        format={plain}
        hint={
          observedWeekendFactor === null
            ? 'sessions on one day of each; 1 is no difference'
            : `traces: ${formatDecimal(observedWeekendFactor)}`
        }
        onValueChange={(weekendFactor) => onChange({ weekendFactor })}
      />
      <NumberField
        label="Ramp, days"
        value={plan.rampDays}
        min={0}
        max={730}
        step={1}
        hint="until the volume is full, in a straight line"
        onValueChange={(rampDays) => onChange({ rampDays })}
      />
      <div className="border-b border-rule-2 py-3">
        <TextField
          label="First day"
          type="date"
          value={plan.startDate}
          hint="UTC"
          onChange={(event) => onChange({ startDate: event.currentTarget.value })}
        />
      </div>
      <NumberField
        label="Months"
        value={plan.months}
        min={1}
        max={24}
        step={1}
        hint="1 to 24"
        onValueChange={(months) => onChange({ months })}
      />
    </>
  );
}

function SessionFields({ plan, basis, policySets, onChange, onMixKeyChange }: PlanPanelProps) {
  const { callsPerSessionP50, observedFailedShare } = basis;
  return (
    <>
      <RangeField
        label="Length of a session, ×"
        value={plan.lengthFactor}
        min={0.1}
        max={20}
        format={plain}
        hint={
          callsPerSessionP50 === null
            ? 'of the imported sessions'
            : `of the imported: ${formatCounted(callsPerSessionP50, 'model call')} at the median`
        }
        onValueChange={(lengthFactor) => onChange({ lengthFactor })}
      />
      <RangeField
        label="Retries, ×"
        value={plan.retryFactor}
        min={0.5}
        max={20}
        format={plain}
        hint={
          observedFailedShare === null
            ? 'tokens with production’s retries ÷ with the traces’'
            : `tokens ÷ those of the traces, where ${formatPercent(observedFailedShare)} of model calls failed`
        }
        onValueChange={(retryFactor) => onChange({ retryFactor })}
      />
      <div className="border-b border-rule-2 py-3">
        <SelectField
          label="Policies"
          value={plan.policySetId ?? noPolicies}
          options={[
            { value: noPolicies, label: 'as today' },
            ...policySets.map(({ policySetId, name }) => ({ value: policySetId, label: name })),
          ]}
          onValueChange={(id) => onChange({ policySetId: id === noPolicies ? null : id })}
        />
      </div>
      <MixFields
        mix={plan.mix}
        basis={basis}
        onChange={(mix) => onChange({ mix })}
        onKeyChange={onMixKeyChange}
      />
    </>
  );
}
