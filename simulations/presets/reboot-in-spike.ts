import { definePreset } from './scenario-preset';

/** Sockets that come back all at once to fewer nodes. */
export const rebootInSpike = definePreset({
  id: 'reboot-in-spike',
  title: 'Reboot of a node in a traffic spike',
  teaches: `Agents keep a socket for the minutes that their answer takes. Four nodes of 120 sockets carry the
    spike at 90 %, and three carry the usual load; but the reboot falls into the spike, and the
    sessions of the lost node come back to three that are nearly full. Look at the share of requests
    that fail at \`gateway\`, \`queue_full\` among them, and at the failed sessions. Delete the fault:
    nothing fails. Move it to \`atSec: 600\`, before the spike: nothing fails either. Set \`nodes: 5\`: one
    node to spare at the peak carries both at once. More \`attempts\` only knock more often.`,
  body: `
horizonSec: 5400
warmUp: none
probeSec: [1700, 2000, 2300, 3500, 5300]
resources:
  gateway:
    kind: nodes
    nodes: 4
    socketsPerNode: 120
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
          - release: gateway
faults:
  - { resource: gateway, atSec: 2100, forSec: 600, killNodes: 1 }
slos:
  - { measure: failureShare, class: agent, atMost: 0.01 }
`,
});
