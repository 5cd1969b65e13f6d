import { definePreset } from './scenario-preset';

/** Metastable collapse. Model: M. Brooker, simple_collapse_sim, told of a tool backend. */
export const retryStorm = definePreset({
  id: 'retry-storm',
  title: 'Retry storm after a spike of five seconds',
  teaches: `A backend that slows with its load serves 40 calls a second without trouble; for five
    seconds 80 arrive. Calls time out after 3 s and are made again, up to three times, while the
    timed-out work goes on. Look at what is under way 54 s after the spike: about three runs in four
    never recover, although the load is what was fine before. Runs end at nearly all or nearly
    nothing, so their mean describes none. Take the comment sign from \`backoff\`: the retries come later,
    but each call still makes three, and nearly as many runs collapse. Take it from \`budget\`, by which
    retries are a tenth of the calls at most: every run recovers. Or set \`basePerSec\` to 20: below
    about 22 calls a second the bad state cannot hold itself.`,
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
retryBudgets:
  a tenth: { ratio: 0.1, burst: 10 }
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
          # budget: a tenth
        steps:
          - delay: { law: exponential, mean: 0.1 } # network, there
          - use: backend
            forSec: 1
          - delay: { law: exponential, mean: 0.1 } # and back
`,
});
