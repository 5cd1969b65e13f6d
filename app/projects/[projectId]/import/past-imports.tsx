'use client';

import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { api } from '@/app/_queries/api';
import type { DataColumn } from '@/app/_ui/data-column';
import { DataTable } from '@/app/_ui/data-table';
import { ConfirmDialog } from '@/app/_ui/dialog';
import { messageOf } from '@/app/_ui/query-failure';
import { Band, Section } from '@/app/_ui/section';
import { StatusMark, type StatusTone } from '@/app/_ui/status-mark';
import type { ImportState } from '@/lib/contracts/import';
import { formatBytes, formatCount, formatCounted, formatUsd, formatUtc } from '@/lib/format';
import { CompareImportsLink } from '../compare/compare-imports-link';
import { deletionWarning } from './held-words';
import { statusWords } from './import-words';
import type { Reread } from './upload-store';

interface PastImportsProps {
  readonly projectId: string;
  readonly imports: readonly ImportState[];
  readonly selectedId: string | null;
  readonly onChanged: Reread;
}

/** All imports of the project, each leading to what it gave; each can be deleted. */
export function PastImports({ projectId, imports, selectedId, onChanged }: PastImportsProps) {
  const [asked, setAsked] = useState<ImportState | null>(null);
  const columns = useMemo(() => columnsOf(setAsked), []);
  const remove = useMutation({
    mutationFn: (entry: ImportState) => api.deleteImport(projectId, entry.importId),
    onSuccess: () => setAsked(null),
    onSettled: onChanged,
  });

  return (
    <Band>
      <Section
        title="Imports"
        note={formatCounted(imports.length, 'import')}
        actions={<CompareImportsLink projectId={projectId} imports={imports} />}
      >
        <DataTable
          caption="Imports"
          columns={columns}
          rows={imports}
          rowId={(entry) => entry.importId}
          rowHref={(entry) =>
            `/projects/${encodeURIComponent(projectId)}/import?import=${encodeURIComponent(entry.importId)}`
          }
          isRowSelected={(entry) => entry.importId === selectedId}
          maxHeight="24rem"
        />
      </Section>
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={(isOpen) => !isOpen && setAsked(null)}
        title={`Delete “${asked?.label ?? ''}”?`}
        description={
          remove.isError
            ? messageOf(remove.error)
            : [
                'Its calls leave the project, and what was computed from them is marked out of date. Reports keep what they froze. Your own files stay where they are.',
                asked === null ? null : deletionWarning(asked.importId, imports),
              ]
                .filter((text) => text !== null)
                .join(' ')
        }
        confirmLabel="Delete import"
        isPending={remove.isPending}
        onConfirm={() => asked !== null && remove.mutate(asked)}
      />
    </Band>
  );
}

function columnsOf(onDelete: (entry: ImportState) => void): DataColumn<ImportState>[] {
  return [
    {
      id: 'label',
      header: 'Files',
      width: 240,
      isGrowing: true,
      isRowHeader: true,
      cell: (entry) => entry.label || entry.importId,
    },
    { id: 'at', header: 'Started', width: 170, cell: (entry) => formatUtc(entry.createdAt) },
    {
      id: 'status',
      header: 'State',
      width: 140,
      cell: (entry) => (
        <StatusMark tone={toneOf(entry)}>
          <span className="font-normal">{entry.isLive ? 'live' : statusWords[entry.status]}</span>
        </StatusMark>
      ),
    },
    {
      id: 'bytes',
      header: 'Size',
      width: 90,
      align: 'right',
      cell: (entry) => formatBytes(entry.files.reduce((sum, file) => sum + file.bytes, 0)),
    },
    {
      id: 'sessions',
      header: 'Sessions',
      width: 90,
      align: 'right',
      cell: (entry) => formatCount(entry.summary?.sessions),
    },
    {
      id: 'calls',
      header: 'Model calls',
      width: 100,
      align: 'right',
      cell: (entry) => formatCount(entry.summary?.calls),
    },
    {
      id: 'cost',
      header: 'List cost',
      width: 100,
      align: 'right',
      cell: (entry) => formatUsd(entry.summary?.listCostUsd),
    },
    {
      id: 'delete',
      header: 'Delete',
      isHeaderHidden: true,
      width: 44,
      align: 'right',
      cell: (entry) => (
        <button
          type="button"
          aria-label={`Delete ${entry.label || entry.importId}`}
          onClick={() => onDelete(entry)}
          className="relative z-[1] inline-flex size-7 items-center justify-center align-middle text-ink-3 hover:text-no-go"
        >
          <Trash2 size={15} strokeWidth={1.75} aria-hidden="true" />
        </button>
      ),
    },
  ];
}

function toneOf(entry: ImportState): StatusTone {
  if (entry.status === 'failed') return 'no_go';
  if (entry.status === 'completed') return entry.issues.length > 0 ? 'conditional' : 'go';
  return 'unknown';
}
