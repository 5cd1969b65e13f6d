import type { CompiledStation } from '../engine/compiled-scenario';
import type { Kernel } from '../engine/kernel';
import type { Station } from '../engine/station';
import { CacheStation } from './cache-station';
import { LimiterStation } from './limiter-station';
import { NodesStation } from './nodes-station';
import { createPoolStation } from './pool/create-pool-station';
import { ProviderStation } from './provider-station';
import { QueueStation } from './queue-station';
import { StoreStation } from './store-station';

/** Makes the station of a resource. */
export function createStation(kernel: Kernel, index: number, station: CompiledStation): Station {
  const { kind } = station.resource;
  switch (kind) {
    case 'pool':
      return createPoolStation(kernel, index, station);
    case 'limiter':
      return new LimiterStation(kernel, index, station);
    case 'cache':
      return new CacheStation(kernel, index, station);
    case 'provider':
      return new ProviderStation(kernel, index, station);
    case 'store':
      return new StoreStation(kernel, index, station);
    case 'queue':
      return new QueueStation(kernel, index, station);
    case 'nodes':
      return new NodesStation(kernel, index, station);
    default:
      return kind satisfies never;
  }
}
