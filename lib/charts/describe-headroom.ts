import { formatPercent } from '../format';
import { nameConstraint } from './name-constraint';
import type { LoadLineModel } from './prepare-load-line';

/** One line that says how far the planned peak is from the constraint that binds first. */
export function describeHeadroom(model: LoadLineModel): string {
  const binding = model.marks.find((mark) => mark.isBinding);
  if (binding === undefined) return 'No constraint is known yet';
  const name = nameConstraint(binding.name);
  if (model.headroomShare === null) return `The ${name} binds first; no planned peak is declared`;
  if (model.headroomShare < 0) return `The ${name} binds below the planned peak`;
  const share = Math.round(model.headroomShare * 100) / 100;
  return `${formatPercent(share)} headroom before the ${name} binds`;
}
