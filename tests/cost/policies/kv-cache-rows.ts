import type { PricedCallRow } from '@/lib/sessions/group-calls';
import { pricedRow } from '../priced-row';
import { listFiles, readJson } from '../shared-traces';

const folder = 'traces/kv-cache-tester/traces';
const blockTokens = 64;

/** Files of recorded conversations with the hash of every block of their prompts. */
export const listKvCacheFiles = (): string[] => listFiles(folder, '.json');

interface KvRequest {
  readonly t: number; //          seconds since the session began
  readonly type: string;
  readonly model: string;
  readonly in: number;
  readonly out: number;
  readonly hash_ids: readonly number[];
}

/** A call of the main thread, and what it has in common with the one before it by its blocks. */
export interface KvCacheCall {
  readonly row: PricedCallRow;
  readonly sharedTokens: number;
}

/** Main-thread calls of one conversation; what they share is told by hashes and not by sizes. */
export function readKvCacheCalls(file: string): KvCacheCall[] {
  const requests: KvRequest[] = readJson(`${folder}/${file}`).requests.filter(
    ({ type }: KvRequest) => type === 'n' || type === 's',
  );
  return requests.map((request, i) => {
    const before = requests[i - 1]?.hash_ids ?? [];
    const first = request.hash_ids.findIndex((hash, at) => hash !== before[at]);
    const blocks = first < 0 ? request.hash_ids.length : first;
    return {
      row: pricedRow({
        sessionId: file,
        model: request.model,
        startMs: request.t * 1000,
        inputFresh: request.in,
        output: request.out,
      }),
      sharedTokens: Math.min(request.in, blocks * blockTokens),
    };
  });
}
