import { describe, expect, test } from 'vitest';
import { prepareQueuePath } from '@/lib/charts/prepare-queue-path';
import { exampleRun } from './example-run';

describe('prepareQueuePath', () => {
  test('a run without a path has no chart', () => {
    expect(prepareQueuePath(exampleRun({ queueLengthPath: [] }))).toBeNull();
  });

  test('a short path is kept as it is', () => {
    const atLoad = { ...exampleRun().atLoad, simulatedSec: 3_600 };
    const chart = prepareQueuePath(exampleRun({ atLoad }));
    expect(chart?.steps).toEqual([
      { timeSec: 0, waiting: 0 },
      { timeSec: 100, waiting: 3 },
      { timeSec: 200, waiting: 1 },
    ]);
    expect(chart?.endSec).toBe(3_600);
  });

  test('cutting a long path short never loses its highest peak', () => {
    const queueLengthPath = Array.from({ length: 50_000 }, (_, i) => ({
      timeSec: (i * 3_600) / 50_000,
      waiting: i === 31_415 ? 77 : i % 5,
      slotsInUse: 20,
    }));
    const chart = prepareQueuePath(exampleRun({ queueLengthPath }));
    expect(chart?.steps.length).toBeLessThanOrEqual(240);
    expect(Math.max(...(chart?.steps.map((step) => step.waiting) ?? []))).toBe(77);
    expect(chart?.summary).toContain('At most 77');
    expect(chart?.waitingTicks.at(-1)).toBeGreaterThanOrEqual(77);
  });

  test('a step holds until the next one, over spans in which nothing changed', () => {
    const queueLengthPath = [
      { timeSec: 0, waiting: 0, slotsInUse: 0 },
      ...Array.from({ length: 400 }, (_, i) => ({
        timeSec: 10 + i * 0.001,
        waiting: 5,
        slotsInUse: 20,
      })),
    ];
    const chart = prepareQueuePath(exampleRun({ queueLengthPath }));
    expect(chart?.steps.at(-1)?.waiting).toBe(5);
  });
});
