import type { CompiledStation } from '../engine/compiled-scenario';
import type { Quantity } from '../engine/program';
import { resolveProvider } from '../providers/resolve-provider';
import type { Law } from '../scenario/law';
import type { Resource } from '../scenario/resource';
import type { LawSites } from './law-sites';

/** The laws of a resource by dotted path. */
function lawsOf(resource: Resource): Record<string, Law | undefined> {
  switch (resource.kind) {
    case 'pool':
      return {
        acquireTimeoutSec: resource.acquireTimeoutSec,
        'breakdowns.upSec': resource.breakdowns?.upSec,
        'breakdowns.repairSec': resource.breakdowns?.repairSec,
        maxLifetimeSec: resource.maxLifetimeSec,
        connectSec: resource.connectSec,
        'autoscaler.startUpSec': resource.autoscaler?.startUpSec,
      };
    case 'provider':
      return { retryAfterSec: resource.retryAfterSec, baseSec: resource.baseSec };
    case 'queue':
      return { 'autoscaler.startUpSec': resource.autoscaler?.startUpSec };
    case 'cache':
      return { ttlSec: resource.ttlSec };
    case 'store':
      return { readSec: resource.readSec, writeSec: resource.writeSec };
    case 'nodes':
      return {
        crashEverySec: resource.crashEverySec,
        restartSec: resource.restartSec,
        'autoscaler.startUpSec': resource.autoscaler?.startUpSec,
      };
    case 'limiter':
      return {};
    default:
      return resource satisfies never;
  }
}

/**
 * Lowers a resource: its preset is filled in, and its laws become quantities by path.
 *
 * @throws RangeError when its preset is not known, or lacks figures
 */
export function compileStation(
  name: string,
  given: Resource,
  laws: LawSites,
): Omit<CompiledStation, 'programPc'> {
  const resource = given.kind === 'provider' ? resolveProvider(given) : given;
  const key = `resources.${name}`;
  const quantities: Record<string, Quantity> = {};
  for (const [path, law] of Object.entries(lawsOf(resource))) {
    if (law !== undefined) quantities[path] = laws.quantity(law, `${key}/${path}`);
  }
  if (resource.kind === 'pool') {
    quantities.choice = { site: laws.uniform(`${key}/choice`), value: 1 };
  }
  return { name, resource, quantities, site: laws.uniform(`${key}/own`) };
}
