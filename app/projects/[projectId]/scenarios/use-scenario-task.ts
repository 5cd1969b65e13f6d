'use client';

import { useEffect, useRef, useState } from 'react';
import type { ScenarioAnswers, ScenarioRequest } from '@/simulations/scenario-worker';
import { askScenarioWorker, type ScenarioProgress } from './ask-scenario-worker';

/** A piece of work that is started by hand, followed, and can be given up. */
export interface ScenarioTask<Kind extends ScenarioRequest['kind']> {
  /** The last answer, with what it answers. */
  readonly answered: {
    readonly answer: ScenarioAnswers[Kind];
    readonly text: string;
    readonly request: Extract<ScenarioRequest, { readonly kind: Kind }>;
  } | null;
  /** Null: nothing is under way. */
  readonly progress: ScenarioProgress | null;
  readonly error: Error | null;
  readonly start: (
    request: Extract<ScenarioRequest, { readonly kind: Kind }>,
    text: string,
  ) => Promise<boolean>;
  readonly cancel: () => void;
}

/** Runs one request at a time in a worker of this browser; leaving the page ends it. */
export function useScenarioTask<Kind extends ScenarioRequest['kind']>(): ScenarioTask<Kind> {
  const [answered, setAnswered] = useState<ScenarioTask<Kind>['answered']>(null);
  const [progress, setProgress] = useState<ScenarioProgress | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const underWay = useRef<AbortController | null>(null);
  // External system: the worker, which would go on without the page.
  useEffect(() => () => underWay.current?.abort(), []);

  const start: ScenarioTask<Kind>['start'] = async (request, text) => {
    if (underWay.current !== null) return false;
    const controller = new AbortController();
    underWay.current = controller;
    setError(null);
    setProgress({ done: 0, total: null });
    try {
      const { signal } = controller;
      const answer = await askScenarioWorker<Kind>(request, { signal, onProgress: setProgress });
      setAnswered({ answer, text, request });
      return true;
    } catch (reason) {
      if (!controller.signal.aborted) {
        setError(reason instanceof Error ? reason : new Error('The simulation failed.'));
      }
      return false;
    } finally {
      underWay.current = null;
      setProgress(null);
    }
  };
  return { answered, progress, error, start, cancel: () => underWay.current?.abort() };
}
