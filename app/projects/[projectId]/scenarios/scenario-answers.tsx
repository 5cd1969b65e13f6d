'use client';

import type { RefObject } from 'react';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { LimitSearch } from './limit-search';
import { RunResults } from './run-results';
import { SessionTrace } from './session-trace';
import type { ReadScenario } from './use-read-scenario';
import { useScenarioAddress } from './use-scenario-address';
import { type ScenarioTask, useScenarioTask } from './use-scenario-task';

interface ScenarioAnswersProps {
  readonly answersRef: RefObject<HTMLElement | null>;
  readonly read: ReadScenario;
  readonly run: ScenarioTask<'run'>;
  readonly text: string;
}

const tabs = [
  { value: 'results', label: 'Results' },
  { value: 'session', label: 'One session' },
  { value: 'limit', label: 'Find the limit' },
] as const;

/** What a run showed, one of its sessions step by step, and how much load is carried. */
export function ScenarioAnswers({ answersRef, read, run, text }: ScenarioAnswersProps) {
  const address = useScenarioAddress();
  const { answered } = run;
  const search = useScenarioTask<'limit'>();
  return (
    // Takes the focus when a run ends, so that the answer is read on from there.
    <section
      ref={answersRef}
      tabIndex={-1}
      aria-label="Answers"
      className="border-t border-ink pt-5 outline-none"
    >
      <div className="print:hidden">
        <SegmentedControl
          label="Part of the answer"
          value={address.tab}
          options={tabs}
          onValueChange={address.chooseTab}
        />
      </div>
      <div className="pt-5">
        {address.tab === 'limit' ? (
          <LimitSearch read={read} text={text} search={search} />
        ) : answered === null ? (
          <p className="py-10 text-ink-2">
            {address.tab === 'results'
              ? 'Objectives, resources, classes and queues over time stand here once the scenario has run.'
              : 'Once the scenario has run, one of its sessions can be followed here step by step.'}
          </p>
        ) : address.tab === 'results' ? (
          <RunResults outcome={answered.answer} isStale={answered.text !== text} />
        ) : (
          <SessionTrace request={answered.request} address={address} />
        )}
      </div>
    </section>
  );
}
