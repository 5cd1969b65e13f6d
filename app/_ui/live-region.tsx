'use client';

import { useEffect, useRef, useState } from 'react';

const minGapMs = 1_000;

/** Says how things stand to a screen reader, politely and at most once a second. */
export function LiveRegion({ text }: { readonly text: string }) {
  const [said, setSaid] = useState('');
  const lastSaidMs = useRef(0);
  // External system: assistive technology, which would read out every change.
  useEffect(() => {
    const waitMs = Math.max(0, lastSaidMs.current + minGapMs - performance.now());
    const timer = setTimeout(() => {
      lastSaidMs.current = performance.now();
      setSaid(text);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
