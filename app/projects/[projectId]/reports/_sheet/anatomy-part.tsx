import { Band, Section } from '@/app/_ui/section';
import { prepareCostMatrix } from '@/lib/charts/prepare-cost-matrix';
import { tabulateCostMatrix } from '@/lib/charts/tabulate-report';
import type { Report } from '@/lib/report/report';
import { FigureTable } from '../../forecast/figure-table';

/** What the cost is made of, by what tokens are and how they were charged; nothing in earlier reports. */
export function AnatomyPart({ report }: { readonly report: Report }) {
  const { anatomy } = report;
  if (anatomy === undefined || anatomy === null) return null;
  const matrix = prepareCostMatrix(anatomy);
  if (matrix.rows.length === 0) return null;
  return (
    <Band>
      <Section title={matrix.heading} note={matrix.method}>
        <FigureTable caption="Cost by part and cache state" {...tabulateCostMatrix(matrix)} />
      </Section>
    </Band>
  );
}
