import { definePreset } from './scenario-preset';

/** Ten minutes without a provider. Retries as the vendors' SDKs make them. */
export const providerOutage = definePreset({
  id: 'provider-outage',
  title: 'Provider outage of ten minutes, with and without a fallback',
  teaches: `Two classes call the same provider, which is down from minute 20 to minute 30; one of them
    has a fallback to another model. Compare the share of failed sessions: without fallback a sixth
    of the hour is lost, with it nothing is, at a higher cost per session. Then look at the attempts:
    the breaker lets through a trial call every 30 s, and all others go to the fallback at once.
    Delete the two lines \`breaker: primary\`: every call of those ten minutes makes three attempts at
    a provider that is down, and waits between them, before it falls back.`,
  body: `
horizonSec: 3600
warmUp: none
resources:
  primary:
    kind: provider
    baseSec: { law: lognormal, median: 1.5, sigma: 0.5 } # time to first token
    decodeSecPerToken: 0.02
    priceUsdPerMillion: { fresh: 3, cacheRead: 0.3, output: 15 }
  second choice:
    kind: provider
    baseSec: { law: lognormal, median: 2, sigma: 0.5 }
    decodeSecPerToken: 0.015
    priceUsdPerMillion: { fresh: 5, cacheRead: 0.5, output: 25 }
breakers:
  primary: { failureRate: 0.5, windowSec: 30, minimumCalls: 10, openSec: 30 }
classes:
  without fallback:
    arrivals: { kind: poisson, ratePerSec: 0.5 }
    program:
      - attempt: only call
        breaker: primary
        retry: &sdk { attempts: 3, backoff: { baseSec: 0.5, capSec: 8, jitter: downward } }
        steps:
          - &call { model: primary, promptTokens: 9000, cachedTokens: 8000, outputTokens: 250 }
  with fallback:
    arrivals: { kind: poisson, ratePerSec: 0.5 }
    program:
      - attempt: first call
        breaker: primary
        retry: *sdk
        steps: [*call]
        fallback:
          - { model: second choice, promptTokens: 9000, outputTokens: 250 }
faults:
  - { resource: primary, atSec: 1200, forSec: 600, outage: true }
`,
});
