'use client';

import { Button } from '@/app/_ui/button';

/** Opens the browser's own printing, which also makes a PDF. */
export function PrintButton() {
  return <Button onClick={() => window.print()}>Print</Button>;
}
