import { describe, expect, test } from 'vitest';
import { waitProbability } from '@/simulations/analytic/erlang-c';
import { halfinWhittWaitProbability } from '@/simulations/analytic/halfin-whitt';

describe('halfinWhittWaitProbability', () => {
  test.each([0.2, 1, 2])('is where Erlang C goes with many servers at β = %d', (spareFactor) => {
    const offered = 100_000;
    const servers = Math.round(offered + spareFactor * Math.sqrt(offered));
    expect(halfinWhittWaitProbability(spareFactor)).toBeCloseTo(
      waitProbability(servers, offered),
      2,
    );
  });

  test('makes nearly all wait without spare capacity', () => {
    expect(halfinWhittWaitProbability(1e-9)).toBeCloseTo(1, 8);
  });
});
