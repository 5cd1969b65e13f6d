import type { RandomStream } from '@/lib/stats/random-stream';

/** What the traces of one session have in common. */
export interface SampleSession {
  readonly stream: RandomStream;
  /** 0-based number among the sessions of the same agent; decides the planned oddities. */
  readonly index: number;
  readonly startMs: number;
  readonly conversationId: string;
  readonly userId: string | null; //     null: ran without a known identity
  readonly hasContent: boolean; //       inputs and outputs were captured, as placeholders
}
