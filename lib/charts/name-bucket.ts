const names = new Map([
  ['inputFresh', 'Fresh input'],
  ['cacheRead', 'Cache reads'],
  ['cacheWrite5m', 'Cache writes, 5 min'],
  ['cacheWrite1h', 'Cache writes, 1 h'],
  ['cacheWriteUnknownTtl', 'Cache writes, time to live not said'],
  ['output', 'Output'],
  ['reasoning', 'Reasoning'],
  ['summaries', 'Summarising calls'],
  ['notParted', 'Calls whose cost is not parted'],
]);

/** A token kind in words; one that is not known keeps the name it came with. */
export function nameBucket(bucket: string): string {
  return names.get(bucket) ?? bucket;
}
