'use client';

import { useQuery } from '@tanstack/react-query';
import { CsvLink } from '@/app/_ui/csv-link';
import type { DataColumn } from '@/app/_ui/data-column';
import { DataTable } from '@/app/_ui/data-table';
import { Notice } from '@/app/_ui/notice';
import { NumberInput } from '@/app/_ui/number-input';
import { messageOf } from '@/app/_ui/query-failure';
import { Section } from '@/app/_ui/section';
import { SelectField } from '@/app/_ui/select-field';
import { Skeleton } from '@/app/_ui/skeleton';
import { prepareSessionLog, type SessionLog } from '@/lib/charts/prepare-scenario-session';
import { formatCount } from '@/lib/format';
import type { ScenarioRequest } from '@/simulations/scenario-worker';
import { askScenarioWorker } from './ask-scenario-worker';
import type { ScenarioAddress } from './use-scenario-address';

interface SessionTraceProps {
  /** The run whose sessions are followed. */
  readonly request: Extract<ScenarioRequest, { readonly kind: 'run' }>;
  readonly address: ScenarioAddress;
}

/** What happens to one session of the first replication, step by step. */
export function SessionTrace({ request, address }: SessionTraceProps) {
  const { scenario, workload } = request;
  const names = Object.keys(scenario.classes);
  const className = names.find((name) => name === address.className) ?? names[0];
  const { ordinal } = address;
  const trace = useQuery({
    queryKey: ['scenario', 'trace', scenario, className, ordinal],
    queryFn: ({ signal }) =>
      askScenarioWorker<'trace'>(
        { kind: 'trace', scenario, workload, className, ordinal },
        { signal },
      ),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 20_000,
    retry: false,
    structuralSharing: false,
  });
  const log =
    trace.data === undefined ? undefined : prepareSessionLog(trace.data, { className, ordinal });
  return (
    <div className="pb-7">
      <div className="mb-5 flex flex-wrap items-center gap-x-6 gap-y-3 print:hidden">
        {names.length > 1 && (
          <SelectField
            label="Class"
            value={className}
            options={names.map((name) => ({ value: name, label: name }))}
            onValueChange={(next) => address.chooseSession({ className: next })}
          />
        )}
        <span className="flex items-center gap-2.5">
          <span className="text-ink-2">Session</span>
          <NumberInput
            label="Session, in the order in which they start"
            value={ordinal}
            min={1}
            max={1_000_000_000}
            step={1}
            format={formatCount}
            onValueChange={(next) => address.chooseSession({ ordinal: next })}
          />
        </span>
      </div>
      {trace.error !== null && (
        <Notice tone="no_go" title="The session could not be followed" isAlert>
          {messageOf(trace.error)}
        </Notice>
      )}
      {trace.error === null && log === undefined && <Skeleton className="h-64" />}
      {log === null && (
        <p role="status" className="py-6 text-ink-2">
          Fewer than {formatCount(ordinal)} sessions of {className} start in the first replication.
        </p>
      )}
      {log != null && <LogTable log={log} />}
    </div>
  );
}

type Row = SessionLog['rows'][number];

const columns: readonly DataColumn<Row>[] = [
  { id: 'time', header: 'time', cell: (row) => row.time, width: 120, align: 'right' },
  { id: 'since', header: 'after', cell: (row) => row.sincePrevious, width: 120, align: 'right' },
  {
    id: 'text',
    header: 'what happens',
    cell: (row) => row.text,
    width: 260,
    isGrowing: true,
    isRowHeader: true,
  },
];

const branchColumn: DataColumn<Row> = {
  id: 'branch',
  header: 'branch',
  cell: (row) => row.branch,
  width: 100,
};

function LogTable({ log }: { readonly log: SessionLog }) {
  const [time, since, text] = columns;
  return (
    <Section
      title={log.heading}
      note={log.note}
      actions={<CsvLink fileName={log.heading} what="Steps of the session" rows={() => log.csv} />}
    >
      <DataTable
        caption={log.heading}
        columns={log.hasBranches ? [time, since, branchColumn, text] : columns}
        rows={log.rows}
        rowId={(row) => row.id}
        rowHeight={30}
      />
    </Section>
  );
}
