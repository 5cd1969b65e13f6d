'use client';

import { ScenarioPath } from '@/app/_charts/scenario-path';
import { Section } from '@/app/_ui/section';
import { prepareScenarioObjectives } from '@/lib/charts/prepare-scenario-objectives';
import { prepareScenarioPaths } from '@/lib/charts/prepare-scenario-path';
import { prepareScenarioTables } from '@/lib/charts/prepare-scenario-tables';
import { prepareScenarioTwin } from '@/lib/charts/prepare-scenario-twin';
import { formatCount } from '@/lib/format';
import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import { ObjectiveList } from './objective-list';
import { OutcomeTable } from './outcome-table';

interface RunResultsProps {
  readonly outcome: ScenarioOutcome;
  /** The text has changed since. */
  readonly isStale: boolean;
}

/** What a run showed: objectives, resources, classes, attempts, and queues over time. */
export function RunResults({ outcome, isStale }: RunResultsProps) {
  const objectives = prepareScenarioObjectives(outcome);
  const { charts, idle } = prepareScenarioPaths(outcome);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-y-8 pb-7">
      {isStale && (
        <p className="font-medium text-conditional">
          These are results of the text as it was run; it has changed since.
        </p>
      )}
      {objectives === null ? (
        <p className="text-ink-2">
          The scenario states no objective. Say under slos what must hold, and the run is judged by
          it.
        </p>
      ) : (
        <ObjectiveList table={objectives} />
      )}
      {[...prepareScenarioTables(outcome), ...prepareScenarioTwin(outcome)].map((table) => (
        <OutcomeTable key={table.title} table={table} />
      ))}
      <Section
        title="In use and waiting over time"
        note={
          outcome.warmUpSec > 0
            ? 'Shaded: the warm-up, which is left out of the numbers above'
            : 'Nothing is left out at the start'
        }
      >
        {charts.length === 0 && (
          <p className="text-ink-2">Nothing was ever in use or waiting at any resource.</p>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-2">
          {charts.map((chart) => (
            <ScenarioPath key={chart.name} chart={chart} />
          ))}
        </div>
        {charts.length > 0 && idle.length > 0 && (
          <p className="mt-4 text-ink-2">
            Nothing was ever in use or waiting at {idle.join(', ')}.
          </p>
        )}
      </Section>
      <p className="border-t border-rule pt-4 text-note text-pretty text-ink-3">
        Engine {outcome.engineVersion}, seed {outcome.scenario.seed ?? 1},{' '}
        {formatCount(outcome.replications)} replications, {formatCount(outcome.events)} events.
        Intervals are t-intervals over replications; quantiles are means of each replication’s own.
        What was not observed is said so and is not zero. Input {outcome.inputHash.slice(0, 12)}.
      </p>
    </div>
  );
}
