'use client';

import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

interface TooltipProps {
  readonly text: ReactNode;
  readonly children: ReactNode;
}

/** A short text on hover and focus of what it explains; hoverable, and gone on Escape. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger className="relative z-[1] inline-block min-h-6 min-w-6 cursor-help [text-align:inherit]">
        {children}
      </BaseTooltip.Trigger>
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="max-w-72 rounded-control bg-ink px-2.5 py-1.5 text-note text-paper">
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
