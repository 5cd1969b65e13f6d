'use client';

import { Tooltip } from './tooltip';

/** An em dash for a number that is not known, with the reason on hover, focus and for a screen reader. */
export function UnknownValue({ reason }: { readonly reason: string }) {
  return (
    <Tooltip text={reason}>
      <span aria-hidden="true">—</span>
      <span className="sr-only">not known: {reason}</span>
    </Tooltip>
  );
}
