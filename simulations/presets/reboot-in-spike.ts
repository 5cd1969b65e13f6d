import { definePreset } from './scenario-preset';

/** Sockets that come back all at once to fewer nodes. */
export const rebootInSpike = definePreset({
  id: 'reboot-in-spike',
  title: 'Reboot of a node in a traffic spike',
  teaches: `Agents keep a socket for the minutes that their answer takes. Four nodes carry the usual load with
    room, and three of them would; but the reboot falls into a spike, and the sessions of
    the lost node come back to the others within seconds. Look at the share of refused connections at \`gateway\` and
    at the failed sessions. Delete the fault: the spike alone is carried. Move it to
    \`atSec: 600\`, before the spike: the reboot alone is carried, too. Or raise \`nodes\` to 6: both at once are.`,
  body: `
horizonSec: 5400
warmUp: none
probeSec: [1700, 2000, 2300, 3500, 5300]
resources:
  gateway:
    kind: nodes
    nodes: 4
    socketsPerNode: 150
classes:
  agent:
    arrivals: { kind: spike, basePerSec: 1.2, peakPerSec: 2.2, atSec: 1800, forSec: 900 }
    program:
      - attempt: connected
        retry:
          attempts: 4
          backoff: { baseSec: 1, capSec: 20, jitter: equal }
        steps:
          - acquire: gateway
          - repeat: { law: geometric, mean: 8.8 } # model calls and tools of one request
            steps:
              - delay: { law: lognormal, median: 15, sigma: 0.9 }
              - checkpoint: true # a crashed session goes on from here
          - release: gateway
faults:
  - { resource: gateway, atSec: 2100, forSec: 300, killNodes: 1 }
slos:
  - { measure: failureShare, class: agent, atMost: 0.01 }
`,
});
