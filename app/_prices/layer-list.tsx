'use client';

import type { DataColumn } from '@/app/_ui/data-column';
import { DataTable } from '@/app/_ui/data-table';
import { Section } from '@/app/_ui/section';
import { describeAge } from '@/lib/charts/describe-prices';
import { layerLabel } from '@/lib/charts/describe-unit-prices';
import type { PriceLayer } from '@/lib/contracts/prices';
import { formatCount, formatUtcDate } from '@/lib/format';

interface LayerListProps {
  readonly layers: readonly PriceLayer[];
  readonly nowMs: number;
}

/** The layers of a price book, the one that decides first at the top, and how newer data comes in. */
export function LayerList({ layers, nowMs }: LayerListProps) {
  const columns: readonly DataColumn<PriceLayer>[] = [
    {
      id: 'layer',
      header: 'Layer',
      width: 180,
      isRowHeader: true,
      cell: ({ layer }) => layerLabel[layer],
    },
    { id: 'book', header: 'Book', width: 200, isGrowing: true, cell: ({ book }) => book },
    {
      id: 'date',
      header: 'As of',
      width: 210,
      cell: ({ date }) => `${formatUtcDate(date)}, ${describeAge(date, nowMs)}`,
    },
    {
      id: 'entries',
      header: 'Entries',
      width: 90,
      align: 'right',
      cell: ({ entries }) => formatCount(entries),
    },
    {
      id: 'origin',
      header: 'Origin',
      width: 170,
      cell: ({ sha256 }) =>
        sha256 === null ? 'installed' : <code title={sha256}>sha256 {sha256.slice(0, 12)}</code>,
    },
  ];
  return (
    <Section
      title="Of several layers that have a price, the first decides"
      note={
        <>
          Newer base data is read from a file that you fetched:{' '}
          <code>plimsoll prices update FILE</code>. Nothing is downloaded by itself.
        </>
      }
    >
      <DataTable
        caption="Layers of the price book"
        columns={columns}
        rows={layers}
        rowId={({ layer, book }) => `${layer}:${book}`}
        maxHeight="none"
      />
    </Section>
  );
}
