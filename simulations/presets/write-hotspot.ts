import { definePreset } from './scenario-preset';

/** One row that everybody writes. */
export const writeHotspot = definePreset({
  id: 'write-hotspot',
  title: 'Write hotspot: one row that every agent updates',
  teaches: `120 agents work for some 6 s and then write to one of 1,000 rows, each write locking its row
    for 0.3 s. The store would take 64 writes at once and is hardly used; but by Zipf's law one row gets a
    fifth of the writes, and writes of one row follow each other. Look at the seconds per second that
    the hottest row of \`ledger\` is locked: nearly 1, so every agent that comes to it waits behind
    the others. Set \`exponent\` to 0, so that writes spread over all rows: the wait vanishes, and
    sessions per second rise to what the work alone allows. More \`writeSlots\` change nothing.`,
  body: `
horizonSec: 3600
resources:
  ledger:
    kind: store
    writeSlots: 64
    writeSec: { law: exponential, mean: 0.3 } # a row is locked for it
classes:
  agent:
    arrivals: { kind: closed, agents: 120 }
    program:
      - delay: { law: lognormal, median: 5, sigma: 0.6 } # the model decides
      - write: ledger
        key: { law: zipf, items: 1000, exponent: 1.2 } # 0 spreads the writes evenly
`,
});
