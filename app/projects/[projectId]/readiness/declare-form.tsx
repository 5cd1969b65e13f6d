'use client';

import { type FormEvent, useState } from 'react';
import { useUpdateProject } from '@/app/_queries/use-update-project';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { messageOf } from '@/app/_ui/query-failure';
import { Section } from '@/app/_ui/section';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { TextField } from '@/app/_ui/text-field';
import type { Project } from '@/lib/contracts/project';
import { type DeclaredDraft, type DraftErrors, draftOf, readDraft } from './declared-draft';
import { TimeoutRows } from './timeout-rows';

/** What cannot be read from traces and has to be declared. Nothing is assumed for what is left out. */
export function DeclareForm({ project }: { readonly project: Project }) {
  const saved = draftOf(project.system);
  const [draft, setDraft] = useState<DeclaredDraft>(saved);
  const [errors, setErrors] = useState<DraftErrors>({});
  const update = useUpdateProject(project.projectId);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved);
  const change = (part: Partial<DeclaredDraft>) => setDraft({ ...draft, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft, project.system);
    setErrors('errors' in read ? read.errors : {});
    if ('system' in read) {
      const { system } = read;
      update.mutate({ system }, { onSuccess: () => setDraft(draftOf(system)) });
    }
  };
  return (
    <Section
      title="Declared by you"
      note="Traces cannot say these. What is left empty counts as not said, never as none."
    >
      <form onSubmit={submit} noValidate>
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <Field
            label="Planned peak"
            hint="concurrent agents"
            value={draft.plannedPeakAgents}
            error={errors.plannedPeakAgents}
            onChange={(plannedPeakAgents) => change({ plannedPeakAgents })}
          />
          <Field
            label="Cost target, P95"
            hint="dollars per session that one in twenty may exceed"
            value={draft.costTargetUsdP95}
            error={errors.costTargetUsdP95}
            onChange={(costTargetUsdP95) => change({ costTargetUsdP95 })}
          />
          <Field
            label="Most steps per session"
            hint="a limit that is enforced"
            value={draft.maxStepsPerSession}
            error={errors.maxStepsPerSession}
            onChange={(maxStepsPerSession) => change({ maxStepsPerSession })}
          />
          <Choice
            label="History is compacted"
            hint="summarised or cut before the window is full"
            value={draft.hasCompaction}
            options={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
              { value: 'unsaid', label: 'Not said' },
            ]}
            onChange={(hasCompaction) => change({ hasCompaction })}
          />
          <Choice
            label="Imported traces"
            hint="every session of their time, or some of them"
            value={draft.traces}
            options={[
              { value: 'all', label: 'All sessions' },
              { value: 'sample', label: 'A sample' },
              { value: 'unsaid', label: 'Not said' },
            ]}
            onChange={(traces) => change({ traces })}
          />
        </div>
        <TimeoutRows
          timeouts={draft.timeouts}
          error={errors.timeouts}
          onChange={(timeouts) => change({ timeouts })}
        />
        <div className="mt-5 flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" disabled={!isChanged || update.isPending}>
            {update.isPending ? 'Saving' : 'Save and assess again'}
          </Button>
          {isChanged && <Button onClick={() => setDraft(saved)}>Reset</Button>}
        </div>
        {update.isError && (
          <div className="mt-4">
            <Notice tone="no_go" title="The declaration was not saved" isAlert>
              {messageOf(update.error)}
            </Notice>
          </div>
        )}
      </form>
    </Section>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly hint: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({
  label,
  hint,
  value,
  options,
  onChange,
}: ChoiceProps<Value>) {
  return (
    <div>
      <p className="mb-1 font-medium" aria-hidden="true">
        {label}
      </p>
      <SegmentedControl label={label} value={value} options={options} onValueChange={onChange} />
      <p className="mt-1 text-note text-ink-3">{hint}</p>
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function Field({ label, hint, value, error, onChange }: FieldProps) {
  return (
    <TextField
      label={label}
      hint={hint}
      value={value}
      inputMode="decimal"
      autoComplete="off"
      placeholder="not said"
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(error === undefined ? {} : { error })}
    />
  );
}
