'use client';

import { ScenarioResponse } from '@/app/_charts/scenario-response';
import { Button } from '@/app/_ui/button';
import { CsvLink } from '@/app/_ui/csv-link';
import { LiveRegion } from '@/app/_ui/live-region';
import { Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { messageOf } from '@/app/_ui/query-failure';
import { ScrollRegion } from '@/app/_ui/scroll-region';
import { Section } from '@/app/_ui/section';
import { prepareScenarioLimit, type ScenarioLimit } from '@/lib/charts/prepare-scenario-limit';
import { formatCounted } from '@/lib/format';
import type { ReadScenario } from './use-read-scenario';
import type { ScenarioTask } from './use-scenario-task';

/** The search begins at an eighth of the load and looks up to 64 times it. */
const range = { from: 0.125, upTo: 64 };

interface LimitSearchProps {
  readonly read: ReadScenario;
  readonly text: string;
  readonly search: ScenarioTask<'limit'>;
}

/** Searches the largest load at which every objective holds, and what gives way first and next. */
export function LimitSearch({ read, text, search }: LimitSearchProps) {
  const { scenario, workload } = read;
  const { answered, progress, error } = search;
  const hasObjectives = (scenario?.slos ?? []).length > 0;
  const isBlocked =
    scenario === null || read.isStale || !hasObjectives || read.lacks !== null || progress !== null;
  const limit =
    answered === null ? null : prepareScenarioLimit(answered.answer, answered.request.scenario);
  return (
    <div className="pb-7">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3 print:hidden">
        <Button
          variant="primary"
          aria-disabled={isBlocked}
          onClick={() => {
            if (isBlocked || scenario === null) return;
            void search.start({ kind: 'limit', scenario, workload, range }, text);
          }}
        >
          Find the limit
        </Button>
        <p className="max-w-[46rem] text-pretty text-ink-2">
          {scenario === null
            ? 'The scenario cannot be run as it stands.'
            : hasObjectives
              ? 'The load of all classes is scaled until an objective fails. Each load is run in full, so this takes as long as some twenty runs.'
              : 'The scenario has no objective. Say under slos what must hold, such as the P95 wait for a resource; then the largest load at which it does can be searched.'}
        </p>
      </div>
      {progress !== null && (
        <div className="mt-4 max-w-md">
          <Progress label="Search for the limit" share={null}>
            <span className="flex items-center justify-between gap-3">
              {formatCounted(progress.done, 'load')} tried
              <Button variant="quiet" onClick={search.cancel}>
                Cancel
              </Button>
            </span>
          </Progress>
        </div>
      )}
      {error !== null && (
        <div className="mt-4">
          <Notice tone="no_go" title="The limit could not be searched" isAlert>
            {messageOf(error)}
          </Notice>
        </div>
      )}
      <LiveRegion text={progress === null ? (limit?.headline ?? '') : 'Searching for the limit'} />
      {limit !== null && <LimitFound limit={limit} isStale={answered?.text !== text} />}
    </div>
  );
}

interface LimitFoundProps {
  readonly limit: ScenarioLimit;
  readonly isStale: boolean;
}

function LimitFound({ limit, isStale }: LimitFoundProps) {
  return (
    <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-y-8 border-t border-rule pt-5">
      <Section
        title={limit.headline}
        note={isStale ? `Of the text as it was then. ${limit.lede}` : limit.lede}
        actions={<CsvLink fileName="limits" what="Limits" rows={() => limit.csv} />}
      >
        <ScrollRegion label="Limits by objective" className="overflow-x-auto">
          <table className="w-full border-collapse">
            <caption className="sr-only">Limits by objective</caption>
            <thead>
              <tr className="text-note text-ink-3">
                <th scope="col" className="pb-1.5 text-left font-medium">
                  objective, the first to give way first
                </th>
                <th scope="col" className="pb-1.5 pl-5 text-right font-medium">
                  holds up to
                </th>
                <th scope="col" className="pb-1.5 pl-5 text-right font-medium">
                  fails from
                </th>
              </tr>
            </thead>
            <tbody>
              {limit.rows.map((row) => (
                <tr key={row.text} className="border-t border-rule-2">
                  <th scope="row" className="min-w-48 py-2 text-left font-normal">
                    {row.text}
                  </th>
                  <td className="py-2 pl-5 text-right font-medium whitespace-nowrap">
                    {row.holds}
                  </td>
                  <td className="py-2 pl-5 text-right whitespace-nowrap">{row.fails}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </Section>
      {limit.chart !== null && <ScenarioResponse chart={limit.chart} />}
    </div>
  );
}
