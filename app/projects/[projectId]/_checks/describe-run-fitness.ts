import type { RunFitness } from '@/lib/readiness/measure-pool-run';

/** Why the newest run does not speak for the described system, in a word or two; null where it does. */
export function describeRunFitness(fitness: RunFitness): string | null {
  switch (fitness) {
    case 'usable':
    case 'no_run':
      return null;
    case 'stale':
      return 'Out of date';
    case 'other_system':
      return 'Of another pool or wait target';
    case 'what_if':
      return 'Of other think times than observed';
    case 'open_load':
      return 'Of open arrivals';
    default:
      return fitness satisfies never;
  }
}
