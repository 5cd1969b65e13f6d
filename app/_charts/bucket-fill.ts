/** Fill of a token kind, the same everywhere: fresh input, cached, output, reasoning. */
export function bucketFill(name: string): string {
  if (/reason/i.test(name)) return 'bg-reasoning';
  if (/output/i.test(name)) return 'bg-output';
  if (/cache/i.test(name)) return 'bg-cached';
  return 'bg-fresh';
}
