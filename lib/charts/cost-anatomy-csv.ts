import type {
  AnatomyLine,
  CostAnatomy,
  CostCell,
  CostDifference,
  ToolLine,
} from '../cost/cost-anatomy';
import type { CsvCell } from '../csv-text';
import { explain } from './describe-difference';
import { exactUsd } from './exact-usd';
import { type AnatomySplit, linesOf } from './prepare-anatomy-lines';

type CsvRows = (readonly CsvCell[])[];

const cellColumns = ['part', 'cache_state', 'tokens', 'unpriced_tokens', 'list_cost_usd'] as const;

const cellRow = ({ part, state, tokens, unpricedTokens, costPicoUsd }: CostCell): CsvCell[] => [
  part,
  state,
  tokens,
  unpricedTokens,
  exactUsd(costPicoUsd),
];

/** The whole by part and state, one row each; costs to the last digit. */
export function matrixCsv({ whole }: CostAnatomy): CsvRows {
  return [cellColumns, ...whole.cells.map(cellRow)];
}

/** One breakdown by name, part and state; costs to the last digit. */
export function splitCsv(split: AnatomySplit, anatomy: CostAnatomy): CsvRows {
  return [
    ['kind', split, ...cellColumns],
    ...linesOf(split, anatomy).flatMap((line: AnatomyLine | ToolLine) =>
      line.cells.map((cell): CsvCell[] => [line.kind, line.name, ...cellRow(cell)]),
    ),
  ];
}

/** The dearest sessions, one row for each reason. */
export function dearestCsv({ dearest }: CostAnatomy): CsvRows {
  return [
    [
      'session_id',
      'list_cost_usd',
      'times_median',
      'priced_calls',
      'factor',
      'above_median_usd',
      'reason',
    ],
    ...dearest.flatMap((session): CsvRows => {
      const head = [
        session.sessionId,
        exactUsd(session.costPicoUsd),
        session.timesMedian,
        session.pricedCalls,
      ];
      if (session.factors.length === 0) return [[...head, null, null, session.sentence]];
      return session.factors.map(({ factor, aboveMedianUsd, text }) => [
        ...head,
        factor,
        aboveMedianUsd,
        text,
      ]);
    }),
  ];
}

/** List against recorded cost, one row for each model and service tier. */
export function differenceCsv(difference: CostDifference): CsvRows {
  return [
    [
      'model',
      'service_tier',
      'calls',
      'list_cost_usd',
      'recorded_cost_usd',
      'explanation',
      'in_words',
    ],
    ...difference.lines.map((line): CsvCell[] => [
      line.model,
      line.serviceTier,
      line.calls,
      exactUsd(line.listCostPicoUsd),
      exactUsd(line.recordedCostPicoUsd),
      line.explanation.kind,
      explain(line.explanation),
    ]),
  ];
}
