import { definePreset } from './scenario-preset';

/** Many callers of one expired entry. */
export const cacheStampede = definePreset({
  id: 'cache-stampede',
  title: 'Cache stampede at every expiry',
  teaches: `One popular entry lives for 60 s and takes half a second to fetch. Look at the requests of
    pool \`origin\`: at every expiry all callers of that half second miss together, so the origin gets
    a burst of them, queues, and answers later still, which lets more of them miss. Between expiries
    it idles, so its mean utilisation says nothing. Set \`singleFlight: true\`: one call per expiry,
    and the P99 of the sessions falls to the time of one fetch.`,
  body: `
horizonSec: 1800
resources:
  answers:
    kind: cache
    ttlSec: 60
    singleFlight: false # true: one fetch, and the others wait for it
  origin:
    kind: pool
    slots: 8
classes:
  caller:
    arrivals: { kind: poisson, ratePerSec: 60 }
    program:
      - get: answers
        miss:
          - use: origin
            forSec: { law: erlang, mean: 0.5, stages: 4 }
slos:
  - { measure: responseSec, class: caller, quantile: 0.99, atMost: 0.5 }
`,
});
