import { definePreset } from './scenario-preset';

/** Connections held across model calls. Step times from TraceLab (2026), pool from PgBouncer's default. */
export const poolExhaustion = definePreset({
  id: 'pool-exhaustion',
  title: 'Connection pool exhausted by thinking agents',
  teaches: `Each agent takes a connection with its first query of a turn and keeps it while the model
    thinks, although its queries take 20 ms. Look at pool \`database\`: all 20 slots are in use nearly
    all the time, agents time out waiting for one, and the queries need almost none of it. Delete the
    line \`hold: turn\`: the same agents on the same pool use less than 1 % of it and nobody waits.
    More slots only move the limit; the limit is what a connection is held for.`,
  body: `
horizonSec: 7200
resources:
  database:
    kind: pool
    slots: 20 # default_pool_size of PgBouncer
    acquireTimeoutSec: 30 # connectionTimeout of HikariCP
classes:
  agent:
    arrivals:
      kind: closed
      agents: 80
      restSec: { law: lognormal, median: 60, sigma: 1.2 } # a person reads and types
    program:
      - turn:
          - use: database # load the conversation
            forSec: { law: exponential, mean: 0.02 }
            hold: turn # delete this line to give the connection back after each query
          - repeat: { law: geometric, mean: 8.8 } # model calls per request
            steps:
              - delay: { law: lognormal, median: 5.7, sigma: 1.05 } # the model writes
              - use: database # what a tool looks up
                forSec: { law: exponential, mean: 0.02 }
slos:
  - { measure: waitSec, resource: database, quantile: 0.95, atMost: 0.1 }
`,
});
