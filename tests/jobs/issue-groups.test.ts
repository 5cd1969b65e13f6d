import { expect, test } from 'vitest';
import { IssueGroups } from '@/lib/jobs/issue-groups';

test('issues beyond a thousand groups go on being counted by kind, over all other files', () => {
  const groups = new IssueGroups();
  const files = 1_500;
  for (let round = 0; round < 2; round++) {
    for (let fileIndex = 0; fileIndex < files; fileIndex++) {
      const issue = { kind: 'malformed_json', count: 3, fileIndex, line: 7, message: 'x' } as const;
      groups.add(issue, `file ${fileIndex}`);
    }
  }
  groups.add({ kind: 'empty_file', count: 1, fileIndex: 0, line: null, message: 'y' }, 'file 0');
  const listed = groups.list();
  expect(listed.reduce((sum, group) => sum + group.count, 0)).toBe(2 * files * 3 + 1);
  expect(listed).toHaveLength(1_002);
  expect(listed[999]).toMatchObject({ fileName: 'file 999', count: 6, firstLine: 7 });
  expect(listed.slice(1_000)).toEqual([
    {
      kind: 'malformed_json',
      count: 3_000,
      fileName: 'other files',
      firstLine: null,
      example: 'x',
    },
    { kind: 'empty_file', count: 1, fileName: 'other files', firstLine: null, example: 'y' },
  ]);
});
