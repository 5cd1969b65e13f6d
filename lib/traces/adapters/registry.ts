import type { TraceAdapter } from '../trace-adapter';
import { claudeCodeAdapter } from './claude-code/claude-code';
import { otlpJsonAdapter } from './otlp-json/otlp-json';
import { piAdapter } from './pi/pi';

/** Every trace format that can be read, in the order in which they are named to users. */
export const traceAdapters: readonly TraceAdapter[] = [
  otlpJsonAdapter,
  claudeCodeAdapter,
  piAdapter,
];
