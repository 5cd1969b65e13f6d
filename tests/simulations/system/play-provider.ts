import { expect } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import { Scenario } from '@/simulations/scenario/scenario';

/** A provider, a call and the load on it, where they are not the usual. */
export interface ProviderPlay {
  readonly provider?: object;
  readonly call?: object;
  readonly arrivals?: object;
  readonly program?: readonly object[];
  readonly faults?: readonly object[];
  readonly horizonSec?: number;
  readonly seed?: number;
}

/** The call that is made where a play does not say. */
export const call = { model: 'llm', promptTokens: 1_000, outputTokens: 100 };

/** One replication of sessions that call one provider, all told. */
export function playProvider(how: ProviderPlay) {
  const { horizonSec = 1_000, faults = [], arrivals = { kind: 'burst', sessions: 1 } } = how;
  const scenario = Scenario.parse({
    plimsoll: 1,
    name: 'provider',
    horizonSec,
    resources: { llm: { kind: 'provider', ...how.provider } },
    classes: { agents: { arrivals, program: how.program ?? [{ ...call, ...how.call }] } },
    faults,
  });
  const compiled = compileScenario(scenario);
  const job = { seed: how.seed ?? 1, replication: 0, horizonSec, maxEvents: 1e7 };
  const result = playReplication(compiled, job);
  expect(result.stopReason).toBeNull();
  const total = (pick: (index: number) => number) =>
    result.stationWindows[0].reduce((sum, _, index) => sum + pick(index), 0);
  const names = result.counterNames[0];
  const windows = result.stationWindows[0];
  const classes = result.classWindows[0];
  return {
    requests: total((i) => windows[i].requests),
    counter: (name: string) => {
      expect(names).toContain(name);
      return total((i) => windows[i].counters[names.indexOf(name)]);
    },
    failures: (cause: string) =>
      total((i) => windows[i].failuresByCause[compiled.causes.indexOf(cause)]),
    failed: total((i) => windows[i].failuresByCause.reduce((sum, count) => sum + count, 0)),
    waitSec: total((i) => windows[i].waitingIntegralSec),
    busySec: total((i) => windows[i].inUseIntegralSec),
    mostInFlight: Math.max(
      ...windows.map((w) =>
        w.timeSecByInUse.length > 0 ? w.firstInUse + w.timeSecByInUse.length - 1 : 0,
      ),
    ),
    session: (
      field:
        | 'succeeded'
        | 'spentUsd'
        | 'wastedUsd'
        | 'spentTokens'
        | 'wastedTokens'
        | 'unpricedTokens',
    ) => classes.reduce((sum, window) => sum + window[field], 0),
    unfinished: result.unfinishedSessions[0],
  };
}
