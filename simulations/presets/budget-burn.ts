import { definePreset } from './scenario-preset';

/** A few sessions that never stop asking. */
export const budgetBurn = definePreset({
  id: 'budget-burn',
  title: '80 % of a budget burnt in three days by a loop',
  teaches: `Of some 5,200 sessions in three days about twelve fall into a loop: a tool fails, the model tries
    again, and the context grows to 100,000 tokens. Compare the dollars per session of the two classes, times
    their sessions per second: the twelve spend four fifths of all the money, while latency, errors and
    utilisation look as ever. Take the comment sign from the two \`breaker\` lines: a session that has made 60
    calls is stopped, the ordinary ones never notice, and the loops cost next to nothing.`,
  body: `
horizonSec: 259200 # three days
warmUp: none
resources:
  provider:
    kind: provider
    baseSec: 2
    decodeSecPerToken: 0.02
    priceUsdPerMillion: { fresh: 3, cacheRead: 0.3, output: 15 }
breakers:
  calls of a session: { callsPerSession: 60, openSec: 3600, scope: session }
classes:
  ordinary:
    arrivals: { kind: poisson, ratePerSec: 0.02 }
    program:
      - repeat: { law: geometric, mean: 6 }
        steps:
          - attempt: call
            # breaker: calls of a session
            steps:
              - { model: provider, promptTokens: 8000, cachedTokens: 7000, outputTokens: 300 }
          - delay: { law: lognormal, median: 0.3, sigma: 1.5 } # a tool
  looping:
    arrivals: { kind: poisson, ratePerSec: 0.0000463 } # twelve in three days
    program:
      - repeat: { law: geometric, mean: 2700 } # until somebody comes to work
        steps:
          - attempt: call in a loop
            # breaker: calls of a session
            steps:
              - { model: provider, promptTokens: 101000, cachedTokens: 100000, outputTokens: 300 }
          - delay: 1 # the tool fails
`,
});
