'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useDeferredValue } from 'react';
import { projectQuery } from '@/app/_queries/project-queries';
import { Button, ButtonLink } from '@/app/_ui/button';
import type { TableSort } from '@/app/_ui/data-column';
import { DataTable } from '@/app/_ui/data-table';
import { EmptyState } from '@/app/_ui/empty-state';
import { KeyHints } from '@/app/_ui/key-hints';
import { LiveRegion } from '@/app/_ui/live-region';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { TextField } from '@/app/_ui/text-field';
import { type SessionRow, SessionSort } from '@/lib/contracts/session';
import { formatCount, formatCounted, formatUsd } from '@/lib/format';
import { columnsWithoutAgent, sessionColumns } from './session-columns';
import { dearestQuery, sessionsQuery } from './session-queries';

const viewState = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(300) }),
  sort: parseAsStringLiteral(SessionSort.options).withDefault('cost'),
  order: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('desc'),
};

/** All sessions of a project: searched, sorted on the server, loaded as they come into view. */
export function SessionsView({ projectId }: { readonly projectId: string }) {
  const [view, setView] = useQueryStates(viewState);
  const q = useDeferredValue(view.q.trim().slice(0, 200));
  const sessions = useInfiniteQuery(
    sessionsQuery(projectId, { q, sort: view.sort, order: view.order }),
  );
  const { data: project } = useQuery(projectQuery(projectId));
  const { data: dearest } = useQuery(dearestQuery(projectId));

  const rows = sessions.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = sessions.data?.pages[0]?.total ?? 0;
  const inAll = dearest?.total ?? 0;
  const root = `/projects/${encodeURIComponent(projectId)}`;
  const loadMore = () => {
    if (sessions.hasNextPage && !sessions.isFetching) void sessions.fetchNextPage();
  };
  const setSort = ({ id, order }: TableSort) => {
    const sort = SessionSort.safeParse(id);
    if (sort.success) void setView({ sort: sort.data, order });
  };

  if (dearest !== undefined && inAll === 0) return <NoSessions root={root} />;
  return (
    <>
      <PageHead
        title={dearest === undefined ? null : findingOf(inAll, dearest.rows[0])}
        loadingLabel="Loading the sessions"
        lede={ledeOf(dearest?.rows[0], project?.modelCalls)}
      />
      {sessions.isError && rows.length === 0 ? (
        <QueryFailure
          title="The sessions could not be read"
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 pt-5 pb-3">
            <div className="w-full sm:w-80">
              <TextField
                label="Search sessions"
                isLabelHidden
                type="search"
                placeholder="Session, agent or model"
                value={view.q}
                maxLength={200}
                onChange={(event) => void setView({ q: event.currentTarget.value })}
              />
            </div>
            <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
              <KeyHints keys={[{ keys: ['j', 'k'], does: 'next, previous row' }]} />
              <p className="text-ink-2">
                {sessions.isPlaceholderData
                  ? 'searching'
                  : q === ''
                    ? formatCounted(total, 'session')
                    : `${formatCount(total)} of ${formatCounted(inAll, 'session')}`}
              </p>
            </div>
          </div>
          <LiveRegion
            text={sessions.isFetching ? '' : `${formatCounted(total, 'session')} found`}
          />
          {sessions.isPending ? (
            <Skeleton className="h-96" />
          ) : rows.length === 0 ? (
            <EmptyState
              title="No session matches"
              text="The search looks for a part of a session id, of an agent’s name and of a model’s name."
              actions={<Button onClick={() => void setView({ q: '' })}>Show all sessions</Button>}
            />
          ) : (
            <DataTable
              caption="Sessions"
              columns={
                rows.some((row) => row.agents.length > 0) ? sessionColumns : columnsWithoutAgent
              }
              rows={rows}
              rowId={(row) => row.sessionId}
              rowHref={(row) => `${root}/sessions/${encodeURIComponent(row.sessionId)}`}
              total={total}
              sort={{ id: view.sort, order: view.order }}
              onSortChange={setSort}
              onEndReached={loadMore}
              isStale={sessions.isPlaceholderData}
              maxHeight="max(24rem, calc(100dvh - 22rem))"
            />
          )}
        </>
      )}
    </>
  );
}

function findingOf(total: number, dearest: SessionRow | undefined): string {
  const sessions = formatCounted(total, 'session');
  if (dearest === undefined || dearest.listCostUsd === null) {
    return total === 1
      ? 'One session, and it has no price'
      : `${sessions}, none of which has a price`;
  }
  const cost = formatUsd(dearest.listCostUsd);
  return total === 1 ? `The one session cost ${cost}` : `The dearest of ${sessions} cost ${cost}`;
}

function ledeOf(dearest: SessionRow | undefined, modelCalls: number | undefined): string {
  if (dearest === undefined) return '';
  const all = modelCalls === undefined ? '' : ` of ${formatCount(modelCalls)}`;
  const models = dearest.models.length === 0 ? '' : ` to ${dearest.models.join(' and ')}`;
  return `It made ${formatCount(dearest.modelCalls)}${all} model calls${models}. Open one to see when its calls ran, how its context grew and what each call cost.`;
}

function NoSessions({ root }: { readonly root: string }) {
  return (
    <>
      <PageHead
        title="There are no sessions yet"
        lede="A session is one conversation with an agent, from its first call to its last."
      />
      <EmptyState
        title="Sessions appear once traces are imported"
        text="Each shows when its calls ran, how its context grew and what every call cost."
        actions={
          <ButtonLink variant="primary" href={`${root}/import`}>
            Import traces
          </ButtonLink>
        }
      />
    </>
  );
}
