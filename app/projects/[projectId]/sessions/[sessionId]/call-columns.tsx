import type { DataColumn } from '@/app/_ui/data-column';
import { UnknownValue } from '@/app/_ui/unknown-value';
import type { SessionCall } from '@/lib/contracts/session';
import {
  formatCount,
  formatDurationMs,
  formatDurationSec,
  formatPercent,
  formatUsd,
} from '@/lib/format';

/** One line of the calls table. */
export interface CallLine {
  readonly call: SessionCall;
  readonly index: number;
  /** 1-based among the model calls; null for other kinds. */
  readonly number: number | null;
  readonly firstMs: number | null;
}

const at: DataColumn<CallLine> = {
  id: 'at',
  header: 'At',
  width: 84,
  align: 'right',
  cell: ({ call, firstMs }) =>
    call.startMs === null || firstMs === null ? (
      <UnknownValue reason="The source gives no time." />
    ) : (
      formatDurationSec((call.startMs - firstMs) / 1_000)
    ),
};

const duration: DataColumn<CallLine> = {
  id: 'duration',
  header: 'Took',
  width: 76,
  align: 'right',
  cell: ({ call }) =>
    call.startMs === null || call.endMs === null ? (
      <span className="text-ink-3">—</span>
    ) : (
      formatDurationMs(call.endMs - call.startMs)
    ),
};

const thread: DataColumn<CallLine> = {
  id: 'thread',
  header: 'Thread',
  width: 100,
  cell: ({ call }) => <span title={call.threadId}>{call.agentName ?? call.threadId}</span>,
};

const error: DataColumn<CallLine> = {
  id: 'error',
  header: 'Error',
  width: 96,
  cell: ({ call }) =>
    call.errorType !== null && (
      <span className="text-no-go" title={call.errorType}>
        {call.errorType}
      </span>
    ),
};

const source: DataColumn<CallLine> = {
  id: 'source',
  header: 'Line',
  width: 130,
  cell: ({ call }) => (
    <code className="text-ink-3" title={`${call.fileName}:${call.line}`}>
      {call.line} {call.fileName.split('/').at(-1)}
    </code>
  ),
};

const cost: DataColumn<CallLine> = {
  id: 'cost',
  header: 'List cost',
  width: 96,
  align: 'right',
  cell: ({ call }) => <CallCost call={call} />,
};

/** Columns where only model calls are listed. */
export const modelCallColumns: readonly DataColumn<CallLine>[] = [
  {
    id: 'model',
    header: 'Call',
    width: 190,
    isGrowing: true,
    isRowHeader: true,
    cell: ({ call, number }) => (
      <>
        <span className="mr-3 inline-block min-w-6 text-right text-ink-3">{number}</span>
        {call.model ?? 'model not named'}
      </>
    ),
  },
  thread,
  at,
  duration,
  tokensColumn('prompt', 'Prompt', 84, (call) => call.promptTokens),
  {
    id: 'resent',
    header: 'Re-sent',
    width: 76,
    align: 'right',
    cell: ({ call }) =>
      call.isContextReset ? (
        <span className="text-conditional">cut</span>
      ) : (
        formatPercent(
          call.promptTokens === null || call.resentTokens === null || call.promptTokens === 0
            ? null
            : call.resentTokens / call.promptTokens,
        )
      ),
  },
  tokensColumn('fresh', 'Fresh', 78, (call) => call.usage?.inputFresh ?? null),
  tokensColumn('read', 'Cached', 84, (call) => call.usage?.cacheRead ?? null),
  tokensColumn('output', 'Output', 74, (call) =>
    call.usage === null ? null : call.usage.output + (call.usage.reasoning ?? 0),
  ),
  cost,
  error,
  source,
];

/** Columns where tools, databases and enclosing agents are listed too. */
export const allCallColumns: readonly DataColumn<CallLine>[] = [
  {
    id: 'name',
    header: 'Call',
    width: 240,
    isGrowing: true,
    isRowHeader: true,
    cell: ({ call }) => call.model ?? call.toolName ?? call.agentName ?? call.callId,
  },
  { id: 'kind', header: 'Kind', width: 92, cell: ({ call }) => call.kind },
  thread,
  at,
  duration,
  cost,
  error,
  source,
];

function tokensColumn(
  id: string,
  header: string,
  width: number,
  tokensOf: (call: SessionCall) => number | null,
): DataColumn<CallLine> {
  return {
    id,
    header,
    width,
    align: 'right',
    cell: ({ call }) => formatCount(tokensOf(call)),
  };
}

function CallCost({ call }: { readonly call: SessionCall }) {
  if (call.kind !== 'model') return null;
  if (call.listCostUsd !== null) return formatUsd(call.listCostUsd, 'exact');
  const reason =
    call.usage === null
      ? 'The source gives no token counts for this call.'
      : 'The model is not in the price book on that day.';
  return <UnknownValue reason={reason} />;
}
