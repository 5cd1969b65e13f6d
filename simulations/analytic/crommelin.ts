import { checkAtLeast, checkCount } from './check-argument';
import type { OpenQueue } from './erlang-c';

/**
 * Mean wait in M/D/c, first come first served; with one server also that of requests which a client
 * sends at most one per `serviceTimeSec` (pacing).
 *
 * The number waiting, seen every D seconds, is Q' = (Q + Poisson(a) − c)⁺ (Crommelin, Franx). Its
 * mean needs the c − 1 roots in the unit disc of zᶜ = exp(a(z − 1)), that is of
 * z = ω·exp(ρ(z − 1)) for each c-th root of unity ω, found by Newton's method:
 *
 *   Lq = a/(2(c − a)) − a/2 − (c − 1)/2 + Σ 1/(1 − z).
 *
 * Exact to about 1e-15·c customers; a few microseconds per ten servers at any ρ below 1.
 *
 * @returns seconds; null when a ≥ c, where the queue grows without end
 * @throws RangeError when servers < 1 or a rate or time is negative or not finite
 * @see Crommelin, P.O. Electrical Engineers' Journal 26 (1933); Franx, Operations Research Letters 29
 * (2001); Janssen and van Leeuwaarden, Stochastic Processes and their Applications 115 (2005)
 */
export function deterministicServiceWaitSec(queue: OpenQueue): number | null {
  const { servers, arrivalRatePerSec, serviceTimeSec } = queue;
  checkCount('servers', servers, 1);
  checkAtLeast('arrivals per second', arrivalRatePerSec, 0);
  checkAtLeast('seconds of service time', serviceTimeSec, 0);
  const offeredLoadErlangs = arrivalRatePerSec * serviceTimeSec;
  if (offeredLoadErlangs >= servers) return null;
  if (offeredLoadErlangs === 0) return 0;
  const utilization = offeredLoadErlangs / servers;
  let roots = 0;
  // Roots come in conjugate pairs, whose imaginary parts cancel.
  for (let k = 1; 2 * k < servers; k++)
    roots += 2 * rootTerm((2 * Math.PI * k) / servers, utilization);
  if (servers % 2 === 0) roots += rootTerm(Math.PI, utilization);
  const queueLength =
    offeredLoadErlangs / (2 * (servers - offeredLoadErlangs)) -
    (offeredLoadErlangs + servers - 1) / 2 +
    roots;
  return Math.max(0, queueLength) / arrivalRatePerSec;
}

/** Real part of 1/(1 − z) for the root z = exp(i·angle + ρ(z − 1)) in the unit disc. */
function rootTerm(angle: number, utilization: number): number {
  let x = Math.exp(-utilization) * Math.cos(angle);
  let y = Math.exp(-utilization) * Math.sin(angle);
  for (let step = 0; step < 60; step++) {
    const size = Math.exp(utilization * (x - 1));
    const mappedX = size * Math.cos(angle + utilization * y);
    const mappedY = size * Math.sin(angle + utilization * y);
    const slopeX = 1 - utilization * mappedX;
    const slopeY = -utilization * mappedY;
    const norm = slopeX * slopeX + slopeY * slopeY;
    const gapX = x - mappedX;
    const gapY = y - mappedY;
    const stepX = (gapX * slopeX + gapY * slopeY) / norm;
    const stepY = (gapY * slopeX - gapX * slopeY) / norm;
    x -= stepX;
    y -= stepY;
    if (Math.abs(stepX) + Math.abs(stepY) < 1e-15) break;
  }
  return (1 - x) / ((1 - x) ** 2 + y * y);
}
