import { definePreset } from './scenario-preset';

/** Medians that fit a budget, and tails that do not. */
export const latencyBudget = definePreset({
  id: 'latency-budget',
  title: 'Latency budget of 2 s that takes 3 s',
  teaches: `Six steps in a row were planned with what each usually takes: 0.1 + 0.25 + 0.15 + 0.5 + 0.7
    + 0.2 s, 1.9 s in all, within the budget of 2 s. Look at the P95 of the sessions: 3 s, since each
    step has its tail, and the search queues at its four workers. Goodput counts only answers within
    the deadline: two in five. Ask for 40 tokens of answer in place of 90 (\`mean: 0.31\`), and put the
    check of the question beside the search in a \`parallel\`: the P95 comes down by half a second.
    Twice the search workers alone move it by a tenth of a second.`,
  body: `
horizonSec: 1800
resources:
  search:
    kind: pool
    slots: 4
classes:
  question:
    arrivals: { kind: poisson, ratePerSec: 8 }
    deadlineSec: 2
    program:
      - turn:
          - delay: { law: lognormal, median: 0.1, sigma: 0.5 } # network and log-in
          - use: search
            forSec: { law: lognormal, median: 0.25, sigma: 0.6 }
          - delay: { law: lognormal, median: 0.15, sigma: 0.5 } # check of the question
          - delay: { law: lognormal, median: 0.5, sigma: 0.5 } # first token of the model
          - delay: { law: gamma, mean: 0.7, cv: 0.21 } # 90 tokens of answer
          - delay: { law: lognormal, median: 0.2, sigma: 0.7 } # check of the answer
slos:
  - { measure: responseSec, class: question, quantile: 0.95, atMost: 2 }
`,
});
