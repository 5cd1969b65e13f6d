import { formatCounted, formatUsd } from '@/lib/format';
import type { OperatingEnvelope } from '@/lib/readiness/assessment';

interface EnvelopeFactsProps {
  readonly envelope: OperatingEnvelope;
  readonly assessedAt: string; // ISO time that "valid until" is held against
}

/** The limits of a verdict as a list; what has no evidence says so. */
export function EnvelopeFacts({ envelope, assessedAt }: EnvelopeFactsProps) {
  const { validUntil } = envelope;
  const isOver = validUntil !== null && validUntil < assessedAt.slice(0, 10);
  const rows = [
    [
      'Concurrent agents',
      envelope.maxConcurrentAgents === null
        ? null
        : `up to ${formatCounted(envelope.maxConcurrentAgents, 'agent')}`,
    ],
    ['Binds first', envelope.bindingConstraint],
    [
      'Cost per session, P95',
      envelope.maxCostPerSessionUsdP95 === null
        ? null
        : `up to ${formatUsd(envelope.maxCostPerSessionUsdP95)}`,
    ],
    ['Valid until', isOver ? `${validUntil}: over, the evidence is too old` : validUntil],
  ] as const;
  return (
    <dl>
      {rows.map(([label, value]) => (
        <div
          key={label}
          className="flex items-baseline justify-between gap-4 border-t border-rule-2 py-2"
        >
          <dt className="text-ink-2">{label}</dt>
          <dd className="text-right font-medium">
            {value ?? <span className="font-normal text-ink-3">— no evidence yet</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
