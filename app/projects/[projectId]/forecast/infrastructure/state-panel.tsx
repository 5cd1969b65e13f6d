'use client';

import { NumberField } from '@/app/_ui/number-field';
import { Section } from '@/app/_ui/section';
import type {
  StateDescription,
  TraceQuantities,
} from '@/lib/cost/infrastructure/infrastructure-cost';
import { formatDecimal, formatDurationSec } from '@/lib/format';
import { OptionalNumberField } from './optional-number-field';

interface StatePanelProps {
  readonly state: StateDescription;
  readonly traces: TraceQuantities;
  readonly onChange: (part: Partial<StateDescription>) => void;
}

/** How state is kept: what the traces cannot tell. An empty box is not said, and not zero. */
export function StatePanel({ state, traces, onChange }: StatePanelProps) {
  return (
    <Section
      title="How state is kept"
      note="What the traces cannot tell. Empty is not said, not zero."
    >
      <NumberField
        label="Bytes per token"
        value={state.bytesPerToken}
        min={0.1}
        max={64}
        hint="an estimate: English text in UTF-8"
        onValueChange={(bytesPerToken) => onChange({ bytesPerToken })}
      />
      <NumberField
        label="Retention, days"
        value={state.retentionDays}
        min={0}
        max={36_525}
        hint="of transcripts, checkpoints, records and vectors"
        onValueChange={(retentionDays) => onChange({ retentionDays })}
      />
      <NumberField
        label="Copies paid for"
        value={state.replicas}
        min={1}
        max={100}
        step={1}
        hint="1 where the price holds its own copies"
        onValueChange={(replicas) => onChange({ replicas })}
      />
      <OptionalNumberField
        title="Checkpoints per step"
        value={state.checkpointsPerStep}
        min={0}
        max={1_000}
        hint={`each the whole state; ${formatDecimal(traces.modelCalls)} steps in a session`}
        onValueChange={(checkpointsPerStep) => onChange({ checkpointsPerStep })}
      />
      <OptionalNumberField
        title="Bytes of a record"
        value={state.recordBytesPerCall}
        min={0}
        max={1e9}
        hint={`an execution record, text left out; ${formatDecimal(traces.calls)} calls in a session`}
        onValueChange={(recordBytesPerCall) => onChange({ recordBytesPerCall })}
      />
      <OptionalNumberField
        title="Vectors per session"
        value={state.vectorsPerSession}
        min={0}
        max={1e9}
        hint={`of ${state.vectorDimensions} dimensions, 4 bytes each`}
        onValueChange={(vectorsPerSession) => onChange({ vectorsPerSession })}
      />
      <OptionalNumberField
        title="Vector queries"
        value={state.vectorQueriesPerSession}
        min={0}
        max={1e9}
        hint="per session"
        onValueChange={(vectorQueriesPerSession) => onChange({ vectorQueriesPerSession })}
      />
      <OptionalNumberField
        title="Hours in memory"
        value={state.cacheHours}
        min={0}
        max={1e6}
        hint={
          traces.sessionHours === null
            ? 'working state of a session; the traces have no times'
            : `empty: as long as a session lasts, ${formatDurationSec(traces.sessionHours * 3_600)}`
        }
        onValueChange={(cacheHours) => onChange({ cacheHours })}
      />
      <OptionalNumberField
        title="Sessions per worker"
        value={state.sessionsPerWorker}
        min={0.01}
        max={1e6}
        hint={
          traces.busyHours === null
            ? 'at a time; the traces have no times'
            : `at a time; a session is busy for ${formatDurationSec(traces.busyHours * 3_600)}`
        }
        onValueChange={(sessionsPerWorker) => onChange({ sessionsPerWorker })}
      />
      <NumberField
        label="Connections an instance"
        value={state.connectionsPerInstance}
        min={1}
        max={100_000}
        step={1}
        hint="PostgreSQL on RDS: memory ÷ 9,531,392 bytes; 450 at 4 GiB"
        onValueChange={(connectionsPerInstance) => onChange({ connectionsPerInstance })}
      />
    </Section>
  );
}
