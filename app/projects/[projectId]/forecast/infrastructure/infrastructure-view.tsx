'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsFloat, parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { api } from '@/app/_queries/api';
import { forecastBasisQuery, infrastructureQuery } from '@/app/_queries/forecast-queries';
import { policySetsQuery } from '@/app/_queries/policy-queries';
import { useOneAtATime } from '@/app/_queries/use-one-at-a-time';
import { Button, ButtonLink } from '@/app/_ui/button';
import { CsvLink } from '@/app/_ui/csv-link';
import { EmptyState } from '@/app/_ui/empty-state';
import { NumberField } from '@/app/_ui/number-field';
import { PageHead } from '@/app/_ui/page-head';
import { messageOf, QueryFailure } from '@/app/_ui/query-failure';
import { Columns, Section } from '@/app/_ui/section';
import { SelectField } from '@/app/_ui/select-field';
import { Skeleton } from '@/app/_ui/skeleton';
import { describeInfrastructure, listBillCsv } from '@/lib/charts/describe-infrastructure';
import type { InfrastructureResponse } from '@/lib/contracts/infrastructure';
import { changePrice } from '@/lib/cost/infrastructure/change-price';
import { costInfrastructure } from '@/lib/cost/infrastructure/cost-infrastructure';
import type { RateCard, TraceQuantities } from '@/lib/cost/infrastructure/infrastructure-cost';
import { formatDecimal } from '@/lib/format';
import { BillTable } from './bill-table';
import { BreakEven } from './break-even';
import { InfrastructureStats } from './infrastructure-stats';
import { StatePanel } from './state-panel';

/** What memory and state cost beside the tokens. */
export function InfrastructureView({ projectId }: { readonly projectId: string }) {
  const { data, error, refetch } = useQuery(infrastructureQuery(projectId));
  const root = `/projects/${encodeURIComponent(projectId)}`;
  if (data === undefined) {
    if (error === null) {
      return (
        <>
          <PageHead title={null} loadingLabel="Working out what state costs" />
          <Skeleton className="mt-6 h-[40rem]" />
        </>
      );
    }
    return (
      <>
        <PageHead title="What state costs could not be worked out" />
        <QueryFailure
          title="The sessions could not be read"
          error={error}
          onRetry={() => void refetch()}
        />
      </>
    );
  }
  if (data.quantities === null) {
    return (
      <>
        <PageHead title="No sessions to take quantities from yet" />
        <EmptyState
          title="What memory and state cost hangs on recorded sessions"
          text="Bytes of transcripts, checkpoints, messages and hours of workers come from your traces, prices from a rate card that you can change."
          actions={
            <ButtonLink href={`${root}/import`} variant="primary">
              Import a trace file
            </ButtonLink>
          }
        />
      </>
    );
  }
  return <InfrastructureStage projectId={projectId} loaded={data} traces={data.quantities} />;
}

interface InfrastructureStageProps {
  readonly projectId: string;
  readonly loaded: InfrastructureResponse;
  readonly traces: TraceQuantities;
}

const daysPerMonth = 365.25 / 12;
const noPolicies = '';

function InfrastructureStage({ projectId, loaded, traces }: InfrastructureStageProps) {
  const [draft, setDraft] = useState<RateCard | null>(null);
  const [perDay, setPerDay] = useQueryState('perday', parseAsFloat);
  const [policies, setPolicies] = useQueryState('policies', parseAsString.withDefault(noPolicies));
  const sets = useQuery(policySetsQuery(projectId));
  const today = useQuery(forecastBasisQuery(projectId, 'agent', null));
  const under = useQuery({
    ...forecastBasisQuery(projectId, 'agent', policies === noPolicies ? null : policies),
  });
  const card = draft ?? loaded.card;
  const sessionsPerDay =
    perDay !== null && perDay > 0 ? Math.min(perDay, 1e9) : (loaded.sessionsPerDay ?? 100);
  const all = under.data?.basis?.all ?? null;
  const savedUsd = policies === noPolicies || all === null ? null : all.meanUsdToday - all.meanUsd;
  const tokenUsd = today.data?.basis?.all?.meanUsd ?? null;
  const cost = costInfrastructure(
    card,
    traces,
    { sessionsPerMonth: sessionsPerDay * daysPerMonth, poolSlots: loaded.poolSlots },
    savedUsd,
  );
  const words = describeInfrastructure(cost, tokenUsd, sessionsPerDay);
  const [openedMs] = useState(Date.now);
  const todayDate = new Date(openedMs).toISOString().slice(0, 10);
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
          <Section title="The volume" note={describeSource(loaded)}>
            <NumberField
              label="Sessions a day"
              value={Number(sessionsPerDay.toPrecision(6))}
              min={0.01}
              max={1e9}
              format={(value) => formatDecimal(value)}
              hint={`${formatDecimal(sessionsPerDay * daysPerMonth)} a month`}
              onValueChange={(value) => void setPerDay(value)}
            />
          </Section>
          <div className="mt-6">
            <StatePanel
              state={card.state}
              traces={traces}
              onChange={(part) => setDraft({ ...card, state: { ...card.state, ...part } })}
            />
          </div>
          <SaveCard
            projectId={projectId}
            card={draft}
            onDone={() => setDraft(null)}
            isSaved={loaded.isSaved}
          />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-8">
          <Section
            title="The bill, line by line"
            note="Prices are public ones of one region each, not your contract: type your own. A line without a price or a quantity is in no sum."
            actions={<CsvLink fileName="infrastructure" rows={() => listBillCsv(cost, card)} />}
          >
            <BillTable
              cost={cost}
              rates={card.lines}
              onPriceChange={(id, usdPerUnit) =>
                setDraft({ ...card, lines: changePrice(card.lines, id, usdPerUnit, todayDate) })
              }
            />
          </Section>
          <Section
            title="Does the state pay for itself?"
            note="What a policy that needs the state saves in tokens, against what keeping it costs."
          >
            <SelectField
              label="Saving of"
              value={policies}
              options={[
                { value: noPolicies, label: 'choose a policy set' },
                ...(sets.data?.policySets ?? []).map(({ policySetId, name }) => ({
                  value: policySetId,
                  label: name,
                })),
              ]}
              onValueChange={(value) => void setPolicies(value === noPolicies ? null : value)}
            />
            {under.error !== null && <p className="mt-3 text-no-go">{messageOf(under.error)}</p>}
            <BreakEven cost={cost} state={card.state} />
          </Section>
        </div>
      </Columns>
    </>
  );
}

function describeSource({ isPlanned, sessionsPerDay }: InfrastructureResponse): string {
  if (isPlanned) return 'The median of the saved plan, to begin with.';
  return sessionsPerDay === null
    ? 'Neither a plan nor the traces say: 100 is a placeholder.'
    : 'That of the traces, to begin with.';
}

interface SaveCardProps {
  readonly projectId: string;
  readonly card: RateCard | null; // null: unchanged
  readonly isSaved: boolean;
  readonly onDone: () => void;
}

/** Keeps prices and the description of state with the project. */
function SaveCard({ projectId, card, isSaved, onDone }: SaveCardProps) {
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: async (changed: RateCard) => api.saveRateCard(projectId, changed),
    onSuccess: (answer) => {
      queryClient.setQueryData(infrastructureQuery(projectId).queryKey, answer);
      onDone();
    },
  });
  const saveOnce = useOneAtATime((onSettled) => {
    if (card === null) onSettled();
    else save.mutate(card, { onSettled });
  });
  return (
    <div className="pt-4">
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabled={card === null || save.isPending} onClick={saveOnce}>
          Save the rate card
        </Button>
        <Button disabled={card === null} onClick={onDone}>
          Reset
        </Button>
      </div>
      <p className="mt-2 text-note text-ink-3" aria-live="polite">
        {card !== null
          ? 'Changed and not saved.'
          : isSaved
            ? 'Saved with the project.'
            : 'Public prices; nothing is saved yet.'}
      </p>
      {save.isError && (
        <p role="alert" className="mt-1 text-note text-no-go">
          {messageOf(save.error)}
        </p>
      )}
    </div>
  );
}
