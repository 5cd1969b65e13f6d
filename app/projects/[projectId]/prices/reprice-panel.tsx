'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '@/app/_queries/api';
import { isRepricing, repriceQuery } from '@/app/_queries/price-queries';
import { useOneAtATime } from '@/app/_queries/use-one-at-a-time';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { messageOf } from '@/app/_ui/query-failure';
import { Band } from '@/app/_ui/section';
import { describeRepricedCalls, describeRepriceTotal } from '@/lib/charts/describe-reprice';
import type { RepriceState } from '@/lib/contracts/reprice';
import { formatCount } from '@/lib/format';
import { RepriceTable } from './reprice-table';

/** What the present prices would change for stored calls, and one button that changes it. */
export function RepricePanel({ projectId }: { readonly projectId: string }) {
  const queryClient = useQueryClient();
  const query = repriceQuery(projectId);
  const { data: state, error } = useQuery(query);
  const take = (next: RepriceState) => queryClient.setQueryData(query.queryKey, next);
  const start = useMutation({ mutationFn: () => api.startReprice(projectId), onSuccess: take });
  const cancel = useMutation({ mutationFn: () => api.cancelReprice(projectId), onSuccess: take });
  const startOnce = useOneAtATime((onSettled) => start.mutate(undefined, { onSettled }));
  useWhenEnded(isRepricing(state), () => {
    void queryClient.invalidateQueries({ queryKey: ['project', projectId] });
  });
  const failure = start.error ?? cancel.error ?? error;
  if (failure !== null) {
    return (
      <Band className="border-t-0">
        <Notice tone="no_go" title="Whether prices have changed is not known" isAlert>
          <p>{messageOf(failure)}</p>
        </Notice>
      </Band>
    );
  }
  if (state === undefined) return null;
  if (isRepricing(state)) {
    return (
      <Band className="border-t-0">
        <AtWork state={state} onCancel={() => cancel.mutate()} isCancelling={cancel.isPending} />
      </Band>
    );
  }
  const { diff, job } = state;
  if (diff === null) return null;
  return (
    <Band className="border-t-0">
      <Notice
        tone="conditional"
        title={`Prices have changed since these calls were priced: ${describeRepriceTotal(diff.total)}`}
        actions={
          <Button variant="primary" onClick={startOnce} disabled={start.isPending}>
            Re-price
          </Button>
        }
      >
        <p>
          {describeRepricedCalls(diff.total)} Costs everywhere stay as they are until the calls are
          re-priced; frozen reports stay as they are for ever.
          {job?.status === 'failed' &&
            job.error !== null &&
            ` The last attempt failed: ${job.error}`}
        </p>
      </Notice>
      <RepriceTable diff={diff} />
    </Band>
  );
}

interface AtWorkProps {
  readonly state: RepriceState;
  readonly onCancel: () => void;
  readonly isCancelling: boolean;
}

function AtWork({ state, onCancel, isCancelling }: AtWorkProps) {
  const { callsDone = 0, callsTotal = null } = state.job ?? {};
  return (
    <div className="max-w-[46rem]">
      <p className="mb-2 font-semibold">The calls are being priced again</p>
      <Progress
        label="Calls priced again"
        share={callsTotal === null || callsTotal === 0 ? null : callsDone / callsTotal}
      >
        {formatCount(callsDone)} of {formatCount(callsTotal)} calls. Every page shows the earlier
        costs until an import is whole.
      </Progress>
      <Button className="mt-3" onClick={onCancel} disabled={isCancelling}>
        Cancel
      </Button>
    </div>
  );
}

/** Calls back once something that was under way is so no more. */
function useWhenEnded(isUnderWay: boolean, onEnd: () => void): void {
  const wasUnderWay = useRef(isUnderWay);
  useEffect(() => {
    if (wasUnderWay.current && !isUnderWay) onEnd();
    wasUnderWay.current = isUnderWay;
  });
}
