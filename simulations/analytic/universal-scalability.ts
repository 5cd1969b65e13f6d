import { checkAbove, checkAtLeast, checkProbability } from './check-argument';

/** Coefficients of the universal scalability law. */
export interface ScalabilityLaw {
  readonly ratePerSecOfOne: number; // γ, throughput of one worker, above 0
  readonly contention: number; //      α, share of work done one at a time, 0 to 1
  readonly coherency: number; //       β, cost per pair of workers, at least 0
}

function checkLaw(law: ScalabilityLaw): void {
  checkAbove('per second of one worker', law.ratePerSecOfOne, 0);
  checkProbability('contention', law.contention);
  checkAtLeast('as coherency', law.coherency, 0);
}

/**
 * Throughput of n workers, X(n) = γn/(1 + α(n − 1) + βn(n − 1)).
 *
 * @param workers n, at least 0; need not be whole
 * @returns per second
 * @throws RangeError when an argument is outside its stated range
 * @see Gunther, Guerrilla Capacity Planning (2007)
 */
export function scaledThroughputPerSec(law: ScalabilityLaw, workers: number): number {
  checkLaw(law);
  checkAtLeast('workers', workers, 0);
  const { ratePerSecOfOne, contention, coherency } = law;
  return (
    (ratePerSecOfOne * workers) /
    (1 + contention * (workers - 1) + coherency * workers * (workers - 1))
  );
}

/**
 * Number of workers at which throughput is largest, √((1 − α)/β).
 *
 * @returns not rounded, at least 0; Infinity for β = 0 below full contention
 * @throws RangeError when an argument is outside its stated range
 */
export function peakWorkers(law: ScalabilityLaw): number {
  checkLaw(law);
  if (law.contention === 1) return 0;
  return Math.sqrt((1 - law.contention) / law.coherency);
}
