import { describe, expect, test } from 'vitest';
import { draftOf, readDraft } from '@/app/projects/[projectId]/readiness/declared-draft';
import { defaultSystemDescription, SystemDescription } from '@/lib/system/system-description';

describe('what is declared about the imported traces', () => {
  test.each([true, false, null])('%s is shown and read back', (tracesAreComplete) => {
    const system = { ...defaultSystemDescription, tracesAreComplete };
    expect(readDraft(draftOf(system), system)).toEqual({ system });
  });

  test('a description from before it could be declared does not say', () => {
    const { tracesAreComplete, ...before } = defaultSystemDescription;
    const system = SystemDescription.parse(before);
    expect(draftOf(system).traces).toBe('unsaid');
  });
});
