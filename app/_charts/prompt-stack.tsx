import type { PromptBar } from '@/lib/charts/prepare-cost-growth';
import type { Scale } from '@/lib/charts/scale';

interface PromptStackProps {
  readonly bar: PromptBar;
  readonly x: Scale;
  readonly y: Scale;
  readonly bottom: number;
}

/** The mean prompt of some calls as a stacked bar: re-sent below, new on top. */
export function PromptStack({ bar, x, y, bottom }: PromptStackProps) {
  const from = x(bar.fromCall - 1);
  const gap = Math.min(2, (x(bar.toCall) - from) * 0.16);
  const width = Math.max(0.5, x(bar.toCall) - from - gap);
  const resentTop = y(bar.resentTokens);
  const newTop = y(bar.resentTokens + bar.newTokens);
  return (
    <g>
      <rect
        x={from + gap / 2}
        y={resentTop}
        width={width}
        height={bottom - resentTop}
        className="fill-cached"
      />
      <rect
        x={from + gap / 2}
        y={newTop}
        width={width}
        height={resentTop - newTop}
        className="fill-fresh"
      />
    </g>
  );
}

interface PromptStackLabelsProps {
  readonly last: PromptBar;
  readonly y: Scale;
  readonly left: number;
  readonly bottom: number;
}

/** Names the two parts of the bars beside the last of them, apart where they would touch. */
export function PromptStackLabels({ last, y, left, bottom }: PromptStackLabelsProps) {
  const newAt = (y(last.resentTokens + last.newTokens) + y(last.resentTokens)) / 2;
  const resentAt = (y(last.resentTokens) + bottom) / 2;
  const lower = Math.min(bottom - 2, Math.max(resentAt, newAt + 16));
  const upper = Math.min(newAt, lower - 16);
  return (
    <g>
      <text x={left} y={upper + 4} className="fill-water text-[12px]">
        new
      </text>
      <text x={left} y={lower + 4} className="fill-ink-2 text-[12px]">
        re-sent
      </text>
    </g>
  );
}
