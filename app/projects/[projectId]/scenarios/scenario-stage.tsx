'use client';

import { useMemo, useRef } from 'react';
import { CopyField } from '@/app/_ui/copy-field';
import { LiveRegion } from '@/app/_ui/live-region';
import { Notice } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { StatusMark } from '@/app/_ui/status-mark';
import { describeScenario } from '@/lib/charts/prepare-scenario-finding';
import type { Project } from '@/lib/contracts/project';
import { PresetPanel } from './preset-panel';
import { RunPanel } from './run-panel';
import { ScenarioAnswers } from './scenario-answers';
import { commandOf } from './scenario-command';
import { ScenarioEditor } from './scenario-editor';
import { describeHead } from './scenario-head';
import { type ReadScenario, useReadScenario } from './use-read-scenario';
import { type ScenarioTask, useScenarioTask } from './use-scenario-task';
import { useScenarioText } from './use-scenario-text';

/** The text at the top, its answer below. */
export function ScenarioStage({ project }: { readonly project: Project }) {
  const chosen = useScenarioText();
  const read = useReadScenario(chosen.text, project);
  const run = useScenarioTask<'run'>();
  const runButtonRef = useRef<HTMLButtonElement>(null);
  const answersRef = useRef<HTMLElement>(null);
  const { scenario, workload } = read;
  const canRun = scenario !== null && !read.isStale;

  const start = async () => {
    if (scenario === null) return;
    const isDone = await run.start({ kind: 'run', scenario, workload }, chosen.text);
    // Whoever waited at the button is led to the answer; whoever went on typing is not.
    const { activeElement } = document;
    const waited = activeElement === runButtonRef.current || activeElement === document.body;
    if (isDone && waited) answersRef.current?.focus();
  };
  return (
    <>
      <Head read={read} run={run} isChanged={run.answered?.text !== chosen.text} />
      {chosen.problem !== null && (
        <div className="pt-5">
          <Notice tone="conditional" title="The address asks for what there is not">
            {chosen.problem}
          </Notice>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[340px_minmax(0,1fr)]">
        <div className="pt-5 pb-7 lg:border-r lg:border-rule lg:pr-7">
          <PresetPanel project={project} chosen={chosen} />
          <RunPanel
            buttonRef={runButtonRef}
            canRun={canRun}
            lacks={read.lacks}
            progress={run.progress}
            error={run.error}
            onRun={() => void start()}
            onCancel={run.cancel}
          />
        </div>
        <div className="min-w-0 border-t border-rule pt-5 pb-7 lg:border-t-0 lg:pl-7">
          <ScenarioEditor
            text={chosen.text}
            issues={read.issues}
            canRun={scenario !== null}
            onTextChange={chosen.edit}
          />
          {scenario !== null && (
            <div className="mt-5">
              <p className="font-medium">The same in a terminal</p>
              <CopyField
                label="Command that gives the same result"
                value={commandOf(scenario, { ...chosen, projectName: project.name })}
              />
            </div>
          )}
        </div>
      </div>
      <ScenarioAnswers answersRef={answersRef} read={read} run={run} text={chosen.text} />
    </>
  );
}

interface HeadProps {
  readonly read: ReadScenario;
  readonly run: ScenarioTask<'run'>;
  /** The text is not the one that was run. */
  readonly isChanged: boolean;
}

/** What is known of the text as it stands. */
function Head({ read, run, isChanged }: HeadProps) {
  const { answered, progress } = run;
  const finding = useMemo(
    () => (answered === null ? null : describeScenario(answered.answer)),
    [answered],
  );
  const isRunning = progress !== null;
  const { status, title, lede } = describeHead({ read, finding, isChanged, isRunning });
  return (
    <>
      <PageHead
        status={
          status === null ? undefined : (
            <StatusMark tone={status.tone} variant="badge">
              {status.word}
            </StatusMark>
          )
        }
        title={title}
        lede={lede}
      />
      <LiveRegion text={isRunning ? 'Simulating' : isChanged ? '' : (finding?.headline ?? '')} />
    </>
  );
}
