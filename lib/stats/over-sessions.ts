import { quantileSorted } from './quantile';

/** Sessions below which no interval is stated. */
const minSessionsForInterval = 20;

const normalQuantile975 = 1.959963984540054;

/** A share with its interval over sessions. */
export interface SessionShare {
  readonly share: number;
  readonly interval95: [number, number] | null; // null below 20 sessions
  readonly sessions: number; //            sessions with something to share
}

/**
 * Ratio of two totals over sessions, with its 95 % interval.
 *
 * Sessions are the clusters: their calls are alike, so the variance is the linearised one of a
 * ratio of cluster totals, v = n/(n−1) · Σ(yᵢ − r·xᵢ)² / (Σxᵢ)².
 *
 * @param parts yᵢ per session, each at least 0
 * @param wholes xᵢ per session in the same order; sessions with xᵢ = 0 are left out
 * @returns null when all wholes are 0; the interval is clamped to [0, 1]
 * @see Cochran, Sampling Techniques, 3rd ed. (1977), §6.3
 */
export function shareOverSessions(parts: Float64Array, wholes: Float64Array): SessionShare | null {
  let part = 0;
  let whole = 0;
  let sessions = 0;
  for (let s = 0; s < wholes.length; s++) {
    const size = wholes[s] ?? 0;
    if (!(size > 0)) continue;
    part += parts[s] ?? 0;
    whole += size;
    sessions += 1;
  }
  if (sessions === 0) return null;

  const share = part / whole;
  if (sessions < minSessionsForInterval) return { share, interval95: null, sessions };
  let squares = 0;
  for (let s = 0; s < wholes.length; s++) {
    const size = wholes[s] ?? 0;
    if (size > 0) squares += ((parts[s] ?? 0) - share * size) ** 2;
  }
  const standardError = Math.sqrt(((sessions / (sessions - 1)) * squares) / (whole * whole));
  const reach = normalQuantile975 * standardError;
  return {
    share,
    interval95: [Math.max(0, share - reach), Math.min(1, share + reach)],
    sessions,
  };
}

/** A quantile with its interval over sessions. */
export interface SessionQuantile {
  readonly value: number;
  readonly interval95: [number, number] | null;
  readonly max: number;
}

/**
 * Quantile of one value per call, with its 95 % interval by inverting that of the share below it.
 *
 * @param values one per call, finite
 * @param sessionOf session of each call, below `sessionCount`
 * @param probability in (0, 1)
 * @returns null without calls; the interval is null below 20 sessions
 * @see Woodruff, Confidence intervals for medians and other position measures, JASA 47 (1952)
 */
export function quantileOverSessions(
  values: readonly number[],
  sessionOf: readonly number[],
  sessionCount: number,
  probability: number,
): SessionQuantile | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const value = quantileSorted(sorted, probability);
  const below = new Float64Array(sessionCount);
  const all = new Float64Array(sessionCount);
  for (const [row, observed] of values.entries()) {
    const session = sessionOf[row] ?? 0;
    all[session] = (all[session] ?? 0) + 1;
    if (observed <= value) below[session] = (below[session] ?? 0) + 1;
  }
  const interval = shareOverSessions(below, all);
  const reach =
    interval === null || interval.interval95 === null
      ? null
      : (interval.interval95[1] - interval.interval95[0]) / 2;
  return {
    value,
    interval95:
      reach === null
        ? null
        : [
            quantileSorted(sorted, Math.max(0, probability - reach)),
            quantileSorted(sorted, Math.min(1, probability + reach)),
          ],
    max: sorted.at(-1) ?? value,
  };
}
