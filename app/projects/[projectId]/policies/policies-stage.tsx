'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReplaySource } from '@/app/_queries/cost-worker-client';
import { costAnatomyQuery } from '@/app/_queries/evidence-queries';
import { LiveRegion } from '@/app/_ui/live-region';
import { Notice } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { messageOf } from '@/app/_ui/query-failure';
import { Band } from '@/app/_ui/section';
import { describeListBasis } from '@/lib/charts/describe-difference';
import { describePolicies } from '@/lib/charts/describe-policies';
import type { PolicyBasis } from '@/lib/cost/cost-worker-messages';
import type { Policy, PolicySet } from '@/lib/cost/policies/policy';
import { ListPricesNotice } from '../_checks/list-prices-notice';
import { LeverPanel } from './lever-panel';
import { PolicyAnswers } from './policy-answers';
import { namePolicies } from './policy-words';
import { SaveSet } from './save-set';
import { SavedSets } from './saved-sets';
import { findUnpricedTargets } from './unpriced-targets';
import { usePolicies } from './use-policies';
import { useReplay } from './use-replay';

interface PoliciesStageProps {
  readonly projectId: string;
  readonly sets: readonly PolicySet[];
  readonly replaySet: ReplaySource;
  readonly basis: PolicyBasis;
}

/** The levers with their answer, and the sets that are kept. */
export function PoliciesStage({ projectId, sets, replaySet, basis }: PoliciesStageProps) {
  const chosen = usePolicies(sets);
  const replay = useReplay(replaySet, chosen.policies);
  const anatomy = useQuery(costAnatomyQuery(projectId));
  const isCacheHidden =
    describeListBasis(anatomy.data?.anatomy?.difference ?? null)?.isCacheHidden === true;
  const unpriced = findUnpricedTargets(chosen.policies, basis);
  const finding =
    replay.outcome === undefined
      ? null
      : describePolicies(replay.outcome, namePolicies(chosen.policies), {
          isDrawing: replay.isDrawing,
          unpriced,
          isCacheHad: isCacheHidden && chosen.policies.some(isCaching),
        });
  return (
    <>
      <PageHead
        title={finding?.headline ?? (replay.error === null ? null : 'The replay has no answer')}
        lede={finding?.lede}
        loadingLabel="Replaying the sessions"
      />
      <LiveRegion text={finding?.headline ?? ''} />
      <ListPricesNotice projectId={projectId} />
      {chosen.problems.length > 0 && (
        <div className="pt-5">
          <Notice tone="conditional" title="The address asks for more than is shown">
            {chosen.problems.join(' ')}
          </Notice>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[306px_minmax(0,1fr)]">
        <div className="pt-5 pb-7 lg:border-r lg:border-rule lg:pr-7">
          <LeverPanel basis={basis} chosen={chosen}>
            <SaveSet projectId={projectId} chosen={chosen} />
          </LeverPanel>
        </div>
        <div className="min-w-0 border-t border-rule pt-5 pb-7 lg:border-t-0 lg:pl-7">
          {replay.error !== null && (
            <div className="pb-5">
              <Notice tone="no_go" title="The replay stopped" isAlert>
                {messageOf(replay.error)}
              </Notice>
            </div>
          )}
          <PolicyAnswers
            replay={replay}
            hasChange={chosen.policies.length > 0 && unpriced.length === 0}
          />
        </div>
      </div>
      <Band>
        <SavedSets projectId={projectId} sets={sets} chosen={chosen} />
      </Band>
    </>
  );
}

function isCaching(policy: Policy): boolean {
  return policy.kind === 'caching' && policy.mode !== 'none';
}
