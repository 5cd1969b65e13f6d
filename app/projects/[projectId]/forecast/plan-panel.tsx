'use client';

import type { ReactNode } from 'react';
import { RangeField } from '@/app/_ui/range-field';
import { Section } from '@/app/_ui/section';
import { SelectField } from '@/app/_ui/select-field';
import { TextField } from '@/app/_ui/text-field';
import type {
  ForecastBasis,
  ForecastPlan,
  ForecastRange,
  MixKey,
} from '@/lib/cost/forecast/forecast';
import type { PolicySet } from '@/lib/cost/policies/policy';
import { formatCounted, formatDecimal, formatPercent } from '@/lib/format';
import { BudgetField } from './budget-field';
import { MixFields } from './mix-fields';
import { PlanNumberField } from './plan-number-field';

interface PlanPanelProps {
  readonly plan: ForecastPlan;
  readonly basis: ForecastBasis;
  readonly policySets: readonly PolicySet[];
  readonly isSaved: boolean;
  readonly onChange: (part: Partial<ForecastPlan>) => void;
  /** A field holds what no plan can be, or does no longer. */
  readonly onInvalidChange: (field: string, isInvalid: boolean) => void;
  readonly onMixKeyChange: (by: MixKey) => void;
  readonly children: ReactNode;
}

const noPolicies = '';

/** What is planned: volume, how sessions will differ, and the budget. */
export function PlanPanel(props: PlanPanelProps) {
  return (
    <Section
      title="The plan"
      note={
        props.isSaved
          ? 'Type ranges such as 20 to 40: one chance in ten below, one in ten above.'
          : props.basis.observedSessionsPerDay === null
            ? 'Not saved yet. The traces do not tell their volume: say how many sessions a day.'
            : 'Not saved yet: the volume of the traces, to begin with.'
      }
    >
      <VolumeFields {...props} />
      <SessionFields {...props} />
      <BudgetField
        label="Budget in all"
        value={props.plan.totalBudgetUsd}
        onValueChange={(totalBudgetUsd) => props.onChange({ totalBudgetUsd })}
        onInvalidChange={(isInvalid) => props.onInvalidChange('totalBudgetUsd', isInvalid)}
        hint={`for ${formatCounted(props.plan.months, 'month')} together`}
      />
      <BudgetField
        label="Budget per month"
        value={props.plan.monthlyBudgetUsd}
        onValueChange={(monthlyBudgetUsd) => props.onChange({ monthlyBudgetUsd })}
        onInvalidChange={(isInvalid) => props.onInvalidChange('monthlyBudgetUsd', isInvalid)}
        hint="each month anew"
      />
      <div className="pt-4">{props.children}</div>
    </Section>
  );
}

/** What growth means; a volume that shrinks is said, since a sign is easily typed. */
function describeGrowth({ low, high }: ForecastRange): string {
  if (low >= 0) return 'percent, compounded by the day';
  const by = formatPercent(-low);
  return high < 0 && high === low
    ? `the volume shrinks by ${by} a month`
    : `the volume may shrink, by up to ${by} a month`;
}

function VolumeFields({ plan, basis, onChange, onInvalidChange }: PlanPanelProps) {
  const { observedSessionsPerDay, observedDays, observedWeekendFactor } = basis;
  return (
    <>
      <RangeField
        label="Sessions a day"
        value={plan.sessionsPerDay}
        min={0.01}
        max={1e9}
        hint={
          observedSessionsPerDay === null
            ? 'the traces cover less than a day and do not tell; 100 is a placeholder'
            : `traces: ${formatDecimal(observedSessionsPerDay)} a day over ${formatCounted(Math.round(observedDays ?? 0), 'day')}`
        }
        onValueChange={(sessionsPerDay) => onChange({ sessionsPerDay })}
        onInvalidChange={(isInvalid) => onInvalidChange('sessionsPerDay', isInvalid)}
      />
      <RangeField
        label="Growth per month"
        value={plan.growthPerMonth}
        min={-0.9}
        max={10}
        unit="percent"
        hint={describeGrowth(plan.growthPerMonth)}
        onValueChange={(growthPerMonth) => onChange({ growthPerMonth })}
        onInvalidChange={(isInvalid) => onInvalidChange('growthPerMonth', isInvalid)}
      />
      <PlanNumberField
        label="Weekend ÷ weekday"
        value={plan.weekendFactor}
        min={0}
        max={10}
        hint={
          observedWeekendFactor === null
            ? 'sessions on one day of each; 1 is no difference'
            : `traces: ${formatDecimal(observedWeekendFactor)}`
        }
        onValueChange={(weekendFactor) => onChange({ weekendFactor })}
        onInvalidChange={(isInvalid) => onInvalidChange('weekendFactor', isInvalid)}
      />
      <PlanNumberField
        label="Ramp, days"
        value={plan.rampDays}
        min={0}
        max={730}
        isWhole
        hint="until the volume is full, in a straight line"
        onValueChange={(rampDays) => onChange({ rampDays })}
        onInvalidChange={(isInvalid) => onInvalidChange('rampDays', isInvalid)}
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
      <PlanNumberField
        label="Months"
        value={plan.months}
        min={1}
        max={24}
        isWhole
        hint="1 to 24"
        onValueChange={(months) => onChange({ months })}
        onInvalidChange={(isInvalid) => onInvalidChange('months', isInvalid)}
      />
    </>
  );
}

function SessionFields(props: PlanPanelProps) {
  const { plan, basis, policySets, onChange, onInvalidChange, onMixKeyChange } = props;
  const { callsPerSessionP50, observedFailedShare } = basis;
  return (
    <>
      <RangeField
        label="Length of a session, ×"
        value={plan.lengthFactor}
        min={0.1}
        max={20}
        hint={
          callsPerSessionP50 === null
            ? 'of the imported sessions'
            : `of the imported: ${formatCounted(callsPerSessionP50, 'model call')} at the median`
        }
        onValueChange={(lengthFactor) => onChange({ lengthFactor })}
        onInvalidChange={(isInvalid) => onInvalidChange('lengthFactor', isInvalid)}
      />
      <RangeField
        label="Retries, ×"
        value={plan.retryFactor}
        min={0.5}
        max={20}
        hint={
          observedFailedShare === null
            ? 'tokens with production’s retries ÷ with the traces’'
            : `tokens ÷ those of the traces, where ${formatPercent(observedFailedShare)} of model calls failed`
        }
        onValueChange={(retryFactor) => onChange({ retryFactor })}
        onInvalidChange={(isInvalid) => onInvalidChange('retryFactor', isInvalid)}
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
