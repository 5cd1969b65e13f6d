'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/app/_queries/api';
import { forecastPlanQuery } from '@/app/_queries/forecast-queries';
import { useOneAtATime } from '@/app/_queries/use-one-at-a-time';
import { Button } from '@/app/_ui/button';
import { messageOf } from '@/app/_ui/query-failure';
import type { ShownPlan } from './use-plan';

interface SavePlanProps {
  readonly projectId: string;
  readonly shown: ShownPlan;
  readonly isSaved: boolean;
}

/** Keeps the plan of the page with the project, or goes back to the one that is kept. */
export function SavePlan({ projectId, shown, isSaved }: SavePlanProps) {
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () => api.saveForecastPlan(projectId, shown.plan),
    onSuccess: (answer) => {
      queryClient.setQueryData(forecastPlanQuery(projectId).queryKey, answer);
      shown.reset();
    },
  });
  const saveOnce = useOneAtATime((onSettled) => save.mutate(undefined, { onSettled }));
  const isDue = shown.isChanged || !isSaved;
  return (
    <div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabled={!isDue || save.isPending} onClick={saveOnce}>
          Save the plan
        </Button>
        <Button disabled={!shown.isChanged} onClick={shown.reset}>
          Reset
        </Button>
      </div>
      <p className="mt-2 text-note text-ink-3" aria-live="polite">
        {isDue ? (isSaved ? 'Changed from the saved plan.' : 'No plan is saved yet.') : 'Saved.'}
      </p>
      {save.isError && (
        <p role="alert" className="mt-1 text-note text-no-go">
          {messageOf(save.error)}
        </p>
      )}
    </div>
  );
}
