'use client';

import { useCallback, useState } from 'react';

/**
 * Width of an element in whole pixels, followed as it changes.
 *
 * A chart is drawn for its width, so that its text keeps its size.
 *
 * @param initialWidth width before the element is measured, and where no script runs
 */
export function useWidth(initialWidth: number) {
  const [width, setWidth] = useState(initialWidth);
  // A callback ref ties the observer (an external system) to the life of its element.
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const measure = () => {
      const next = Math.floor(element.clientWidth);
      if (next > 0) setWidth(next);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
