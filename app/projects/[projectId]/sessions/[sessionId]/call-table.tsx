'use client';

import { useMemo } from 'react';
import { DataTable } from '@/app/_ui/data-table';
import { Section } from '@/app/_ui/section';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import type { SessionCall } from '@/lib/contracts/session';
import { formatCount, formatCounted, formatUsd } from '@/lib/format';
import { allCallColumns, type CallLine, modelCallColumns } from './call-columns';

/** Which calls the table lists. */
export const callViews = ['model', 'all'] as const;

interface CallTableProps {
  readonly calls: readonly SessionCall[];
  readonly selectedCallId: string | null;
  readonly view: (typeof callViews)[number];
  readonly onViewChange: (view: (typeof callViews)[number]) => void;
  readonly onSelect: (callId: string) => void;
}

/** The calls of a session as lines: what each sent, what it cost, where it stands in which file. */
export function CallTable({ calls, selectedCallId, view, onViewChange, onSelect }: CallTableProps) {
  const lines = useMemo(() => linesOf(calls), [calls]);
  const shown = useMemo(
    () => (view === 'all' ? lines : lines.filter(({ call }) => call.kind === 'model')),
    [lines, view],
  );
  return (
    <Section
      title={headingOf(calls)}
      note="List price on the day of each call; select a line to find it in the pictures above"
      actions={
        <SegmentedControl
          label="Calls to list"
          value={view}
          onValueChange={onViewChange}
          options={[
            { value: 'model', label: 'Model calls' },
            { value: 'all', label: 'All calls' },
          ]}
        />
      }
    >
      <DataTable
        caption="Calls of the session"
        columns={view === 'all' ? allCallColumns : modelCallColumns}
        rows={shown}
        rowId={(line) => String(line.index)}
        isRowSelected={({ call }) => call.callId === selectedCallId}
        onRowSelect={({ call }) => onSelect(call.callId)}
        rowHeight={34}
        maxHeight="36rem"
      />
    </Section>
  );
}

function linesOf(calls: readonly SessionCall[]): CallLine[] {
  const firstMs = calls.reduce<number | null>(
    (least, { startMs }) =>
      startMs === null || (least !== null && least <= startMs) ? least : startMs,
    null,
  );
  let modelCalls = 0;
  return calls.map((call, index) => {
    if (call.kind === 'model') modelCalls += 1;
    return { call, index, number: call.kind === 'model' ? modelCalls : null, firstMs };
  });
}

/** How the cost is spread over the calls. */
function headingOf(calls: readonly SessionCall[]): string {
  const costs = calls
    .filter((call) => call.kind === 'model')
    .flatMap((call) => call.listCostUsd ?? [])
    .sort((a, b) => b - a);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  if (costs.length < 2 || total === 0) return formatCounted(calls.length, 'call');
  let half = 0;
  for (let sum = 0; sum < total / 2 && half < costs.length; half++) sum += costs[half] ?? 0;
  return `${formatCount(half)} of ${formatCounted(costs.length, 'priced call')} make up half of ${formatUsd(total)}`;
}
