'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/app/_queries/api';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/dialog';
import { messageOf } from '@/app/_ui/query-failure';
import { StatusMark, type StatusTone } from '@/app/_ui/status-mark';
import type { ShareLink } from '@/lib/contracts/report';
import { formatCounted, formatUtc } from '@/lib/format';

const stateMark = {
  active: { tone: 'go', word: 'Active' },
  expired: { tone: 'unknown', word: 'Expired' },
  revoked: { tone: 'no_go', word: 'Revoked' },
} as const satisfies Record<ShareLink['state'], { tone: StatusTone; word: string }>;

interface ShareRowProps {
  readonly projectId: string;
  readonly reportId: string;
  readonly share: ShareLink;
  readonly onRevoked: () => unknown;
}

/** One share link: its state, how often it was read, and a way to end it. */
export function ShareRow({ projectId, reportId, share, onRevoked }: ShareRowProps) {
  const [isAsked, setIsAsked] = useState(false);
  const revoke = useMutation({
    mutationFn: () => api.revokeShare(projectId, reportId, share.shareId),
    onSuccess: () => {
      setIsAsked(false);
      return onRevoked();
    },
  });
  const { tone, word } = stateMark[share.state];
  const name = share.label === '' ? 'Link without a label' : share.label;
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-1 border-t border-rule-2 py-2.5">
      <span className="w-24">
        <StatusMark tone={tone}>{word}</StatusMark>
      </span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="font-medium">{name}</span>
        <span className="text-ink-2">
          {' '}
          · until {formatUtc(share.expiresAt)} · {formatCounted(share.views, 'view')}
          {share.lastViewedAt !== null && `, last ${formatUtc(share.lastViewedAt)}`}
        </span>
      </span>
      {share.state === 'active' && (
        <Button variant="danger" onClick={() => setIsAsked(true)}>
          Revoke
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsked}
        onOpenChange={setIsAsked}
        title={`Revoke “${name}”?`}
        description={
          revoke.isError
            ? messageOf(revoke.error)
            : 'The link stops working at once and cannot be brought back. The report stays.'
        }
        confirmLabel="Revoke link"
        isPending={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      />
    </li>
  );
}
