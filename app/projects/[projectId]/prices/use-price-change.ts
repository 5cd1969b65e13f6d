'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Changes a project's own prices, and has everything that rests on them asked for again. */
export function usePriceChange<Input>(
  projectId: string,
  change: (input: Input) => Promise<unknown>,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['project', projectId] }),
  });
}
