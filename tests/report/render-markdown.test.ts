import { describe, expect, test } from 'vitest';
import { evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import { buildReport } from '@/lib/report/build-report';
import { escapeMarkdown } from '@/lib/report/escape-markdown';
import { renderMarkdown } from '@/lib/report/render-markdown';
import type { Report } from '@/lib/report/report';
import {
  fixtureNow,
  makeCost,
  makeEvidence,
  makeNoEvidence,
  makeRun,
  soundSystem,
} from '../readiness/evidence-fixture';

const makeReport = (title: string, isEmpty = false): Report =>
  buildReport({
    reportId: 'report-1',
    projectName: 'Support agent',
    title,
    createdAt: fixtureNow,
    appVersion: '0.1.0',
    system: soundSystem,
    dataQuality: {
      imports: [
        {
          importId: 'import-1',
          label: 'a | b',
          format: 'otlp-json',
          sha256: 'ab12',
          files: 1,
          bytes: 10,
          records: 3,
          finishedAt: '2026-11-10T00:00:00Z',
        },
      ],
      sessions: 200,
      modelCalls: 400,
      unpricedCalls: 0,
      usageMissingCalls: 0,
      duplicatesDropped: 0,
      issues: 0,
      firstCallAt: null,
      lastCallAt: null,
    },
    cost: isEmpty ? null : makeCost(),
    run: isEmpty ? null : makeRun(),
    isRunStale: false,
    assessment: evaluateReadiness(isEmpty ? makeNoEvidence() : makeEvidence(), {
      profile: 'external',
      now: fixtureNow,
    }),
  });

describe('renderMarkdown', () => {
  test('states verdict, envelope and every check', () => {
    const text = renderMarkdown(makeReport('Launch'));
    expect(text).toMatch(/^# Ready with one condition, up to 400 concurrent agents\n/);
    expect(text).toContain('**Conditional go** for a launch of profile external');
    expect(text).toContain('- Concurrent agents: 400, Database pool: reserve limit binds first');
    for (const id of ['MEM-10', 'LOAD-01', 'POOL-03', 'ECON-13', 'OBS-01']) {
      expect(text).toMatch(new RegExp(`^\\| ${id} \\|`, 'm'));
    }
  });

  test('a name can neither break the table nor become markup, a link or a mention', () => {
    const hostile = 'x](https://evil.example) <img src=x> | @team #12 `code`\n# Head';
    const text = renderMarkdown(makeReport(hostile));
    expect(text).not.toContain('<img');
    expect(text).not.toContain('https://');
    expect(text).not.toContain('@team');
    expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
    expect(text).toContain('a \\| b');
  });

  test('is never longer than asked for, and says that it was shortened', () => {
    const report = makeReport('Launch');
    const whole = renderMarkdown(report);
    for (const maxChars of [400, 1_000, 2_500]) {
      const text = renderMarkdown(report, { maxChars });
      expect(text.length).toBeLessThanOrEqual(maxChars);
      expect(text).toContain('Shortened to fit');
    }
    expect(renderMarkdown(report, { maxChars: whole.length })).toBe(whole);
  });

  test('what is not known is a dash, never zero', () => {
    const text = renderMarkdown(makeReport('Launch', true));
    expect(text).toContain('- Concurrent agents: —');
    expect(text).toContain('Not assessed: no session has been imported');
    expect(text).not.toContain('## Cost');
  });
});

describe('escapeMarkdown', () => {
  test('cuts by characters and not inside one', () => {
    expect(escapeMarkdown('😀'.repeat(10), 5)).toBe('😀😀😀😀…');
  });

  test('a no-break space between number and unit is kept', () => {
    expect(escapeMarkdown('31\u00a0% of  time')).toBe('31\u00a0% of time');
  });
});
