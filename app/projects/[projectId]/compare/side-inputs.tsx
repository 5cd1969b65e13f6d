'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { Section } from '@/app/_ui/section';
import type { SideFacts } from '@/lib/cost/compare/side-facts';
import type { Comparison } from '@/lib/cost/cost-worker-messages';
import { describePolicy } from '@/lib/cost/policies/describe-policy';
import { formatCount, formatCounted, formatUtc } from '@/lib/format';
import { writePolicies } from '../policies/policy-address';
import type { CompareSide } from './compare-side';

interface SideInputsProps {
  readonly projectId: string;
  readonly a: CompareSide;
  readonly b: CompareSide;
  readonly facts: Comparison | null;
}

/** What went into either side, so that it can be seen where they differ. */
export function SideInputs({ projectId, a, b, facts }: SideInputsProps) {
  const own = facts?.a ?? null;
  const opposite = facts?.b ?? null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-[52px] gap-y-7 border-t border-rule pt-5 pb-7 lg:grid-cols-2">
      <SideInput
        projectId={projectId}
        letter="A"
        side={a}
        other={b}
        facts={own}
        otherFacts={opposite}
      />
      <SideInput
        projectId={projectId}
        letter="B"
        side={b}
        other={a}
        facts={opposite}
        otherFacts={own}
      />
      {facts !== null && facts.outcome.assumptions.length > 0 && (
        <Section title="What was assumed" className="lg:col-span-2">
          <ul className="grid max-w-[51rem] gap-2">
            {facts.outcome.assumptions.map((sentence) => (
              <li key={sentence} className="border-t border-rule-2 pt-2 text-pretty">
                {sentence}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

interface SideInputProps {
  readonly letter: 'A' | 'B';
  readonly side: CompareSide;
  readonly other: CompareSide;
  readonly facts: SideFacts | null;
  readonly otherFacts: SideFacts | null;
  readonly projectId: string;
}

function SideInput({ letter, side, other, facts, otherFacts, projectId }: SideInputProps) {
  const root = `/projects/${encodeURIComponent(projectId)}`;
  const otherPolicies = new Set(other.policies.map(describePolicy));
  return (
    <Section title={`${letter}: ${side.name}`} note={sourceNote(side)}>
      <dl>
        <Input
          name="Policies"
          isDifferent={writePolicies(side.policies) !== writePolicies(other.policies)}
        >
          {side.policies.length === 0 ? (
            'none: as the sessions were run'
          ) : (
            <ol className="grid gap-0.5">
              {side.policies.map((policy) => {
                const words = describePolicy(policy);
                return (
                  <li
                    key={writePolicies([policy])}
                    className={otherPolicies.has(words) ? 'text-ink-2' : 'font-medium'}
                  >
                    {words}
                  </li>
                );
              })}
            </ol>
          )}
        </Input>
        <Input name="Sessions" isDifferent={side.importId !== other.importId}>
          {side.imported === null ? (
            'all imports of the project'
          ) : (
            <Link
              href={`${root}/import?import=${encodeURIComponent(side.imported.importId)}`}
              className="underline decoration-rule underline-offset-3 hover:text-water"
            >
              {formatCounted(side.imported.summary?.sessions ?? 0, 'session')},{' '}
              {formatCounted(side.imported.summary?.calls ?? 0, 'model call')}
            </Link>
          )}
        </Input>
        {side.imported !== null && (
          <>
            <Input
              name="Imported"
              isDifferent={other.imported !== null && side.importId !== other.importId}
            >
              {formatUtc(side.imported.createdAt)}
            </Input>
            <Input
              name="Format"
              isDifferent={
                other.imported !== null &&
                side.imported.summary?.format !== other.imported.summary?.format
              }
            >
              {side.imported.summary?.format ?? 'not recorded'},{' '}
              {formatCounted(side.imported.summary?.files ?? side.imported.files.length, 'file')}
            </Input>
          </>
        )}
        {facts !== null && (
          <Input
            name="Models"
            isDifferent={otherFacts !== null && nameModels(facts) !== nameModels(otherFacts)}
          >
            {nameModels(facts)}
          </Input>
        )}
      </dl>
      {side.imported === null && side.policies.length > 0 && (
        <p className="pt-2">
          <Link
            href={`${root}/policies?${side.set === null ? `p=${encodeURIComponent(writePolicies(side.policies))}` : `set=${encodeURIComponent(side.set.policySetId)}`}`}
            className="underline decoration-rule underline-offset-3 hover:text-water"
          >
            Open on the policies page
          </Link>
        </p>
      )}
    </Section>
  );
}

function sourceNote({ set, imported, policies }: CompareSide): string {
  if (set !== null) return `Saved policies, ${formatUtc(set.updatedAt)}`;
  if (imported !== null) return 'An import, as it was run';
  return policies.length === 0 ? 'As the sessions were run' : 'Policies that are not saved';
}

function nameModels({ byModel }: SideFacts): string {
  const names = byModel.slice(0, 4).map(({ name }) => name ?? 'not recorded');
  const more = byModel.length - names.length;
  if (names.length === 0) return 'none with a price';
  return `${names.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

interface InputProps {
  readonly name: string;
  readonly isDifferent: boolean;
  readonly children: ReactNode;
}

function Input({ name, isDifferent, children }: InputProps) {
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-4 border-t border-rule-2 py-2">
      <dt className="text-ink-2">
        {name}
        {isDifferent && <span className="block text-note text-conditional">differs</span>}
      </dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
