import { performance } from 'node:perf_hooks';

/** Timers of Node.js are late or early by up to this; the rest is waited for turn by turn. */
const timerReserveMs = 1.6;

/**
 * Waits to within about 0.05 ms, where `setTimeout` alone is 0 to 2 ms late.
 *
 * Sleeps until shortly before the moment and then asks the clock once per turn of the event loop,
 * so that answers of the database are taken meanwhile.
 *
 * @param signal ends the wait at once, without an error
 */
export function delayPrecisely(durationSec: number, signal: AbortSignal): Promise<void> {
  const dueMs = performance.now() + durationSec * 1_000;
  return new Promise((resolve) => {
    const poll = () => {
      if (signal.aborted || performance.now() >= dueMs) resolve();
      else setImmediate(poll);
    };
    const sleepMs = Math.floor(durationSec * 1_000 - timerReserveMs);
    if (sleepMs < 1) {
      poll();
      return;
    }
    const wake = () => {
      signal.removeEventListener('abort', wake);
      clearTimeout(timer);
      poll();
    };
    const timer = setTimeout(wake, sleepMs);
    signal.addEventListener('abort', wake, { once: true });
  });
}
