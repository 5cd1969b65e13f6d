import type { ModelProfile } from './model-profile';
import type { PromptHistory } from './prompt-history';

/** How one model call is to be made. */
export interface ModelCallPlan {
  readonly parentSpanId: string;
  readonly agentName: string;
  readonly model: ModelProfile;
  readonly history: PromptHistory;
  readonly startMs: number;
  readonly outputTokens: number;
  /** Every attempt is refused. */
  readonly isOutage?: boolean;
  /** The client went away before the last chunk, so no usage was reported. */
  readonly isUsageLost?: boolean;
  /** First call after the history was replaced by a summary. */
  readonly isCompacted?: boolean;
}

/** How one tool call went. */
export interface ToolCallPlan {
  readonly parentSpanId: string;
  readonly agentName: string;
  readonly toolName: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Canonical arguments; equal text is an identical call. */
  readonly arguments: string;
  readonly errorType?: string | null;
  /** Span id, where children were made before the tool call ended. */
  readonly spanId?: string;
}
