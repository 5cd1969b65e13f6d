import type { CompiledStation } from '@/simulations/engine/compiled-scenario';
import type { Kernel } from '@/simulations/engine/kernel';
import { op } from '@/simulations/engine/op';
import type { Station } from '@/simulations/engine/station';
import { PoolStation } from '../pool-station';
import { QueuedPoolStation } from './queued-pool-station';
import { SharingStation } from './sharing-station';

/** Fields that the plain pool knows; any other asks for the one that knows them all. */
const plainFields = new Set(['kind', 'slots', 'discipline', 'acquireTimeoutSec']);

function isPlain(kernel: Kernel, index: number, { resource }: CompiledStation): boolean {
  if (resource.kind !== 'pool' || (resource.discipline ?? 'fifo') !== 'fifo') return false;
  const fields = Object.entries(resource).filter(([, value]) => value !== undefined);
  if (!fields.every(([name]) => plainFields.has(name))) return false;
  const { faults, instructions } = kernel.compiled;
  if (faults.some(({ station }) => station === index)) return false;
  return !instructions.op.some(
    (code, pc) => code === op.acquire && instructions.a[pc] === index && instructions.b[pc] > 1,
  );
}

/** Makes the station of a pool: the plain one where it does all that is asked for. */
export function createPoolStation(
  kernel: Kernel,
  index: number,
  station: CompiledStation,
): Station {
  if (station.resource.kind === 'pool' && station.resource.discipline === 'sharing') {
    return new SharingStation(kernel, index, station);
  }
  if (isPlain(kernel, index, station)) return new PoolStation(kernel, index, station);
  return new QueuedPoolStation(kernel, index, station);
}
