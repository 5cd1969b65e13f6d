'use client';

import { useRef } from 'react';

/**
 * Starts a mutation unless the one before it is still under way, so that a double click counts once.
 * (Whether it is pending is known to a render only after the second click has come.)
 *
 * @param start begins the work and calls back once it has ended either way
 */
export function useOneAtATime(start: (onSettled: () => void) => void): () => void {
  const isUnderWay = useRef(false);
  return () => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    start(() => {
      isUnderWay.current = false;
    });
  };
}
