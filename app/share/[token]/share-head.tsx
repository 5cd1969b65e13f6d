import { Mark } from '@/app/_ui/mark';

/** Head of a shared report: where it comes from, without a way into the projects of the server. */
export function ShareHead() {
  return (
    <header className="border-b border-rule bg-sheet">
      <div className="mx-auto flex h-14 max-w-page items-center gap-3 px-4 sm:px-8 print:px-0">
        <Mark />
        <span className="font-semibold">Plimsoll</span>
        <span className="text-ink-2">launch readiness report</span>
      </div>
    </header>
  );
}
