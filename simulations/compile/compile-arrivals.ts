import type { CompiledArrivals } from '../engine/compiled-scenario';
import type { Arrivals } from '../scenario/arrivals';
import { type ProfilePoint, profilePoints } from '../scenario/profile-points';
import type { LawSites } from './law-sites';

const unitExponential = { law: 'exponential', mean: 1 } as const;

/** Lowers the arrivals of a class; `key` is the path of its laws. */
export function compileArrivals(arrivals: Arrivals, laws: LawSites, key: string): CompiledArrivals {
  const unit = () => laws.quantity(unitExponential, `${key}/unit`);
  switch (arrivals.kind) {
    case 'closed':
      return {
        kind: 'closed',
        agents: arrivals.agents,
        rest: laws.quantityOr(arrivals.restSec, 0, `${key}/rest`),
        start: arrivals.start ?? 'resting',
      };
    case 'poisson':
      return {
        kind: 'gaps',
        gap:
          arrivals.ratePerSec === 0
            ? { site: -1, value: Number.POSITIVE_INFINITY }
            : { site: unit().site, value: 1 / arrivals.ratePerSec },
        batch: laws.quantityOr(arrivals.batch, 1, `${key}/batch`),
      };
    case 'renewal':
      return {
        kind: 'gaps',
        gap: laws.quantity(arrivals.gapSec, `${key}/gap`),
        batch: laws.quantityOr(arrivals.batch, 1, `${key}/batch`),
      };
    case 'recorded':
      return {
        kind: 'times',
        atSec: Float64Array.from(arrivals.atSec).sort(),
        repeatEverySec: arrivals.repeatEverySec ?? Number.POSITIVE_INFINITY,
      };
    case 'burst':
      return {
        kind: 'times',
        atSec: new Float64Array(arrivals.sessions).fill(arrivals.atSec ?? 0),
        repeatEverySec: Number.POSITIVE_INFINITY,
      };
    case 'sinusoid':
      return {
        kind: 'sinusoid',
        meanPerSec: arrivals.meanPerSec,
        amplitudePerSec: arrivals.amplitudePerSec,
        periodSec: arrivals.periodSec,
        unit: unit(),
        accept: laws.uniform(`${key}/accept`),
      };
    case 'modulated':
      return {
        kind: 'modulated',
        ratePerSec: Float64Array.from(arrivals.states, ({ ratePerSec }) => ratePerSec),
        staySec: Float64Array.from(arrivals.states, ({ staySec }) => staySec),
        unit: unit(),
        stay: laws.quantity(unitExponential, `${key}/stay`),
      };
    case 'profile':
      return {
        kind: 'rate',
        ...compilePoints(profilePoints(arrivals), arrivals.between === 'linear'),
        repeatEverySec: arrivals.repeatEverySec ?? Number.POSITIVE_INFINITY,
        unit: unit(),
      };
    case 'ramp': {
      const { fromPerSec, toPerSec, overSec } = arrivals;
      return {
        kind: 'rate',
        atSec: Float64Array.of(0, overSec),
        fromPerSec: Float64Array.of(fromPerSec, toPerSec),
        toPerSec: Float64Array.of(toPerSec, toPerSec),
        repeatEverySec: Number.POSITIVE_INFINITY,
        unit: unit(),
      };
    }
    case 'spike': {
      const { basePerSec, peakPerSec, atSec, forSec } = arrivals;
      const rates = Float64Array.of(basePerSec, peakPerSec, basePerSec);
      return {
        kind: 'rate',
        atSec: Float64Array.of(0, atSec, atSec + forSec),
        fromPerSec: rates,
        toPerSec: rates,
        repeatEverySec: Number.POSITIVE_INFINITY,
        unit: unit(),
      };
    }
    default:
      return arrivals satisfies never;
  }
}

/** Rates after each point and before the next one. */
function compilePoints(points: readonly ProfilePoint[], isLinear: boolean) {
  const fromPerSec = Float64Array.from(points, ({ ratePerSec }) => ratePerSec);
  const toPerSec = Float64Array.from(points, ({ ratePerSec }, i) =>
    isLinear && i + 1 < points.length ? points[i + 1].ratePerSec : ratePerSec,
  );
  return { atSec: Float64Array.from(points, ({ atSec }) => atSec), fromPerSec, toPerSec };
}
