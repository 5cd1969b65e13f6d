'use client';

import { useCallback, useState } from 'react';
import { flushSync } from 'react-dom';

/** Width on paper: A4 or Letter between its margins, in pixels at 96 to the inch. */
const paperWidth = 680;

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
    // Paper is narrower than the screen; the drawing has to be there when this handler returns.
    const fitPaper = () => flushSync(() => setWidth((now) => Math.min(now, paperWidth)));
    observer.observe(element);
    window.addEventListener('beforeprint', fitPaper);
    window.addEventListener('afterprint', measure);
    measure();
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', fitPaper);
      window.removeEventListener('afterprint', measure);
    };
  }, []);
  return { ref, width };
}
