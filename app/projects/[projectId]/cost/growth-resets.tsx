import { Notice } from '@/app/_ui/notice';
import { Section } from '@/app/_ui/section';
import { prepareResets } from '@/lib/charts/prepare-resets';
import type { ResetPlateau } from '@/lib/cost/growth-model';

/** Where history is cut back, how far, and what that cost as far as the trace tells. */
export function GrowthResets({ plateau }: { readonly plateau: ResetPlateau | null }) {
  const { heading, note, facts, warning } = prepareResets(plateau);
  return (
    <Section title={heading} note={note}>
      <dl>
        {facts.map((fact) => (
          <div
            key={fact.label}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 border-t border-rule-2 py-2.5 first:border-t-0 first:pt-0"
          >
            <dt>{fact.label}</dt>
            <dd className="text-right font-semibold whitespace-nowrap">{fact.value}</dd>
            <dd className="col-span-2 text-note text-pretty text-ink-3">{fact.note}</dd>
          </div>
        ))}
      </dl>
      {warning !== null && (
        <div className="mt-4">
          <Notice tone="conditional" title="Cost of compaction may be missing">
            {warning}
          </Notice>
        </div>
      )}
    </Section>
  );
}
