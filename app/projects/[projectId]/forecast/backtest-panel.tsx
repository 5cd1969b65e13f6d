'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { BacktestScatter } from '@/app/_charts/backtest-scatter';
import { backtestQuery } from '@/app/_queries/backtest-queries';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Band, Section } from '@/app/_ui/section';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { Skeleton } from '@/app/_ui/skeleton';
import { describeBacktest, tooLittleText } from '@/lib/charts/describe-backtest';
import {
  backtestColumns,
  backtestTitle,
  describeBacktestSplit,
  describeLater,
  laterColumns,
  listBacktestRows,
  listLaterFigures,
  prepareBacktestScatter,
} from '@/lib/charts/prepare-backtest';
import type { Backtest } from '@/lib/cost/backtest/backtest';
import { BacktestTable } from './backtest-table';

const parts = ['length', 'prefix'] as const;
const partLabel = { length: 'Longer sessions', prefix: 'From a first third' } as const;

/** How far off a forecast would have been on the user's own sessions, beside two baselines. */
export function BacktestPanel({ projectId }: { readonly projectId: string }) {
  // The anchor stands before its content does, so that links to it arrive.
  return (
    <div id="backtest">
      <LoadedPanel projectId={projectId} />
    </div>
  );
}

function LoadedPanel({ projectId }: { readonly projectId: string }) {
  const { data, error, refetch } = useQuery(backtestQuery(projectId));
  if (data === undefined) {
    if (error === null) return <Skeleton className="h-96" />;
    return (
      <QueryFailure
        title="The backtest could not be worked out"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  return data.model === null ? null : <Panel model={data.model} />;
}

function Panel({ model }: { readonly model: Backtest }) {
  const leftOut = model.unpricedSessions + model.emptySessions;
  const note = `How far off would this have been on your own data: ${model.sessions} sessions whose every call is priced${leftOut === 0 ? '' : `, ${leftOut} left out`}.`;
  return (
    <Band>
      <Section title={describeBacktest(model)} note={note}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
          <LaterSessions time={model.time} />
          <SingleSessions model={model} />
        </div>
      </Section>
    </Band>
  );
}

function LaterSessions({ time }: { readonly time: Backtest['time'] }) {
  const title = 'Later sessions from earlier ones';
  if (time.kind === 'too_little') {
    return <Section level={3} title={title} note={tooLittleText(time)} />;
  }
  return (
    <Section level={3} title={title} note={describeLater(time)}>
      <BacktestTable caption={title} columns={laterColumns} rows={listLaterFigures(time)} />
    </Section>
  );
}

function SingleSessions({ model }: { readonly model: Backtest }) {
  const [part, setPart] = useQueryState(
    'backtest',
    parseAsStringLiteral(parts).withDefault('length').withOptions({ history: 'replace' }),
  );
  const of = model[part];
  const title = backtestTitle(part);
  const choice = (
    <SegmentedControl
      label="Sessions foretold"
      value={part}
      options={parts.map((value) => ({ value, label: partLabel[value] }))}
      onValueChange={(value) => void setPart(value)}
    />
  );
  if (of.kind === 'too_little') {
    return <Section level={3} title={title} note={tooLittleText(of)} actions={choice} />;
  }
  return (
    <Section level={3} title={title} note={describeBacktestSplit(part, of)} actions={choice}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,30rem)]">
        <BacktestTable caption={title} columns={backtestColumns} rows={listBacktestRows(of)} />
        <BacktestScatter chart={prepareBacktestScatter(of)} level={3} />
      </div>
    </Section>
  );
}
