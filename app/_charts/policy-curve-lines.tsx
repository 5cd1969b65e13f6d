import { useId } from 'react';
import { placeLabels } from '@/lib/charts/place-labels';
import type { PolicyCurveChart } from '@/lib/charts/prepare-policy-curve';
import { linearScale, type Scale } from '@/lib/charts/scale';
import { formatCount, formatTokens, formatUsd } from '@/lib/format';
import { bandPath, chartText, FootTicks, HatchPattern, linePath, Rows } from './svg-parts';

const top = 8;
const costBottom = 236;
const promptTop = 300;

/** Where the lower part ends, in pixels from the top of the chart. */
export const policyCurveBottom = 376;

interface LinesProps {
  readonly chart: PolicyCurveChart;
  readonly x: Scale;
  readonly left: number;
  readonly right: number;
}

type Point = PolicyCurveChart['points'][number];

/** Median and band of the cumulative cost on both sides. */
export function PolicyCostLines({ chart, x, left, right }: LinesProps) {
  const y = linearScale([0, chart.usdTicks.at(-1) ?? 1], [costBottom, top]);
  const at = (read: (point: Point) => number) =>
    chart.points.map((point) => [x(point.call), y(read(point))] as const);
  return (
    <g>
      <Rows ticks={chart.usdTicks} y={y} left={left} right={right} format={formatAxisUsd} />
      <path
        d={bandPath(
          at((point) => point.todayUsd.p90),
          at((point) => point.todayUsd.p10),
        )}
        className="fill-water"
        fillOpacity={0.13}
      />
      {chart.hasChange && (
        <path
          d={bandPath(
            at((point) => point.changedUsd.p90),
            at((point) => point.changedUsd.p10),
          )}
          className="fill-output"
          fillOpacity={0.13}
        />
      )}
      <FewSessions chart={chart} x={x} from={top} to={costBottom} right={right} isNamed />
      <TwoLines
        chart={chart}
        today={linePath(at((point) => point.todayUsd.p50))}
        changed={linePath(at((point) => point.changedUsd.p50))}
      />
      <SideLabels chart={chart} x={x} y={y} bounds={[top, costBottom + 6]} />
      <FootTicks
        ticks={chart.callTicks}
        x={x}
        y={costBottom + 19}
        format={formatCount}
        unit="calls"
      />
    </g>
  );
}

/** Mean prompt of each call on both sides, on the x of the cost above. */
export function PolicyPromptLines({ chart, x, left, right }: LinesProps) {
  const y = linearScale([0, chart.tokenTicks.at(-1) ?? 1], [policyCurveBottom, promptTop]);
  const at = (read: (point: Point) => number) =>
    linePath(chart.points.map((point) => [x(point.call), y(read(point))]));
  return (
    <g>
      <text x={0} y={promptTop - 18} className="fill-ink-2 text-[13px]">
        Prompt tokens per call, mean
      </text>
      <Rows ticks={chart.tokenTicks} y={y} left={left} right={right} format={formatTokens} />
      <FewSessions chart={chart} x={x} from={promptTop} to={policyCurveBottom} right={right} />
      <TwoLines
        chart={chart}
        today={at((point) => point.todayPromptTokensMean)}
        changed={at((point) => point.changedPromptTokensMean)}
      />
    </g>
  );
}

interface TwoLinesProps {
  readonly chart: PolicyCurveChart;
  readonly today: string;
  readonly changed: string;
}

const dashed = { strokeDasharray: '5 4' } as const;

/** A measured side solid, a modelled one dashed. */
function TwoLines({ chart, today, changed }: TwoLinesProps) {
  return (
    <>
      <path
        d={today}
        fill="none"
        className="stroke-water"
        strokeWidth={2.25}
        {...(chart.isModelled.a ? dashed : {})}
      />
      {chart.hasChange && (
        <path
          d={changed}
          fill="none"
          className="stroke-output"
          strokeWidth={2.25}
          {...(chart.isModelled.b ? dashed : {})}
        />
      )}
    </>
  );
}

interface FewSessionsProps {
  readonly chart: PolicyCurveChart;
  readonly x: Scale;
  readonly from: number;
  readonly to: number;
  readonly right: number;
  readonly isNamed?: boolean;
}

/** Hatching where fewer than ten sessions are left. */
function FewSessions({ chart, x, from, to, right, isNamed = false }: FewSessionsProps) {
  const hatchId = useId();
  const { observedCalls, lastCall } = chart;
  if (observedCalls >= lastCall) return null;
  const start = x(observedCalls);
  return (
    <>
      <defs>
        <HatchPattern id={hatchId} />
      </defs>
      <rect x={start} y={from} width={right - start} height={to - from} fill={`url(#${hatchId})`} />
      {isNamed && right - start > 80 && (
        <text x={start + 6} y={from + 13} className={chartText.quiet}>
          few sessions
        </text>
      )}
    </>
  );
}

interface SideLabelsProps {
  readonly chart: PolicyCurveChart;
  readonly x: Scale;
  readonly y: Scale;
  readonly bounds: readonly [number, number];
}

const sideTone = { a: 'fill-water', b: 'fill-output-ink' } as const;

/** The name of each line where that line ends, apart from each other. */
function SideLabels({ chart, x, y, bounds }: SideLabelsProps) {
  const places = placeLabels(
    chart.ends.map(({ usd }) => ({ position: y(usd), size: 16 })),
    bounds,
  );
  return chart.ends.map(({ side, call, usd }, index) => (
    <text
      key={side}
      x={x(call) + 8}
      y={(places[index] ?? y(usd)) + 4}
      className={`${sideTone[side]} chart-halo text-[12.5px] font-semibold`}
    >
      {chart.names[side]}
    </text>
  ));
}

function formatAxisUsd(value: number): string {
  return formatUsd(value, 'compact');
}
