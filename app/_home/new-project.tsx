'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { api } from '@/app/_queries/api';
import { projectsQuery } from '@/app/_queries/project-queries';
import { Button } from '@/app/_ui/button';
import { messageOf } from '@/app/_ui/query-failure';
import { TextField } from '@/app/_ui/text-field';

/** Names a new project and goes on to its import. */
export function NewProject() {
  const [name, setName] = useState('');
  const router = useRouter();
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: () => api.createProject({ name: name.trim() }),
    onSuccess: (project) => {
      void queryClient.invalidateQueries({ queryKey: projectsQuery.queryKey });
      router.push(`/projects/${encodeURIComponent(project.projectId)}/import`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') create.mutate();
  };

  return (
    <form onSubmit={submit} className="space-y-3">
      <TextField
        label="Name"
        name="name"
        value={name}
        maxLength={120}
        required
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
        {...(create.isError ? { error: messageOf(create.error) } : {})}
      />
      <Button type="submit" variant="primary" disabled={create.isPending || create.isSuccess}>
        Create and import
      </Button>
    </form>
  );
}
