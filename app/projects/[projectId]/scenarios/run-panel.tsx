'use client';

import type { Ref } from 'react';
import { Button } from '@/app/_ui/button';
import { Notice } from '@/app/_ui/notice';
import { Progress } from '@/app/_ui/progress';
import { messageOf } from '@/app/_ui/query-failure';
import { formatCount } from '@/lib/format';
import type { ScenarioProgress } from './ask-scenario-worker';

interface RunPanelProps {
  readonly buttonRef: Ref<HTMLButtonElement>;
  readonly canRun: boolean;
  /** What is needed besides the text, in words. */
  readonly lacks: string | null;
  readonly progress: ScenarioProgress | null;
  readonly error: Error | null;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** Runs the scenario, and shows how far that has come. */
export function RunPanel(props: RunPanelProps) {
  const { canRun, lacks, progress, error } = props;
  const isBlocked = !canRun || lacks !== null || progress !== null;
  return (
    <div className="mt-5 border-t border-rule pt-4">
      {/* Not disabled while it runs: it would lose the focus. */}
      <Button
        ref={props.buttonRef}
        variant="primary"
        aria-disabled={isBlocked}
        onClick={() => {
          if (!isBlocked) props.onRun();
        }}
        className="print:hidden"
      >
        Run
      </Button>
      {lacks !== null && <p className="mt-2 text-pretty text-conditional">{lacks}</p>}
      {progress !== null && (
        <div className="mt-4">
          <RunProgress progress={progress} onCancel={props.onCancel} />
        </div>
      )}
      {error !== null && (
        <div className="mt-4">
          <Notice tone="no_go" title="The simulation stopped" isAlert>
            {messageOf(error)}
          </Notice>
        </div>
      )}
    </div>
  );
}

function RunProgress({
  progress: { done, total },
  onCancel,
}: {
  readonly progress: ScenarioProgress;
  readonly onCancel: () => void;
}) {
  return (
    <Progress label="Run" share={total === null ? null : done / total}>
      <span className="flex items-center justify-between gap-3">
        {total === null ? 'Starting' : `${formatCount(done)} of ${formatCount(total)} replications`}
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </Progress>
  );
}
