import type { ReactNode } from 'react';
import { classNames } from './class-names';

/** A state that is told by shape and word as well as by colour. */
export type StatusTone = 'go' | 'conditional' | 'no_go' | 'unknown';

const toneText = {
  go: 'text-go',
  conditional: 'text-conditional',
  no_go: 'text-no-go',
  unknown: 'text-ink-2',
} as const satisfies Record<StatusTone, string>;

const toneTint = {
  go: 'tint-go',
  conditional: 'tint-conditional',
  no_go: 'tint-no-go',
  unknown: 'tint-unknown',
} as const satisfies Record<StatusTone, string>;

const defaultWord = {
  go: 'Go',
  conditional: 'Conditional go',
  no_go: 'No go',
  unknown: 'Not assessed',
} as const satisfies Record<StatusTone, string>;

/** The shape of a state alone: ring with check, triangle, crossed square or dashed ring. */
export function StatusShape({
  tone,
  size = 16,
}: {
  readonly tone: StatusTone;
  readonly size?: number;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={classNames('shrink-0', toneText[tone])}
    >
      {shapeOf(tone)}
    </svg>
  );
}

function shapeOf(tone: StatusTone): ReactNode {
  switch (tone) {
    case 'go':
      return (
        <>
          <circle cx="8" cy="8" r="6.5" />
          <path d="M5.2 8.2l2 2 3.6-4" />
        </>
      );
    case 'conditional':
      return (
        <>
          <path d="M8 2L14.5 13.5H1.5Z" />
          <path d="M8 6.5v3M8 11.5v.01" />
        </>
      );
    case 'no_go':
      return (
        <>
          <rect x="2" y="2" width="12" height="12" rx="1" />
          <path d="M5.5 5.5l5 5M10.5 5.5l-5 5" />
        </>
      );
    case 'unknown':
      return <circle cx="8" cy="8" r="6.5" strokeDasharray="2.6 2.5" />;
    default:
      return tone satisfies never;
  }
}

interface StatusMarkProps {
  readonly tone: StatusTone;
  /** The word of the state; the usual one when left out. */
  readonly children?: ReactNode;
  /** `badge`: on a tint, above a finding. `inline`: shape and word. `shape`: the word is only spoken. */
  readonly variant?: 'badge' | 'inline' | 'shape';
}

/** A state as shape, colour and word. */
export function StatusMark({ tone, children, variant = 'inline' }: StatusMarkProps) {
  const word = children ?? defaultWord[tone];
  if (variant === 'shape') {
    return (
      <span className="inline-flex">
        <StatusShape tone={tone} />
        <span className="sr-only">{word}</span>
      </span>
    );
  }
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-2 align-middle font-semibold',
        toneText[tone],
        variant === 'badge' && 'rounded-control px-2.5 py-1',
        variant === 'badge' && toneTint[tone],
      )}
      data-print={variant === 'badge' ? 'colour' : undefined}
    >
      <StatusShape tone={tone} />
      {word}
    </span>
  );
}
