import { engineVersion } from '@/simulations/engine-version';
import { hashOf, type ImportSelection } from './session-source';

/** Hash of what a run depends on besides its scenario: the imports and the engine. */
export function simulationInputHash(selection: ImportSelection): string {
  return hashOf([selection.hash, engineVersion]);
}
