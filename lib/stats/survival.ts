const normalQuantile975 = 1.959963984540054;

/** A Kaplan–Meier curve just after one observed time. */
export interface SurvivalStep {
  readonly time: number;
  readonly atRisk: number; //          subjects that reached this time, this one's own included
  readonly events: number; //          of them, ended here
  readonly censored: number; //        of them, last seen here and not known to have ended
  readonly survival: number; //        P(T > time), in [0, 1]
  readonly variance: number; //        Greenwood; NaN once nobody is left
  readonly interval95: readonly [number, number] | null; // null where survival is 0 or 1
}

/** How long subjects last when some were still going at the last look. */
export interface SurvivalCurve {
  readonly steps: readonly SurvivalStep[]; // rising in time, one per distinct time
  readonly subjects: number;
  readonly events: number;
  readonly censored: number;
  /** Smallest time with survival of at most one half; null where the curve never falls to it. */
  readonly median: number | null;
}

/**
 * Kaplan–Meier estimate of survival with right-censoring.
 *
 * S(t) is the product of 1 − dᵢ/nᵢ over times up to t. A subject that is censored at the time of
 * another's end counts as still at risk there. The variance is Greenwood's,
 * S² · Σ dᵢ / (nᵢ(nᵢ − dᵢ)), the 95 % band that of log(−log S), which stays inside [0, 1].
 *
 * @param times one per subject, finite and at least 0, any unit
 * @param isEvent 1 where the subject ended at its time, 0 where it was only last seen there
 * @throws RangeError when the lengths differ or a time is outside its range
 * @see Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data (2002), §1.4
 */
export function kaplanMeier(times: ArrayLike<number>, isEvent: ArrayLike<number>): SurvivalCurve {
  const subjects = times.length;
  if (isEvent.length !== subjects) {
    throw new RangeError(`Got ${subjects} times and ${isEvent.length} events, expected as many.`);
  }
  const order = sortSubjects(times);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let greenwoodSum = 0;
  let endedInAll = 0;
  for (let first = 0; first < subjects; ) {
    const time = times[order[first]];
    let end = first;
    let events = 0;
    for (; end < subjects && times[order[end]] === time; end++) {
      if (isEvent[order[end]] === 1) events++;
    }
    const atRisk = subjects - first;
    survival *= (atRisk - events) / atRisk;
    if (events > 0) greenwoodSum += events / (atRisk * (atRisk - events));
    steps.push({
      time,
      atRisk,
      events,
      censored: end - first - events,
      survival,
      variance: survival === 0 ? Number.NaN : survival * survival * greenwoodSum,
      interval95: bandOf(survival, greenwoodSum),
    });
    endedInAll += events;
    first = end;
  }
  return {
    steps,
    subjects,
    events: endedInAll,
    censored: subjects - endedInAll,
    // The product of many quotients may miss one half by its last digits.
    median: steps.find((step) => step.survival <= 0.5 + 1e-12)?.time ?? null,
  };
}

function sortSubjects(times: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(times.length);
  for (let i = 0; i < order.length; i++) {
    if (!(times[i] >= 0 && times[i] < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`Got a time of ${times[i]} when expected a finite one of at least 0.`);
    }
    order[i] = i;
  }
  return order.sort((a, b) => times[a] - times[b]);
}

/** 95 % band of the log-log transform; none where the transform has no value. */
function bandOf(survival: number, greenwoodSum: number): [number, number] | null {
  if (survival <= 0 || survival >= 1) return null;
  const reach = (normalQuantile975 * Math.sqrt(greenwoodSum)) / Math.abs(Math.log(survival));
  return [survival ** Math.exp(reach), survival ** Math.exp(-reach)];
}
