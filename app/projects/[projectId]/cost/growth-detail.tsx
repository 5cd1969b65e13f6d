'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { SessionLengthCurve } from '@/app/_charts/session-length-curve';
import { costGrowthQuery } from '@/app/_queries/growth-queries';
import { ButtonLink } from '@/app/_ui/button';
import { CsvLink } from '@/app/_ui/csv-link';
import { Notice } from '@/app/_ui/notice';
import { Band, Columns, Section } from '@/app/_ui/section';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { findOddSession, prepareGrowthTable } from '@/lib/charts/prepare-growth-table';
import { prepareSessionLengths } from '@/lib/charts/prepare-session-lengths';
import type { GrowthModel } from '@/lib/cost/growth-model';
import { formatCount } from '@/lib/format';
import { GrowthResets } from './growth-resets';
import { GrowthTable } from './growth-table';

interface GrowthDetailProps {
  readonly projectId: string;
}

/** Length of sessions, resets, and growth by agent and model; nothing until growth is known. */
export function GrowthDetail({ projectId }: GrowthDetailProps) {
  const { data } = useQuery(costGrowthQuery(projectId));
  const model = data?.model ?? null;
  if (model === null || model.groups.length === 0) return null;
  const main = model.groups.find((group) => group.by === 'all' && group.isMainThread);
  return (
    <>
      <OddSession model={model} projectId={projectId} />
      <Columns template="minmax(0, 1fr) 400px" className="border-t border-rule">
        <Lengths model={model} />
        <GrowthResets plateau={main?.plateau ?? null} />
      </Columns>
      <GrowthGroups model={model} />
    </>
  );
}

function OddSession({ model, projectId }: GrowthDetailProps & { readonly model: GrowthModel }) {
  const odd = findOddSession(model);
  if (odd === null) return null;
  return (
    <Band>
      <Notice
        tone="conditional"
        title={odd.title}
        actions={
          <ButtonLink
            href={`/projects/${encodeURIComponent(projectId)}/sessions/${encodeURIComponent(odd.sessionId)}`}
          >
            Look at that session
          </ButtonLink>
        }
      >
        {odd.text}
      </Notice>
    </Band>
  );
}

const units = ['call', 'turn'] as const;
const unitLabel = { call: 'Calls', turn: 'Turns' } as const;

function Lengths({ model }: { readonly model: GrowthModel }) {
  const [unit, setUnit] = useQueryState(
    'length',
    parseAsStringLiteral(units).withDefault('call').withOptions({ history: 'replace' }),
  );
  const lengths = (unit === 'turn' ? model.turnsPerSession : null) ?? model.callsPerSession;
  if (lengths === null) return <Section title="No session with a known prompt" />;
  const chart = prepareSessionLengths(lengths, model.censoring);
  return (
    <div className="min-w-0">
      {model.turnsPerSession !== null && (
        <div className="mb-4 print:hidden">
          <SegmentedControl
            label="Length in"
            value={chart.unit}
            options={units.map((value) => ({ value, label: unitLabel[value] }))}
            onValueChange={(value) => void setUnit(value)}
          />
        </div>
      )}
      <SessionLengthCurve chart={chart} />
      <CsvLink
        fileName={`session length in ${chart.unit}s`}
        what={`Session length in ${chart.unit}s`}
        rows={() => [chart.table.columns, ...chart.table.rows]}
      />
    </div>
  );
}

const splits = ['agent', 'model'] as const;
const splitLabel = { agent: 'Agent', model: 'Model' } as const;

function GrowthGroups({ model }: { readonly model: GrowthModel }) {
  const [split, setSplit] = useQueryState(
    'growth',
    parseAsStringLiteral(splits).withDefault('agent').withOptions({ history: 'replace' }),
  );
  const table = prepareGrowthTable(model, split);
  return (
    <Band>
      <Section
        title={table.heading}
        note={`Within-session slopes between resets, intervals by bootstrap over sessions.${
          model.groupsLeftOut === 0
            ? ''
            : ` The ${formatCount(model.groupsLeftOut)} with fewest calls are left out.`
        }`}
        actions={
          <SegmentedControl
            label="Growth by"
            value={split}
            options={splits.map((value) => ({ value, label: splitLabel[value] }))}
            onValueChange={(value) => void setSplit(value)}
          />
        }
      >
        <GrowthTable table={table} noun={splitLabel[split]} />
        <CsvLink
          fileName={`growth by ${split}`}
          what={`Growth by ${split}`}
          rows={() => [table.csv.columns, ...table.csv.rows]}
        />
      </Section>
    </Band>
  );
}
