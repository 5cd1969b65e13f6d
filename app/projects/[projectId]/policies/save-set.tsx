'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/app/_queries/api';
import { policySetsQuery } from '@/app/_queries/policy-queries';
import { useOneAtATime } from '@/app/_queries/use-one-at-a-time';
import { Button } from '@/app/_ui/button';
import { messageOf } from '@/app/_ui/query-failure';
import { NameDialog } from './name-dialog';
import { namePolicies } from './policy-words';
import type { ChosenPolicies } from './use-policies';

interface SaveSetProps {
  readonly projectId: string;
  readonly chosen: ChosenPolicies;
}

/** Keeps the policies of the page under a name, or in the place of those of the opened set. */
export function SaveSet({ projectId, chosen }: SaveSetProps) {
  const { policies, set, isChangedFromSet } = chosen;
  const queryClient = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const { queryKey } = policySetsQuery(projectId);
  const create = useMutation({
    mutationFn: (name: string) => api.createPolicySet(projectId, { name, policies }),
    onSuccess: async (created) => {
      await queryClient.invalidateQueries({ queryKey });
      setIsAsked(false);
      chosen.open(created);
    },
  });
  const update = useMutation({
    mutationFn: async () => {
      if (set !== null) await api.updatePolicySet(projectId, set.policySetId, { policies });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey });
      chosen.open(set);
    },
  });
  const updateOnce = useOneAtATime((onSettled) => update.mutate(undefined, { onSettled }));
  const isNew = set === null || isChangedFromSet;
  return (
    <>
      {set !== null && isChangedFromSet && (
        <Button variant="primary" disabled={update.isPending} onClick={updateOnce}>
          Save changes
        </Button>
      )}
      <Button
        variant={set === null ? 'primary' : 'secondary'}
        disabled={policies.length === 0 || !isNew}
        onClick={() => {
          create.reset();
          setIsAsked(true);
        }}
      >
        Save as…
      </Button>
      {update.isError && (
        <p role="alert" className="w-full text-note text-no-go">
          {messageOf(update.error)}
        </p>
      )}
      {isAsked && (
        <NameDialog
          title="Save these policies"
          confirmLabel="Save"
          initialName={(namePolicies(policies) ?? '').slice(0, 120)}
          error={create.error}
          isPending={create.isPending}
          onConfirm={(name) => create.mutate(name)}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}
