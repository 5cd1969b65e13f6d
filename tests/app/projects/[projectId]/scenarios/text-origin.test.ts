import { expect, test } from 'vitest';
import {
  describeOrigin,
  describeSessions,
  ownText,
} from '@/app/projects/[projectId]/scenarios/text-origin';
import { scenarioPresets } from '@/simulations/presets/scenario-presets';

const [preset] = scenarioPresets;

test('a preset is named with its lesson, in plain text', () => {
  for (const one of scenarioPresets) {
    const { chosen, lesson } = describeOrigin({ preset: one, isOwn: false });
    expect(chosen).toBe(one.id);
    expect(lesson).toMatch(/^[^`\n]+$/);
  }
});

test('a text of one’s own is not said to be a preset, nor to teach what it teaches', () => {
  expect(describeOrigin({ preset, isOwn: true })).toEqual({ chosen: ownText, lesson: null });
  expect(scenarioPresets.map(({ id }) => id)).not.toContain(ownText);
});

test('a sample whose sessions are still being made is not said to have none', () => {
  expect(describeSessions({ modelCalls: 0 }, true)).toBe('coming');
  expect(describeSessions({ modelCalls: 0 }, false)).toBe('none');
  expect(describeSessions({ modelCalls: 1 }, false)).toBe('there');
});
