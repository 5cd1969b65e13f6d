'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '@/app/_queries/api';
import { useOneAtATime } from '@/app/_queries/use-one-at-a-time';
import { Button } from '@/app/_ui/button';
import { NumberInput } from '@/app/_ui/number-input';
import { messageOf } from '@/app/_ui/query-failure';
import { Band, Section } from '@/app/_ui/section';
import { TextField } from '@/app/_ui/text-field';
import type { ShareLink } from '@/lib/contracts/report';
import { NewLink } from './new-link';
import { ShareRow } from './share-row';

interface ShareLinksProps {
  readonly projectId: string;
  readonly reportId: string;
  readonly initialShares: readonly ShareLink[];
}

/** Links at which the report can be read without access to this server's projects. */
export function ShareLinks({ projectId, reportId, initialShares }: ShareLinksProps) {
  const queryClient = useQueryClient();
  const queryKey = ['project', projectId, 'reports', reportId];
  const { data: shares } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await api.getReport(projectId, reportId, signal)).shares,
    initialData: [...initialShares],
  });
  const [label, setLabel] = useState('');
  const [expiresInDays, setExpiresInDays] = useState(30);
  const refresh = () => queryClient.invalidateQueries({ queryKey });
  const create = useMutation({
    mutationFn: () =>
      api.createShare(projectId, reportId, {
        expiresInDays,
        ...(label.trim() === '' ? {} : { label: label.trim() }),
      }),
    onSuccess: () => {
      setLabel('');
      return refresh();
    },
  });
  const createOnce = useOneAtATime((onSettled) => create.mutate(undefined, { onSettled }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    createOnce();
  };
  return (
    <Band className="print:hidden">
      <Section
        id="share"
        title="Share links"
        note="Anyone with the link can read this report until it expires or is revoked. Only a hash of the link is stored, so it is shown once."
      >
        <form onSubmit={submit} className="flex flex-wrap items-end gap-x-5 gap-y-3">
          <div className="w-64 max-w-full">
            <TextField
              label="Label"
              value={label}
              maxLength={120}
              placeholder="who it is for"
              autoComplete="off"
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
          </div>
          <div className="grid gap-1">
            <label htmlFor="share-expires" className="font-medium">
              Expires in
            </label>
            <NumberInput
              id="share-expires"
              className="h-8!"
              value={expiresInDays}
              min={1}
              max={365}
              step={1}
              format={(days) => `${days} ${days === 1 ? 'day' : 'days'}`}
              onValueChange={setExpiresInDays}
            />
          </div>
          <Button type="submit" variant="primary" disabled={create.isPending}>
            Create link
          </Button>
        </form>
        {create.isError && (
          <p role="alert" className="mt-3 text-no-go">
            {messageOf(create.error)}
          </p>
        )}
        {create.data !== undefined && <NewLink path={create.data.path} />}
        {shares.length > 0 && (
          <ul className="mt-5">
            {shares.map((share) => (
              <ShareRow
                key={share.shareId}
                projectId={projectId}
                reportId={reportId}
                share={share}
                onRevoked={refresh}
              />
            ))}
          </ul>
        )}
      </Section>
    </Band>
  );
}
