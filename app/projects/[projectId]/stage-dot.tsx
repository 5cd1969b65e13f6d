import type { StageState } from '@/lib/contracts/project';

const words = {
  ready: 'ready',
  stale: 'out of date',
  attention: 'needs attention',
  empty: 'empty',
} as const satisfies Record<StageState, string>;

/** State of a stage: filled when ready, a ring otherwise, dashed when out of date; spoken as a word. */
export function StageDot({ state }: { readonly state: StageState | null }) {
  if (state === null) return <span aria-hidden="true" className="size-2" />;
  return (
    <>
      <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0">
        {shapeOf(state)}
      </svg>
      <span className="sr-only">{words[state]}: </span>
    </>
  );
}

function shapeOf(state: StageState) {
  switch (state) {
    case 'ready':
      return <circle cx="4" cy="4" r="3.2" className="fill-water" />;
    case 'stale':
      return (
        <>
          <circle
            cx="4"
            cy="4"
            r="2.9"
            className="fill-none stroke-conditional"
            strokeWidth="1.3"
          />
          <path d="M4 1.1a2.9 2.9 0 0 1 0 5.8Z" className="fill-conditional" />
        </>
      );
    case 'attention':
      return (
        <circle cx="4" cy="4" r="2.9" className="fill-none stroke-conditional" strokeWidth="1.3" />
      );
    case 'empty':
      return <circle cx="4" cy="4" r="2.9" className="fill-none stroke-ink-3" strokeWidth="1" />;
    default:
      return state satisfies never;
  }
}
