'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UpdateProject } from '@/lib/contracts/project';
import { api } from './api';

/** Saves a change of a project and has everything that is worked out from it asked for again. */
export function useUpdateProject(projectId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateProject) => api.updateProject(projectId, body),
    onSuccess: (project) => {
      queryClient.setQueryData(['project', projectId], project);
      return queryClient.invalidateQueries({ queryKey: ['project', projectId] });
    },
  });
}
