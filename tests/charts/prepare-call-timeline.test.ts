import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prepareCallTimeline, type TimelineInput } from '../../lib/charts/prepare-call-timeline';

function call(change: Partial<TimelineInput> & { callId: string }): TimelineInput {
  return {
    kind: 'model',
    threadId: 'main',
    agentName: null,
    model: 'm',
    toolName: null,
    startMs: 0,
    endMs: 0,
    errorType: null,
    ...change,
  };
}

describe('prepareCallTimeline', () => {
  test('has nothing to draw where no call has a time', () => {
    expect(prepareCallTimeline([])).toBeNull();
    expect(prepareCallTimeline([call({ callId: 'a', startMs: null })])).toBeNull();
  });

  test('keeps proportions where nothing is idle for long', () => {
    const timeline = prepareCallTimeline([
      call({ callId: 'a', startMs: 1_000, endMs: 4_000 }),
      call({ callId: 'b', kind: 'tool', toolName: 'search', startMs: 4_000, endMs: 5_000 }),
    ]);
    expect(timeline?.cuts).toEqual([]);
    const [a, b] = timeline?.lanes[0]?.bars ?? [];
    expect([a?.from, a?.to, b?.from, b?.to]).toEqual([0, 0.75, 0.75, 1]);
    expect(b?.atSec).toBe(3);
    expect(timeline?.heading).toMatch(/75\s% of the 4\.0\ss/);
  });

  test('cuts an idle hour to 3.5 % of the busy time and says how long it was', () => {
    const timeline = prepareCallTimeline([
      call({ callId: 'a', startMs: 0, endMs: 10_000 }),
      call({ callId: 'b', startMs: 3_610_000, endMs: 3_620_000 }),
    ]);
    const [cut] = timeline?.cuts ?? [];
    expect(cut?.idleSec).toBe(3_600);
    expect((cut?.to ?? 0) - (cut?.from ?? 0)).toBeCloseTo(0.035 / 1.035, 12);
    expect(timeline?.ticks.map((tick) => tick.atSec)).toEqual([0, 3_610]);
  });

  test('puts the main thread first, then the busiest, and counts those left out', () => {
    const threads = Array.from({ length: 20 }, (_, index) =>
      call({ callId: `s${index}`, threadId: `sub-${index}`, startMs: index, endMs: index + 1 }),
    );
    const timeline = prepareCallTimeline([
      ...threads,
      call({ callId: 'x', threadId: 'sub-7', startMs: 30, endMs: 31 }),
      call({ callId: 'main', startMs: 40, endMs: 41 }),
    ]);
    expect(timeline?.lanes.slice(0, 2).map((lane) => lane.threadId)).toEqual(['main', 'sub-7']);
    expect(timeline?.lanesLeftOut).toBe(5);
  });

  test('every bar lies within the axis and bars keep the order of their starts', () => {
    const times = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 100_000 })),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(times, (starts) => {
        const timeline = prepareCallTimeline(
          starts.map(([startMs, lengthMs], index) =>
            call({ callId: String(index), startMs, endMs: startMs + lengthMs }),
          ),
        );
        const bars = timeline?.lanes[0]?.bars ?? [];
        expect(bars.length).toBe(starts.length);
        bars.forEach((bar, index) => {
          expect(bar.from).toBeGreaterThanOrEqual(0);
          expect(bar.to).toBeLessThanOrEqual(1 + 1e-12);
          expect(bar.to).toBeGreaterThanOrEqual(bar.from);
          expect(bar.from).toBeGreaterThanOrEqual(bars[index - 1]?.from ?? 0);
        });
      }),
    );
  });
});
