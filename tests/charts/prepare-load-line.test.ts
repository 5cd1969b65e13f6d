import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LoadLineConstraint, prepareLoadLine } from '@/lib/charts/prepare-load-line';

const pool: LoadLineConstraint = {
  name: 'Database pool',
  agents: 412,
  basis: 'simulated',
  isBinding: true,
};
const queue: LoadLineConstraint = { ...pool, name: 'Worker queue', agents: 910, isBinding: false };

describe('prepareLoadLine', () => {
  test('the axis has a tick at 1 and 3 of each decade, and the heavy line is the binding one', () => {
    const model = prepareLoadLine([queue, pool], 300);
    expect(model.ticks.map((tick) => tick.agents)).toEqual([10, 30, 100, 300, 1_000]);
    expect(model.marks.map((mark) => [mark.name, mark.isBinding])).toEqual([
      ['Worker queue', false],
      ['Database pool', true],
    ]);
    const hundred = model.ticks.find((tick) => tick.agents === 100);
    const ten = model.ticks.find((tick) => tick.agents === 10);
    const thousand = model.ticks.find((tick) => tick.agents === 1_000);
    expect((hundred?.y ?? 0) - (ten?.y ?? 0)).toBeCloseTo(
      (thousand?.y ?? 0) - (hundred?.y ?? 0),
      12,
    );
  });

  test('the summary states the headroom as 1 − peak ÷ binding load', () => {
    const model = prepareLoadLine([queue, pool], 300);
    expect(model.headroomShare).toBeCloseTo(112 / 412, 12);
    expect(model.summary.replaceAll('\u00a0', ' ')).toBe(
      'Database pool binds first, at 412 concurrent agents; the planned peak of 300 leaves 27.2 % headroom.',
    );
  });

  test('a peak above the line is said to be above it', () => {
    expect(prepareLoadLine([pool], 500).summary).toBe(
      'Database pool binds first, at 412 concurrent agents, below the planned peak of 500.',
    );
  });

  test('nothing known draws nothing and says so', () => {
    const model = prepareLoadLine([], null);
    expect(model.marks).toEqual([]);
    expect(model.water).toBeNull();
    expect(model.summary).toBe('Neither a constraint nor the planned peak is known yet.');
    expect(prepareLoadLine([], 300).summary).toContain('No constraint is known yet');
  });

  test('a constraint that no agent satisfies stands at the foot of the scale', () => {
    const model = prepareLoadLine([{ ...pool, agents: 0 }], 300);
    expect(model.marks[0]?.y).toBe(0);
    expect(model.headroomShare).toBeNull();
    expect(model.summary).toContain('below the planned peak');
  });

  test('for any constraints, everything lies in [0, 1] and no two labels overlap', () => {
    const constraint = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      agents: fc.double({ min: 0, max: 1e6, noNaN: true }),
      basis: fc.constant('simulated' as const),
      isBinding: fc.constant(false),
    });
    fc.assert(
      fc.property(
        fc.array(constraint, { maxLength: 20 }),
        fc.option(fc.integer({ min: 1, max: 1_000_000 })),
        fc.double({ min: 0.03, max: 0.3, noNaN: true }),
        (constraints, peak, labelHeight) => {
          const model = prepareLoadLine(constraints, peak, { labelHeight });
          const labels = [...model.marks.map((mark) => mark.labelY), model.water?.labelY ?? null]
            .filter((y) => y !== null)
            .sort((a, b) => a - b);
          for (const y of [...model.marks.map((mark) => mark.y), ...model.ticks.map((t) => t.y)]) {
            expect(y).toBeGreaterThanOrEqual(-1e-9);
            expect(y).toBeLessThanOrEqual(1 + 1e-9);
          }
          for (const [index, y] of labels.entries()) {
            expect(y - labelHeight / 2).toBeGreaterThanOrEqual(-1e-9);
            expect(y + labelHeight / 2).toBeLessThanOrEqual(1 + 1e-9);
            const next = labels[index + 1];
            if (next !== undefined) expect(next - y).toBeGreaterThanOrEqual(labelHeight - 1e-9);
          }
          expect(model.marks.filter((mark) => mark.isBinding)).toHaveLength(
            constraints.length === 0 ? 0 : 1,
          );
          const binding = model.marks.find((mark) => mark.isBinding);
          if (binding !== undefined && labelHeight <= 0.3) expect(binding.labelY).not.toBeNull();
        },
      ),
    );
  });
});
