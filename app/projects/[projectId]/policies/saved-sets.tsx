'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '@/app/_queries/api';
import { policySetsQuery } from '@/app/_queries/policy-queries';
import { Button, ButtonLink } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/dialog';
import { messageOf } from '@/app/_ui/query-failure';
import { Section } from '@/app/_ui/section';
import type { PolicySet } from '@/lib/cost/policies/policy';
import { formatUtc } from '@/lib/format';
import { NameDialog } from './name-dialog';
import { writePolicies } from './policy-address';
import { namePolicies } from './policy-words';
import type { ChosenPolicies } from './use-policies';

interface SavedSetsProps {
  readonly projectId: string;
  readonly sets: readonly PolicySet[];
  readonly chosen: ChosenPolicies;
}

/** The policies that are kept under a name: open, rename, delete, compare. */
export function SavedSets({ projectId, sets, chosen }: SavedSetsProps) {
  const [renamed, setRenamed] = useState<PolicySet | null>(null);
  const [deleted, setDeleted] = useState<PolicySet | null>(null);
  const changes = useSetChanges(projectId, {
    onRenamed: () => setRenamed(null),
    onDeleted: (set) => {
      setDeleted(null);
      if (chosen.set?.policySetId === set.policySetId) chosen.open(null);
    },
  });
  const compare = `/projects/${encodeURIComponent(projectId)}/compare`;
  const side =
    chosen.set !== null && !chosen.isChangedFromSet
      ? `set:${chosen.set.policySetId}`
      : `policies:${writePolicies(chosen.policies)}`;
  return (
    <Section
      title="Saved policies"
      note={
        sets.length === 0
          ? 'None yet: switch policies on and save them under a name'
          : 'Open one to change it, or set two side by side'
      }
      actions={
        chosen.policies.length > 0 && (
          <ButtonLink href={`${compare}?${new URLSearchParams({ a: 'today', b: side })}`}>
            Compare with …
          </ButtonLink>
        )
      }
    >
      <ul>
        {sets.map((set) => (
          <SetRow
            key={set.policySetId}
            set={set}
            isOpen={chosen.set?.policySetId === set.policySetId}
            compareHref={`${compare}?${new URLSearchParams({ a: 'today', b: `set:${set.policySetId}` })}`}
            onOpen={() => chosen.open(set)}
            onRename={() => {
              changes.rename.reset();
              setRenamed(set);
            }}
            onDelete={() => {
              changes.remove.reset();
              setDeleted(set);
            }}
          />
        ))}
      </ul>
      {renamed !== null && (
        <NameDialog
          title={`Rename “${renamed.name}”`}
          confirmLabel="Rename"
          initialName={renamed.name}
          error={changes.rename.error}
          isPending={changes.rename.isPending}
          onConfirm={(name) => changes.rename.mutate({ set: renamed, name })}
          onClose={() => setRenamed(null)}
        />
      )}
      <ConfirmDialog
        isOpen={deleted !== null}
        onOpenChange={(isOpen) => !isOpen && setDeleted(null)}
        title={`Delete “${deleted?.name ?? ''}”?`}
        description={
          changes.remove.isError
            ? messageOf(changes.remove.error)
            : 'Forecasts and comparisons that name it will ask for another. Reports keep what they froze.'
        }
        confirmLabel="Delete policies"
        isPending={changes.remove.isPending}
        onConfirm={() => deleted !== null && changes.remove.mutate(deleted)}
      />
    </Section>
  );
}

interface SetChangeHandlers {
  readonly onRenamed: () => void;
  readonly onDeleted: (set: PolicySet) => void;
}

function useSetChanges(projectId: string, { onRenamed, onDeleted }: SetChangeHandlers) {
  const queryClient = useQueryClient();
  const refresh = () =>
    queryClient.invalidateQueries({ queryKey: policySetsQuery(projectId).queryKey });
  const rename = useMutation({
    mutationFn: ({ set, name }: { readonly set: PolicySet; readonly name: string }) =>
      api.updatePolicySet(projectId, set.policySetId, { name }),
    onSuccess: async () => {
      await refresh();
      onRenamed();
    },
  });
  const remove = useMutation({
    mutationFn: (set: PolicySet) => api.deletePolicySet(projectId, set.policySetId),
    onSuccess: async (_, set) => {
      onDeleted(set);
      await refresh();
    },
  });
  return { rename, remove };
}

interface SetRowProps {
  readonly set: PolicySet;
  readonly isOpen: boolean;
  readonly compareHref: string;
  readonly onOpen: () => void;
  readonly onRename: () => void;
  readonly onDelete: () => void;
}

function SetRow({ set, isOpen, compareHref, onOpen, onRename, onDelete }: SetRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-rule-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
        <span className="font-medium">{set.name}</span>
        {isOpen && <span className="text-water"> open</span>}
        <p className="text-note text-ink-2">
          {namePolicies(set.policies) ?? 'No change'}
          <span className="text-ink-3">, saved {formatUtc(set.updatedAt)}</span>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-1">
        <Button aria-label={`Open ${set.name}`} disabled={isOpen} onClick={onOpen}>
          Open
        </Button>
        <Link
          href={compareHref}
          aria-label={`Compare ${set.name} with today`}
          className="inline-flex h-8 items-center px-3 font-medium text-ink-2 hover:text-ink"
        >
          Compare
        </Link>
        <Button variant="quiet" aria-label={`Rename ${set.name}`} onClick={onRename}>
          Rename
        </Button>
        <Button variant="quiet" aria-label={`Delete ${set.name}`} onClick={onDelete}>
          Delete
        </Button>
      </div>
    </li>
  );
}
