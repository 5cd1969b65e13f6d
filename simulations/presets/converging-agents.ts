import { definePreset } from './scenario-preset';

/** Optimistic writes of agents that read the same version. */
export const convergingAgents = definePreset({
  id: 'converging-agents',
  title: 'Ten parallel agents converging on one plan',
  teaches: `Ten agents read the same plan, let the model work on it, and write it back if nobody else has
    in between. Of those who read one version only one gets through; the others start again. Look
    at the attempts per call and at the wasted share of tokens: ten edits take nearly fifty model
    calls, and a session lasts as long as a dozen of them in a row. Move the \`model\` line above the
    \`read\` line: agents then think first, and read and write at the end, so hardly any edit meets
    another, and nearly nothing is wasted.`,
  body: `
horizonSec: 20000
resources:
  plan:
    kind: store
    readSec: 0.005
    writeSec: 0.01
  provider:
    kind: provider
    baseSec: { law: lognormal, median: 5.7, sigma: 0.7 }
    priceUsdPerMillion: { fresh: 3, cacheRead: 0.3, output: 15 }
classes:
  swarm:
    arrivals: { kind: closed, agents: 2, restSec: { law: exponential, mean: 60 } }
    program:
      - parallel:
          - - attempt: edit
              retry: { attempts: 100, backoff: { baseSec: 0.1, capSec: 2, jitter: full } }
              steps:
                - read: plan
                - { model: provider, promptTokens: 12000, cachedTokens: 8000, outputTokens: 350 }
                - { write: plan, ifUnchanged: true }
                - verify: plan
        count: 10
        join: all
`,
});
