import { definePreset } from './scenario-preset';

/** Metastable collapse. Model: M. Brooker, simple_collapse_sim, told of a tool backend. */
export const retryStorm = definePreset({
  id: 'retry-storm',
  title: 'Retry storm after a spike of five seconds',
  teaches: `A backend that slows with its load serves 40 calls a second without trouble; for five
    seconds 80 arrive. Calls time out after 3 s and are made again, up to three times, while the
    timed-out work goes on. Look at the attempts per call and at the share of failed sessions long
    after the spike: about three runs in four never recover, although the load is back to what was
    fine before. The runs end at either nearly all or nearly nothing, so a mean of them describes
    none. Take the comment sign from \`backoff\`: the retries spread out and every run recovers. Set
    \`basePerSec\` to 20: below about 22 calls a second the bad state cannot hold itself.`,
  body: `
horizonSec: 80
warmUp: none # the transient is the question
replications: 40
probeSec: [19, 30, 50, 79]
resources:
  backend:
    kind: pool
    slots: unlimited
    slowdownPerInUse: 0.01 # 1 s alone, 2 s with 100 others
classes:
  call:
    arrivals: { kind: spike, basePerSec: 40, peakPerSec: 80, atSec: 20, forSec: 5 }
    program:
      - attempt: tool
        timeoutSec: 3
        afterTimeout: continues # nobody tells the backend that the client gave up
        retry:
          attempts: 3
          # backoff: { baseSec: 1, capSec: 10, jitter: full }
        steps:
          - delay: { law: exponential, mean: 0.1 } # network, there
          - use: backend
            forSec: 1
          - delay: { law: exponential, mean: 0.1 } # and back
`,
});
