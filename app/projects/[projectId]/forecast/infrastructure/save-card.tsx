'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/app/_queries/api';
import { infrastructureQuery } from '@/app/_queries/forecast-queries';
import { useOneAtATime } from '@/app/_queries/use-one-at-a-time';
import { Button } from '@/app/_ui/button';
import { messageOf } from '@/app/_ui/query-failure';
import type { RateCard } from '@/lib/cost/infrastructure/infrastructure-cost';

interface SaveCardProps {
  readonly projectId: string;
  readonly card: RateCard | null; // null: unchanged
  readonly isSaved: boolean;
  readonly onDone: () => void;
}

/** Keeps prices and the description of state with the project. */
export function SaveCard({ projectId, card, isSaved, onDone }: SaveCardProps) {
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
