'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent } from 'react';
import { useSingleKeys } from './single-keys';

type RowVirtualizer = Virtualizer<HTMLDivElement, Element>;

/** Says when the end of the loaded rows comes near. */
export function useEndReached(
  virtualizer: RowVirtualizer,
  count: number,
  onEndReached: (() => void) | undefined,
): void {
  const lastShown = virtualizer.getVirtualItems().at(-1)?.index ?? -1;
  const isNearEnd = count > 0 && lastShown >= count - 20;
  const announce = useEffectEvent(() => onEndReached?.());
  // External system: the scroll position, as the virtualizer reports it. Told again whenever rows
  // have come and the end is still near.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (isNearEnd) announce();
  }, [isNearEnd, count]);
}

/** Moves the focus from row link to row link with `j` and `k`. */
export function useRowMoves(
  scrollRef: { readonly current: HTMLDivElement | null },
  virtualizer: RowVirtualizer,
  count: number,
): void {
  const move = (by: number) => {
    if (count === 0) return;
    const focused = document.activeElement?.closest('[data-row]')?.getAttribute('data-row');
    const from = focused === null || focused === undefined ? (by > 0 ? -1 : 0) : Number(focused);
    const to = Math.min(count - 1, Math.max(0, from + by));
    virtualizer.scrollToIndex(to);
    // The row may only be in the page once the scroll has been drawn.
    requestAnimationFrame(() =>
      scrollRef.current
        ?.querySelector<HTMLElement>(`[data-row="${to}"] [data-row-target]`)
        ?.focus({ preventScroll: true }),
    );
  };
  useSingleKeys(count === 0 ? noKeys : { j: () => move(1), k: () => move(-1) });
}

const noKeys = {};
