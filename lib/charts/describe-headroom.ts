import { formatPercent } from '../format';
import type { LoadLineModel } from './prepare-load-line';

/** One line that says how far the planned peak is from the constraint that binds first. */
export function describeHeadroom(model: LoadLineModel): string {
  const binding = model.marks.find((mark) => mark.isBinding);
  if (binding === undefined) return 'No constraint is known yet';
  if (model.headroomShare === null)
    return `${binding.name} binds first; no planned peak is declared`;
  if (model.headroomShare < 0) return `${binding.name} binds below the planned peak`;
  const share = Math.round(model.headroomShare * 100) / 100;
  return `${formatPercent(share)} headroom before ${lowerFirst(binding.name)} binds`;
}

/** A name in the middle of a sentence; abbreviations such as "SQL pool" stay as they are. */
export function lowerFirst(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
