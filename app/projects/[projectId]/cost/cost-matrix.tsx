import { CsvLink } from '@/app/_ui/csv-link';
import { ScrollRegion } from '@/app/_ui/scroll-region';
import { Band, Section } from '@/app/_ui/section';
import { matrixCsv } from '@/lib/charts/cost-anatomy-csv';
import { stateNames } from '@/lib/charts/name-cost-part';
import {
  type MatrixCell,
  type MatrixRow,
  prepareCostMatrix,
} from '@/lib/charts/prepare-cost-matrix';
import type { CacheState, CostAnatomy, CostPart } from '@/lib/cost/cost-anatomy';

/** Between writing and reading a cache: the colours of both, in stripes. */
const stateFill = {
  fresh: 'bg-fresh',
  cacheRead: 'bg-cached',
  cacheWrite: 'bg-[repeating-linear-gradient(135deg,var(--fresh)_0_3px,var(--cached)_3px_6px)]',
} as const satisfies Record<CacheState, string>;

const states = ['fresh', 'cacheRead', 'cacheWrite'] as const satisfies readonly CacheState[];

function fillOf(part: CostPart, state: CacheState | null): string {
  if (state !== null) return stateFill[state];
  return part === 'reasoning' ? 'bg-reasoning' : 'bg-output';
}

/** Where the money goes: what tokens are, by how they were charged. */
export function CostMatrix({ anatomy }: { readonly anatomy: CostAnatomy }) {
  const matrix = prepareCostMatrix(anatomy);
  if (matrix.rows.length === 0) return null;
  return (
    <Band className="border-t-0">
      <Section
        title={matrix.heading}
        note={matrix.method}
        actions={
          <CsvLink
            fileName="where-the-money-goes"
            what="Cost by part and cache state"
            rows={() => matrixCsv(anatomy)}
          />
        }
      >
        <ScrollRegion label="Cost by part and cache state" className="relative overflow-x-auto">
          <table className="w-full min-w-[38rem] border-collapse">
            <caption className="sr-only">Cost and tokens by part and cache state</caption>
            <thead>
              <tr className="text-note text-ink-3">
                <th scope="col" className="pb-1.5 text-left font-medium">
                  Part
                </th>
                {states.map((state) => (
                  <th
                    key={state}
                    scope="col"
                    className="pb-1.5 pl-4 text-right font-medium whitespace-nowrap"
                  >
                    <span
                      aria-hidden="true"
                      className={`mr-1.5 inline-block size-2.5 ${stateFill[state]}`}
                    />
                    {stateNames[state]}
                  </th>
                ))}
                <th scope="col" className="pb-1.5 pl-4 text-right font-medium">
                  All
                </th>
                <th scope="col" className="pb-1.5 pl-4 text-right font-medium">
                  Share
                </th>
              </tr>
            </thead>
            <tbody>
              {matrix.rows.map((row) => (
                <Row key={row.part} row={row} shareMax={matrix.shareMax} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </Section>
    </Band>
  );
}

function Row({ row, shareMax }: { readonly row: MatrixRow; readonly shareMax: number }) {
  const isAnswer = row.cells.length === 1;
  return (
    <tr className="border-t border-rule-2 align-top">
      <th scope="row" className="w-full py-2 text-left font-normal whitespace-nowrap">
        {row.name}
        <span aria-hidden="true" data-print="colour" className="mt-1.5 flex h-2.5 w-full">
          {row.cells.map((cell) => (
            <span
              key={cell.state ?? 'answer'}
              className={fillOf(row.part, cell.state)}
              style={{ width: `${shareMax > 0 ? (100 * cell.share) / shareMax : 0}%` }}
            />
          ))}
        </span>
      </th>
      {states.map((state, index) => (
        <td key={state} className="py-2 pl-4 text-right whitespace-nowrap">
          {isAnswer ? (
            <span className="text-ink-3">
              <span aria-hidden="true">·</span>
              <span className="sr-only">answers have no cache state</span>
            </span>
          ) : (
            <Amount cell={row.cells[index]} />
          )}
        </td>
      ))}
      <td className="py-2 pl-4 text-right whitespace-nowrap">
        <span className="block font-medium">{row.cost}</span>
        <span className="block text-note text-ink-3">{row.tokens}</span>
      </td>
      <td className="py-2 pl-4 text-right whitespace-nowrap text-ink-2">{row.shareLabel}</td>
    </tr>
  );
}

function Amount({ cell }: { readonly cell: MatrixCell | undefined }) {
  if (cell === undefined) return null;
  return (
    <>
      <span className="block">{cell.cost}</span>
      <span className="block text-note text-ink-3">{cell.tokens}</span>
    </>
  );
}
