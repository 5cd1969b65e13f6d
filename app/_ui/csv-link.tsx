'use client';

import { type CsvCell, writeCsv } from '@/lib/csv-text';
import { classNames } from './class-names';

interface CsvLinkProps {
  /** Name of the file, with or without `.csv`. */
  readonly fileName: string;
  /** What is written on it; what it holds is spoken before. */
  readonly label?: string;
  /** What the file holds, where several links stand on a page: `Cost by tool`. */
  readonly what?: string;
  /** The header and the rows, made when they are asked for. */
  readonly rows: () => readonly (readonly CsvCell[])[];
  readonly className?: string;
}

/** Downloads rows as a CSV file that is made in the browser. */
export function CsvLink({ fileName, label = 'CSV', what, rows, className }: CsvLinkProps) {
  return (
    <button
      type="button"
      onClick={() => saveText(csvName(fileName), writeCsv(rows()))}
      className={classNames(
        'inline-block min-h-6 text-note font-normal text-ink-3 underline decoration-rule underline-offset-3 hover:text-ink print:hidden',
        className,
      )}
    >
      {what !== undefined && <span className="sr-only">{what} as </span>}
      {label}
    </button>
  );
}

/** A name that every file system takes, from a heading or a name that somebody typed. */
function csvName(name: string): string {
  const plain = name
    .replace(/\.csv$/i, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${plain === '' ? 'table' : plain}.csv`;
}

function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by the next turn of its event loop.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
