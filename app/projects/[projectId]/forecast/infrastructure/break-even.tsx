import { describeBreakEven } from '@/lib/charts/describe-break-even';
import type {
  InfrastructureCost,
  StateDescription,
} from '@/lib/cost/infrastructure/infrastructure-cost';

interface BreakEvenProps {
  readonly cost: InfrastructureCost;
  readonly state: StateDescription;
}

/** When state costs more than the tokens it saves, in sentences. */
export function BreakEven({ cost, state }: BreakEvenProps) {
  const words = describeBreakEven(cost, state);
  if (words === null) {
    return (
      <p className="mt-3 text-pretty text-ink-2">
        Choose a policy set such as retrieval memory or caching: its replay says what it saves.
      </p>
    );
  }
  return (
    <div className="mt-3 grid gap-1.5">
      <p className="font-semibold">{words.finding}</p>
      {words.bounds.map((sentence) => (
        <p key={sentence} className="text-ink-2">
          {sentence}
        </p>
      ))}
      {words.lacking !== null && (
        <p className="text-note text-pretty text-ink-3">{words.lacking}</p>
      )}
    </div>
  );
}
