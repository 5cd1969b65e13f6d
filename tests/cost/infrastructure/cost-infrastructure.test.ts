import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeBreakEven } from '@/lib/charts/describe-break-even';
import { changePrice } from '@/lib/cost/infrastructure/change-price';
import { costInfrastructure } from '@/lib/cost/infrastructure/cost-infrastructure';
import { defaultRateCard } from '@/lib/cost/infrastructure/default-rate-card';
import {
  InfrastructureItem,
  RateCard,
  type TraceQuantities,
} from '@/lib/cost/infrastructure/infrastructure-cost';

/** A session of 10 model calls with 2^18 tokens of text: 1 MiB at 4 bytes a token. */
const traces: TraceQuantities = {
  sessions: 50,
  transcriptTokens: 2 ** 18,
  checkpointTokens: 5 * 2 ** 18,
  lastPromptTokens: 250_000,
  outputTokens: 2 ** 16,
  modelCalls: 10,
  calls: 25,
  queueMessages: 2,
  sessionHours: 2,
  busyHours: 0.5,
};

const month = 365.25 / 12;
const card: RateCard = {
  lines: defaultRateCard.lines.map((line) => ({ ...line, usdPerUnit: 1 })),
  state: {
    ...defaultRateCard.state,
    retentionDays: 2 * month,
    replicas: 3,
    checkpointsPerStep: 1,
    recordBytesPerCall: 2 ** 20,
    vectorsPerSession: 100,
    vectorDimensions: 2 ** 10,
    vectorQueriesPerSession: 8,
    sessionsPerWorker: 4,
  },
};
const deployment = { sessionsPerMonth: 1_024, poolSlots: 451 };

const quantityOf = (id: InfrastructureItem, of: RateCard = card, from = traces) =>
  costInfrastructure(of, from, deployment).lines.find((line) => line.id === id)?.quantityPerMonth;

describe('costInfrastructure', () => {
  // Worked by hand for 1,024 sessions a month.
  test.each([
    ['transcripts', 6, '1,024 × 1 MiB = 1 GiB, kept 2 months, 3 copies'],
    ['checkpoints', 30, 'five times the text of a transcript'],
    ['checkpoint_writes', 10.24, '1,024 × 10 writes, by the thousand'],
    ['execution_records', 150, '1,024 × 25 MiB = 25 GiB, 2 months, 3 copies'],
    ['vectors', (1_024 * 100 * 1_024 * 4 * 2) / 1e9, '100 × 1,024 floats, 2 months, in GB'],
    ['vector_queries', (1_024 * 8 * 0.25) / 1e6, 'a quarter of a read unit each'],
    ['cache_memory', 1_024 * 0.001 * 2, '1 MB held for the 2 hours of a session'],
    ['queue_messages', (1_024 * 2 * 3) / 1e6, 'send, receive, delete'],
    ['database_instances', 2 * 730.5, '451 slots need a second instance of 450'],
    ['worker_cpu', 128, '1,024 × half an hour ÷ 4 at a time × 1 vCPU'],
    ['worker_memory', 256, 'twice that in GB'],
    ['egress', 0.25, '1,024 × 256 KiB'],
  ] as const satisfies readonly (readonly [InfrastructureItem, number, string])[])(
    '%s: %d, because %s',
    (...row) => {
      const [id, expected] = row;
      expect(quantityOf(id)).toBeCloseTo(expected, 9);
    },
  );

  test('sums lines into a month and a session', () => {
    const cost = costInfrastructure(card, traces, deployment);
    const sum = cost.lines.reduce((total, line) => total + (line.usdPerMonth ?? 0), 0);
    expect(cost.usdPerMonth).toBe(sum);
    expect(cost.usdPerSession).toBe(sum / 1_024);
    expect(cost.unknown).toEqual([]);
  });

  test('a quantity or price that is not known is in no sum, and is not zero', () => {
    const cost = costInfrastructure(
      defaultRateCard,
      { ...traces, queueMessages: null, busyHours: null },
      { sessionsPerMonth: 1_024, poolSlots: null },
    );
    expect(cost.unknown).toEqual([
      'checkpoints',
      'checkpoint_writes',
      'execution_records',
      'vectors',
      'vector_queries',
      'queue_messages',
      'database_instances',
      'worker_cpu',
      'worker_memory',
    ]);
    for (const line of cost.lines) {
      if (!cost.unknown.includes(line.id)) continue;
      expect(line.usdPerMonth).toBeNull();
      expect(line.usdPerSession).toBeNull();
    }
    const queue = cost.lines.find(({ id }) => id === 'queue_messages');
    expect(queue).toMatchObject({ quantityPerMonth: null, how: 'queue calls: not in the traces' });
  });

  test('state pays until its retention costs what it saves', () => {
    const { breakEven } = costInfrastructure(card, traces, deployment, 5);
    if (breakEven?.retentionDaysMax == null) throw new Error('no break-even');
    const at = (retentionDays: number) => {
      const state = { ...card.state, retentionDays };
      return costInfrastructure({ ...card, state }, traces, deployment, 5).breakEven;
    };
    expect(at(breakEven.retentionDaysMax)?.netUsdPerSession).toBeCloseTo(0, 9);
    expect(at(breakEven.retentionDaysMax * 1.1)?.netUsdPerSession).toBeLessThan(0);
    expect(at(breakEven.retentionDaysMax * 0.9)?.netUsdPerSession).toBeGreaterThan(0);
  });

  test('fixed instances pay from the volume that carries them', () => {
    const saved = 2;
    const { breakEven } = costInfrastructure(card, traces, deployment, saved);
    if (breakEven?.sessionsPerDayMin == null) throw new Error('no break-even');
    const sessionsPerMonth = breakEven.sessionsPerDayMin * month;
    const there = costInfrastructure(card, traces, { ...deployment, sessionsPerMonth }, saved);
    expect(there.breakEven?.netUsdPerSession).toBeCloseTo(0, 9);
  });

  test('state is not said to pay while a line of it is unknown', () => {
    const isPriced = (cost: ReturnType<typeof costInfrastructure>) =>
      cost.breakEven?.unknownState.length === 0;
    const lines = costInfrastructure(card, traces, deployment, 5).lines.filter(
      ({ usdPerMonth }) => usdPerMonth !== null,
    );
    const ids = lines.map(({ id }) => id);
    const whole = { ...card, lines: card.lines.filter(({ id }) => ids.includes(id)) };
    const cost = costInfrastructure(whole, traces, deployment, 5);
    expect(isPriced(cost)).toBe(true);
    expect(describeBreakEven(cost, card.state)?.finding).toContain('State pays');
    expect(describeBreakEven(cost, card.state)?.lacking).toBeNull();

    const withoutPrice = (item: string) =>
      costInfrastructure(
        {
          ...whole,
          lines: whole.lines.map((line) =>
            line.id === item ? { ...line, usdPerUnit: null } : line,
          ),
        },
        traces,
        deployment,
        5,
      );
    const some = withoutPrice('transcripts');
    expect(some.breakEven?.unknownState).toEqual(['transcripts']);
    const words = describeBreakEven(some, card.state);
    expect(words?.finding).toMatch(/^Whether state pays is not known: .* at least /);
    expect(words?.bounds.join(' ')).not.toContain('pays');
    expect(words?.lacking).toContain('left out of what state costs, not of what it saves');
    // A line that keeps no state has no part in the comparison.
    const noEgress = withoutPrice('egress');
    expect(isPriced(noEgress)).toBe(true);
    // What is known is already too much: that stands whatever the rest costs.
    const dear = costInfrastructure(
      {
        ...whole,
        lines: whole.lines.map((line) =>
          line.id === 'transcripts' ? { ...line, usdPerUnit: null } : line,
        ),
      },
      traces,
      deployment,
      1e-12,
    );
    expect(describeBreakEven(dear, card.state)?.finding).toMatch(
      /^State costs more than it saves: at least /,
    );
  });

  test('nothing is compared without a saving or a session', () => {
    expect(costInfrastructure(card, traces, deployment).breakEven).toBeNull();
    const none = costInfrastructure(card, traces, { ...deployment, sessionsPerMonth: 0 }, 1);
    expect(none.breakEven).toBeNull();
    expect(none.usdPerSession).toBeNull();
  });

  test('scales with every price, and no sum falls with the volume', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e3, noNaN: true }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (factor, sessionsPerMonth) => {
          const at = { ...deployment, sessionsPerMonth };
          const one = costInfrastructure(card, traces, at).usdPerMonth;
          const lines = card.lines.map((line) => ({ ...line, usdPerUnit: factor }));
          const scaled = costInfrastructure({ ...card, lines }, traces, at).usdPerMonth;
          expect(scaled).toBeCloseTo(one * factor, 6 - Math.ceil(Math.log10(one * factor + 1)));
          const more = { ...at, sessionsPerMonth: sessionsPerMonth * 2 };
          expect(costInfrastructure(card, traces, more).usdPerMonth).toBeGreaterThan(one);
        },
      ),
    );
  });
});

describe('changePrice', () => {
  test('takes the source from a price that is typed over, and only from that one', () => {
    const changed = changePrice(defaultRateCard.lines, 'egress', 0.01, '2026-11-21');
    expect(changed.filter((line, i) => line !== defaultRateCard.lines[i])).toEqual([
      expect.objectContaining({ id: 'egress', usdPerUnit: 0.01, source: null, date: '2026-11-21' }),
    ]);
    const removed = changePrice(changed, 'egress', null, '2026-11-22').find(
      ({ id }) => id === 'egress',
    );
    expect(removed).toMatchObject({ usdPerUnit: null, source: null, date: null });
  });
});

describe('the default rate card', () => {
  test('has a line for each item, and a page and a day for every price', () => {
    const parsed = RateCard.parse(defaultRateCard);
    expect(parsed.lines.map(({ id }) => id)).toEqual(InfrastructureItem.options);
    for (const line of parsed.lines) {
      const isKnown = line.usdPerUnit !== null;
      expect([line.id, line.source !== null, line.date !== null]).toEqual([
        line.id,
        isKnown,
        isKnown,
      ]);
      expect(line.note).not.toBe('');
    }
  });
});
