'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { api } from '@/app/_queries/api';
import { useOneAtATime } from '@/app/_queries/use-one-at-a-time';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import { messageOf } from '@/app/_ui/query-failure';
import { TextField } from '@/app/_ui/text-field';
import type { Project } from '@/lib/contracts/project';

/** Freezes what the page says as a report, and opens it. */
export function FreezeReport({ project }: { readonly project: Project }) {
  const [isAsked, setIsAsked] = useState(false);
  const [title, setTitle] = useState('');
  const router = useRouter();
  const queryClient = useQueryClient();
  const freeze = useMutation({
    mutationFn: () =>
      api.createReport(project.projectId, title.trim() === '' ? {} : { title: title.trim() }),
    onSuccess: ({ report }) => {
      void queryClient.invalidateQueries({ queryKey: ['project', project.projectId] });
      router.push(
        `/projects/${encodeURIComponent(project.projectId)}/reports/${encodeURIComponent(report.reportId)}`,
      );
    },
  });
  const freezeOnce = useOneAtATime((onSettled) => freeze.mutate(undefined, { onSettled }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!freeze.isSuccess) freezeOnce();
  };
  return (
    <>
      <Button variant="primary" onClick={() => setIsAsked(true)}>
        Freeze as report
      </Button>
      <Dialog
        isOpen={isAsked}
        onOpenChange={setIsAsked}
        title="Freeze as report"
        description="A snapshot of verdict, cost, saturation and evidence that does not change any more."
        actions={
          <>
            <Button onClick={() => setIsAsked(false)}>Cancel</Button>
            <Button
              variant="primary"
              type="submit"
              form="freeze-report"
              disabled={freeze.isPending || freeze.isSuccess}
            >
              {freeze.isPending ? 'Freezing' : 'Freeze'}
            </Button>
          </>
        }
      >
        <form id="freeze-report" onSubmit={submit}>
          <TextField
            label="Title"
            value={title}
            maxLength={200}
            placeholder={`Launch readiness of ${project.name}`}
            onChange={(event) => setTitle(event.currentTarget.value)}
            hint="May be left empty"
            {...(freeze.isError ? { error: messageOf(freeze.error) } : {})}
          />
        </form>
      </Dialog>
    </>
  );
}
