'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { policySetsQuery } from '@/app/_queries/policy-queries';
import { CsvLink } from '@/app/_ui/csv-link';
import { NumberField } from '@/app/_ui/number-field';
import { PageHead } from '@/app/_ui/page-head';
import { messageOf } from '@/app/_ui/query-failure';
import { Columns, Section } from '@/app/_ui/section';
import { SelectField } from '@/app/_ui/select-field';
import { describeInfrastructure, listBillCsv } from '@/lib/charts/describe-infrastructure';
import type { InfrastructureResponse } from '@/lib/contracts/infrastructure';
import type { TraceQuantities } from '@/lib/cost/infrastructure/infrastructure-cost';
import { formatDecimal } from '@/lib/format';
import { BillTable } from './bill-table';
import { BreakEven } from './break-even';
import { InfrastructureStats } from './infrastructure-stats';
import { SaveCard } from './save-card';
import { StatePanel } from './state-panel';
import { type ShownInfrastructure, useInfrastructure } from './use-infrastructure';

interface InfrastructureStageProps {
  readonly projectId: string;
  readonly loaded: InfrastructureResponse;
  readonly traces: TraceQuantities;
}

/** How state is kept at the left, the bill and whether state pays for itself at the right. */
export function InfrastructureStage({ projectId, loaded, traces }: InfrastructureStageProps) {
  const shown = useInfrastructure(projectId, loaded, traces);
  const { card, cost, sessionsPerDay, tokenUsd } = shown;
  const words = describeInfrastructure(cost, tokenUsd, sessionsPerDay);
  return (
    <>
      <PageHead
        title={words.headline}
        lede={words.lede}
        context={
          <Link
            href={`/projects/${encodeURIComponent(projectId)}/forecast`}
            className="underline decoration-rule underline-offset-3 hover:text-ink"
          >
            Forecast
          </Link>
        }
      />
      <InfrastructureStats cost={cost} tokenUsd={tokenUsd} sessionsPerDay={sessionsPerDay} />
      <Columns template="330px minmax(0, 1fr)">
        <div>
          <VolumeField shown={shown} loaded={loaded} />
          <div className="mt-6">
            <StatePanel state={card.state} traces={traces} onChange={shown.changeState} />
          </div>
          <SaveCard
            projectId={projectId}
            card={shown.draft}
            onDone={shown.reset}
            isSaved={loaded.isSaved}
          />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-8">
          <Section
            title="The bill, line by line"
            note="Prices are public ones of one region each, not your contract: type your own. A line without a price or a quantity is in no sum."
            actions={<CsvLink fileName="infrastructure" rows={() => listBillCsv(cost, card)} />}
          >
            <BillTable cost={cost} rates={card.lines} onPriceChange={shown.changePrice} />
          </Section>
          <Pays projectId={projectId} shown={shown} />
        </div>
      </Columns>
    </>
  );
}

const daysPerMonth = 365.25 / 12;

function VolumeField({
  shown,
  loaded,
}: {
  readonly shown: ShownInfrastructure;
  readonly loaded: InfrastructureResponse;
}) {
  const { sessionsPerDay } = shown;
  return (
    <Section title="The volume" note={describeSource(loaded)}>
      <NumberField
        label="Sessions a day"
        value={Number(sessionsPerDay.toPrecision(6))}
        min={0.01}
        max={1e9}
        format={(value) => formatDecimal(value)}
        hint={`${formatDecimal(sessionsPerDay * daysPerMonth)} a month`}
        onValueChange={shown.setSessionsPerDay}
      />
    </Section>
  );
}

function describeSource({ isPlanned, sessionsPerDay }: InfrastructureResponse): string {
  if (isPlanned) return 'The median of the saved plan, to begin with.';
  return sessionsPerDay === null
    ? 'Neither a plan nor the traces say: 100 is a placeholder.'
    : 'That of the traces, to begin with.';
}

const noPolicies = '';

/** What a policy set saves in tokens, against what keeping state costs. */
function Pays({
  projectId,
  shown,
}: {
  readonly projectId: string;
  readonly shown: ShownInfrastructure;
}) {
  const sets = useQuery(policySetsQuery(projectId));
  return (
    <Section
      title="Does the state pay for itself?"
      note="What a policy that needs the state saves in tokens, against what keeping it costs."
    >
      <SelectField
        label="Saving of"
        value={shown.policySetId ?? noPolicies}
        options={[
          { value: noPolicies, label: 'choose a policy set' },
          ...(sets.data?.policySets ?? []).map(({ policySetId, name }) => ({
            value: policySetId,
            label: name,
          })),
        ]}
        onValueChange={(value) => shown.setPolicySetId(value === noPolicies ? null : value)}
      />
      {shown.savingError !== null && (
        <p className="mt-3 text-no-go">{messageOf(shown.savingError)}</p>
      )}
      <BreakEven cost={shown.cost} state={shown.card.state} />
    </Section>
  );
}
