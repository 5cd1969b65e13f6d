import { BlockStatistics } from '../measure/block-statistics';
import { ClassStatistics } from '../measure/class-statistics';
import { Attempts } from '../policies/attempts';
import { createStation } from '../system/create-station';
import { ArrivalSources } from './arrival-sources';
import type { CompiledScenario } from './compiled-scenario';
import { FaultTimeline } from './fault-timeline';
import { Kernel } from './kernel';
import { Sessions } from './sessions';

/** Makes a kernel with its stations, policies and sources, at time 0 with everything in place. */
export function createKernel(
  compiled: CompiledScenario,
  seed: number,
  replication: number,
): Kernel {
  const causes = compiled.causes.length;
  return new Kernel(compiled, { seed, replication }, (kernel) => ({
    sessions: new Sessions(
      kernel,
      compiled.classes.map(() => new ClassStatistics(kernel.clock, causes)),
    ),
    attempts: new Attempts(
      kernel,
      compiled.blocks.map(() => new BlockStatistics(kernel.clock, causes)),
    ),
    arrivals: new ArrivalSources(
      kernel,
      compiled.classes.map(({ arrivals }) => arrivals),
    ),
    stations: compiled.stations.map((station, index) => createStation(kernel, index, station)),
  }));
}

/** Sets the load going: agents of closed classes, and the first arrival of the others. */
export function startLoad(kernel: Kernel): void {
  new FaultTimeline(kernel).start();
  kernel.compiled.classes.forEach(({ arrivals }, sessionClass) => {
    if (arrivals.kind !== 'closed') return;
    for (let i = 0; i < arrivals.agents; i++) {
      const root = kernel.sessions.addAgent(sessionClass);
      if (arrivals.start === 'together') {
        kernel.sessions.begin(root);
        kernel.goOn(root);
      } else kernel.sessions.rest(root);
    }
  });
  kernel.arrivals.start();
}
