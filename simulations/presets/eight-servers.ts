import { definePreset } from './scenario-preset';

/** M/M/8 at 90 % load: the textbook queue, to compare with its closed form. */
export const eightServers = definePreset({
  id: 'eight-servers',
  title: 'Eight servers at 90 % load (M/M/8)',
  teaches: `Look at the mean wait of pool \`servers\`: Erlang's formula gives 0.88 s for 7.2 arrivals a
    second of 1 s each on 8 servers, and the interval holds it. Set \`ratePerSec\` to 7.6 (95 %): the
    wait more than doubles for 5 % more load. Set it to 8.2: there is no steady state any more, the
    queue grows to the end, and the growth per second is what is told.`,
  body: `
horizonSec: 4000
resources:
  servers:
    kind: pool
    slots: 8
classes:
  customer:
    arrivals: { kind: poisson, ratePerSec: 7.2 }
    program:
      - use: servers
        forSec: { law: exponential, mean: 1 }
`,
});
