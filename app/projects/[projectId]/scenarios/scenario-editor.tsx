'use client';

import { type RefObject, useId, useRef } from 'react';
import { classNames } from '@/app/_ui/class-names';
import { StatusShape } from '@/app/_ui/status-mark';
import { formatCounted } from '@/lib/format';
import type { ScenarioFileIssue } from '@/lib/scenarios/scenario-file-issue';
import { countLines, offsetOf, type TextPlace } from './caret-place';

interface ScenarioEditorProps {
  readonly text: string;
  readonly issues: readonly ScenarioFileIssue[];
  readonly canRun: boolean;
  readonly onTextChange: (text: string) => void;
}

const lineHeightPx = 20;
const paddingPx = 8;

/** The text of a scenario with its line numbers, and under it what is wrong with it. */
export function ScenarioEditor({ text, issues, canRun, onTextChange }: ScenarioEditorProps) {
  const id = useId();
  const areaRef = useRef<HTMLTextAreaElement>(null);
  const gutterRef = useRef<HTMLPreElement>(null);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        Scenario in YAML or JSON
      </label>
      <div className="flex h-[27rem] overflow-hidden rounded-control border border-control-rule bg-sheet has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-water print:hidden">
        <LineNumbers text={text} issues={issues} ref={gutterRef} />
        <textarea
          id={id}
          ref={areaRef}
          value={text}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          aria-invalid={!canRun}
          aria-describedby={`${id}-issues`}
          onChange={(event) => onTextChange(event.currentTarget.value)}
          onScroll={(event) => {
            if (gutterRef.current !== null) {
              gutterRef.current.scrollTop = event.currentTarget.scrollTop;
            }
          }}
          className="min-w-0 flex-1 resize-none overflow-auto bg-transparent px-3 font-mono text-note outline-none!"
          style={{ lineHeight: `${lineHeightPx}px`, paddingBlock: paddingPx }}
        />
      </div>
      <pre className="hidden text-note whitespace-pre-wrap print:block">{text}</pre>
      <Issues
        id={`${id}-issues`}
        issues={issues}
        canRun={canRun}
        onGo={(place) => moveCaret(areaRef, text, place)}
      />
    </div>
  );
}

/** Puts the caret where an issue is, in the middle of what is in view. */
function moveCaret(ref: RefObject<HTMLTextAreaElement | null>, text: string, place: TextPlace) {
  const area = ref.current;
  if (area === null) return;
  const at = offsetOf(text, place);
  area.focus();
  area.setSelectionRange(at, at);
  area.scrollTop = (place.line - 0.5) * lineHeightPx - area.clientHeight / 2;
  area.scrollLeft = 0;
}

interface LineNumbersProps {
  readonly text: string;
  readonly issues: readonly ScenarioFileIssue[];
  readonly ref: RefObject<HTMLPreElement | null>;
}

/** Numbers beside the lines; those with an issue are marked, which the list below says in words. */
function LineNumbers({ text, issues, ref }: LineNumbersProps) {
  const severityByLine = new Map<number, ScenarioFileIssue['severity']>();
  for (const { line, severity } of issues) {
    if (severityByLine.get(line) !== 'error') severityByLine.set(line, severity);
  }
  const numbers = Array.from({ length: countLines(text) }, (_, i) => {
    const severity = severityByLine.get(i + 1);
    return `${severity === undefined ? '' : severity === 'error' ? '× ' : '! '}${i + 1}`;
  });
  return (
    <pre
      ref={ref}
      aria-hidden="true"
      className="shrink-0 overflow-hidden border-r border-rule-2 pr-2 pl-2 text-right font-mono text-note text-ink-3 select-none"
      style={{ lineHeight: `${lineHeightPx}px`, paddingBlock: paddingPx }}
    >
      {numbers.join('\n')}
      {/* As tall as the scroll bar of the text, so that both end at the same line. */}
      {'\n\n'}
    </pre>
  );
}

interface IssuesProps {
  readonly id: string;
  readonly issues: readonly ScenarioFileIssue[];
  readonly canRun: boolean;
  readonly onGo: (place: TextPlace) => void;
}

function Issues({ id, issues, canRun, onGo }: IssuesProps) {
  if (issues.length === 0) {
    return (
      <p id={id} className="mt-2 text-note text-ink-3">
        Nothing is wrong with it, and nothing is doubtful.
      </p>
    );
  }
  return (
    <div className="mt-3">
      <p id={id} className={classNames('font-semibold', canRun ? '' : 'text-no-go')}>
        {canRun
          ? `It can be run; ${formatCounted(issues.length, 'thing')} to look at`
          : `It cannot be run: ${formatCounted(issues.length, 'thing')} to mend`}
      </p>
      <ol className="mt-1 grid max-h-56 overflow-auto print:max-h-none">
        {issues.map((issue) => (
          <li key={`${issue.line}:${issue.column}:${issue.message}`}>
            <button
              type="button"
              onClick={() => onGo(issue)}
              className="flex min-h-7 w-full items-start gap-2 border-t border-rule-2 py-1.5 text-left -outline-offset-2! hover:tint-water"
            >
              <span className="pt-0.5">
                <StatusShape tone={issue.severity === 'error' ? 'no_go' : 'conditional'} />
              </span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-medium underline decoration-rule underline-offset-3">
                  Line {issue.line}
                </span>
                {issue.severity === 'warning' && <span className="sr-only">, a warning</span>}:{' '}
                {issue.message}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
