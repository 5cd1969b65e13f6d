import { definePreset } from './scenario-preset';

/** Many callers of one expired entry. */
export const cacheStampede = definePreset({
  id: 'cache-stampede',
  title: 'Cache stampede at every expiry',
  teaches: `One popular entry lives for 20 s and takes half a second to fetch. Divide the fetches of
    \`answers\` by its expiries: at every expiry all callers miss together until the first fetch is
    back, more than forty of them, and queue for up to four seconds at an \`origin\` whose mean utilisation
    of 15 % shows nothing. Set \`singleFlight: true\`: one fetch per expiry, and nobody waits for the
    origin any more.`,
  body: `
horizonSec: 600
resources:
  answers:
    kind: cache
    ttlSec: 20
    singleFlight: false # true: one fetch, and the others wait for it
  origin:
    kind: pool
    slots: 8
classes:
  caller:
    arrivals: { kind: poisson, ratePerSec: 200 }
    program:
      - get: answers
        miss:
          - use: origin
            forSec: { law: erlang, mean: 0.5, stages: 4 }
slos:
  - { measure: waitSec, resource: origin, quantile: 0.95, atMost: 0.5 }
`,
});
