'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  drawnForecastQuery,
  forecastBasisQuery,
  forecastPlanQuery,
} from '@/app/_queries/forecast-queries';
import { policySetsQuery } from '@/app/_queries/policy-queries';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { Notice } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { messageOf, QueryFailure } from '@/app/_ui/query-failure';
import { Columns } from '@/app/_ui/section';
import { Skeleton } from '@/app/_ui/skeleton';
import { describeForecast } from '@/lib/charts/describe-forecast';
import { lowerFirst } from '@/lib/charts/lower-first';
import { defaultForecastPlan, isPlaceholderVolume } from '@/lib/cost/forecast/default-plan';
import type { ForecastBasis, ForecastPlan, MixKey } from '@/lib/cost/forecast/forecast';
import type { PolicySet } from '@/lib/cost/policies/policy';
import { ListPricesNotice } from '../_checks/list-prices-notice';
import { BacktestPanel } from './backtest-panel';
import { ForecastAnswers, ForecastGround } from './forecast-answers';
import { ForecastStats } from './forecast-stats';
import { mixOf } from './mix-fields';
import { PlanPanel } from './plan-panel';
import { SavePlan } from './save-plan';
import { usePlan } from './use-plan';

/** What a plan will cost and whether its budget holds: the plan at the left, its answer at the right. */
export function ForecastView({ projectId }: { readonly projectId: string }) {
  const saved = useQuery(forecastPlanQuery(projectId));
  const imported = useQuery(forecastBasisQuery(projectId, 'agent', null));
  const sets = useQuery(policySetsQuery(projectId));
  // The clock is read once, so that the plan does not move while the page is open.
  const [openedMs] = useState(Date.now);
  const failed = [saved, imported, sets].find(
    (query) => query.error !== null && query.data === undefined,
  );
  if (failed !== undefined) {
    return (
      <>
        <PageHead title="The forecast could not be worked out" />
        <QueryFailure
          title="What a forecast rests on could not be read"
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      </>
    );
  }
  if (saved.data === undefined || imported.data === undefined || sets.data === undefined) {
    return (
      <>
        <PageHead title={null} loadingLabel="Working out the forecast" />
        <Skeleton className="mt-6 h-[40rem]" />
      </>
    );
  }
  const { basis } = imported.data;
  if (basis === null) return <NothingImported projectId={projectId} />;
  return (
    <ForecastStage
      projectId={projectId}
      saved={saved.data.plan}
      initial={saved.data.plan ?? defaultForecastPlan(openedMs, basis)}
      policySets={sets.data.policySets}
    />
  );
}

interface ForecastStageProps {
  readonly projectId: string;
  readonly saved: ForecastPlan | null;
  readonly initial: ForecastPlan;
  readonly policySets: readonly PolicySet[];
}

function ForecastStage({ projectId, saved, initial, policySets }: ForecastStageProps) {
  const queryClient = useQueryClient();
  const shown = usePlan(initial);
  const { plan, change } = shown;
  const [invalid, setInvalid] = useState<readonly string[]>([]);
  const markField = (field: string, isInvalid: boolean) =>
    setInvalid((fields) => [
      ...fields.filter((one) => one !== field),
      ...(isInvalid ? [field] : []),
    ]);
  const basis = useQuery({
    ...forecastBasisQuery(projectId, plan.mix?.by ?? 'agent', plan.policySetId),
    placeholderData: keepPreviousData,
  });
  const chooseMixKey = async (by: MixKey) => {
    const answer = await queryClient.fetchQuery(
      forecastBasisQuery(projectId, by, plan.policySetId),
    );
    if (answer.basis !== null) change({ mix: mixOf(answer.basis) });
  };
  if (basis.data === undefined || basis.data.basis === null) {
    if (basis.error === null) return <Skeleton className="mt-6 h-[40rem]" />;
    return (
      <>
        <PageHead title="This plan could not be forecast" />
        <Notice tone="no_go" title="What the plan rests on could not be read">
          {messageOf(basis.error)}
        </Notice>
      </>
    );
  }
  return (
    <DrawnStage
      plan={plan}
      basis={basis.data.basis}
      inputHash={basis.data.inputHash}
      isBasisStale={basis.isPlaceholderData}
      isAddressRefused={shown.isAddressRefused}
      isSaved={saved !== null}
      isFieldInvalid={invalid.length > 0}
      projectId={projectId}
      panel={
        <PlanPanel
          plan={plan}
          basis={basis.data.basis}
          policySets={policySets}
          isSaved={saved !== null}
          onChange={change}
          onInvalidChange={markField}
          onMixKeyChange={(by) => void chooseMixKey(by)}
        >
          <SavePlan projectId={projectId} shown={shown} isSaved={saved !== null} />
        </PlanPanel>
      }
    />
  );
}

interface DrawnStageProps {
  readonly projectId: string;
  readonly plan: ForecastPlan;
  readonly basis: ForecastBasis;
  readonly inputHash: string;
  readonly isBasisStale: boolean;
  readonly isAddressRefused: boolean;
  readonly isSaved: boolean;
  /** What is typed into the plan cannot be; the answers are those of the plan before it. */
  readonly isFieldInvalid: boolean;
  readonly panel: React.ReactNode;
}

function DrawnStage(props: DrawnStageProps) {
  const { projectId, plan, basis, inputHash, panel } = props;
  const drawn = useQuery({
    ...drawnForecastQuery(plan, basis, inputHash),
    placeholderData: keepPreviousData,
  });
  const forecast = drawn.data;
  const words =
    forecast === undefined
      ? null
      : describeForecast(
          plan,
          forecast,
          props.isSaved || !isPlaceholderVolume(plan, basis) ? 'planned' : 'placeholder',
        );
  const headline =
    words !== null && props.isFieldInvalid
      ? `For the last valid plan: ${lowerFirst(words.headline)}`
      : (words?.headline ?? null);
  const isStale = drawn.isPlaceholderData || props.isBasisStale || props.isFieldInvalid;
  const root = `/projects/${encodeURIComponent(projectId)}/forecast`;
  return (
    <>
      <PageHead
        title={headline}
        loadingLabel="Drawing the forecast"
        {...(words === null ? {} : { lede: words.lede })}
        actions={<ButtonLink href={`${root}/infrastructure`}>Memory and state</ButtonLink>}
      />
      {forecast?.kind === 'forecast' && <ForecastStats forecast={forecast} />}
      <ListPricesNotice projectId={projectId} />
      {props.isAddressRefused && (
        <div className="pt-5">
          <Notice tone="conditional" title="The address holds a plan that cannot be">
            The saved plan is shown in its place.
          </Notice>
        </div>
      )}
      <Columns template="330px minmax(0, 1fr)">
        {panel}
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-8">
          {drawn.error !== null && forecast === undefined && (
            <Notice tone="no_go" title="The forecast could not be drawn" isAlert>
              {messageOf(drawn.error)}
            </Notice>
          )}
          {forecast === undefined && drawn.error === null && <Skeleton className="h-96" />}
          {forecast?.kind === 'forecast' && (
            <>
              <ForecastAnswers plan={plan} forecast={forecast} isStale={isStale} />
              <ForecastGround forecast={forecast} />
            </>
          )}
          {forecast?.kind === 'too_few_sessions' && (
            <EmptyState
              title={`${forecast.sessions} of ${forecast.needed} priced sessions`}
              text="An interval from so few sessions would be narrower than it may be, so none is shown. Import more sessions, or mix fewer groups."
              actions={
                <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/import`}>
                  Import a trace file
                </ButtonLink>
              }
            />
          )}
        </div>
      </Columns>
      <BacktestPanel projectId={projectId} />
    </>
  );
}

function NothingImported({ projectId }: { readonly projectId: string }) {
  return (
    <>
      <PageHead title="No sessions to forecast from yet" />
      <EmptyState
        title="A forecast rests on recorded sessions"
        text="What your sessions cost, times the volume that you plan: with ranges, month by month, against a budget."
        actions={
          <ButtonLink href={`/projects/${encodeURIComponent(projectId)}/import`} variant="primary">
            Import a trace file
          </ButtonLink>
        }
      />
    </>
  );
}
