'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { Button } from '@/app/_ui/button';
import { LiveRegion } from '@/app/_ui/live-region';
import { Notice } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { QueryFailure } from '@/app/_ui/query-failure';
import { Skeleton } from '@/app/_ui/skeleton';
import { describeComparison } from '@/lib/charts/describe-comparison';
import { ListPricesNotice } from '../_checks/list-prices-notice';
import { CompareAnswers } from './compare-answers';
import { defaultSides, readSide, type SideChoices } from './compare-side';
import { SideInputs } from './side-inputs';
import { SidePicker } from './side-picker';
import { useComparison } from './use-comparison';

interface CompareStageProps {
  readonly projectId: string;
  readonly choices: SideChoices;
}

/** Most characters of one side's address that are kept. */
const addressCharsMax = 6_200;

const parsers = { a: parseAsString, b: parseAsString };

/** The two sides of the address with what comes of them. */
export function CompareStage({ projectId, choices }: CompareStageProps) {
  const [url, setUrl] = useQueryStates(parsers, { history: 'replace' });
  const otherwise = defaultSides(choices);
  const readA = readSide((url.a ?? otherwise.a).slice(0, addressCharsMax), choices);
  const readB = readSide((url.b ?? otherwise.b).slice(0, addressCharsMax), choices);
  const [a, b] = [readA.side, readB.side];
  const answer = useComparison(projectId, a, b, true);
  const { comparison } = answer;
  const isSameSide = a.address === b.address;
  const finding =
    comparison === undefined
      ? null
      : describeComparison(comparison.outcome.costUsd?.mean ?? null, {
          isPaired: comparison.isPaired,
          isDrawing: answer.isDrawing,
        });
  const problems = [readA.problem, readB.problem].filter((problem) => problem !== null);
  return (
    <>
      <PageHead
        title={finding?.headline ?? (answer.error === null ? null : 'The comparison has no answer')}
        lede={finding?.lede}
        loadingLabel="Comparing"
      />
      <LiveRegion text={finding?.headline ?? ''} />
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3 border-b border-rule py-4">
        <SidePicker
          letter="A"
          side={a}
          choices={choices}
          onChoose={(address) => void setUrl({ a: address })}
        />
        <SidePicker
          letter="B"
          side={b}
          choices={choices}
          onChoose={(address) => void setUrl({ b: address })}
        />
        <Button onClick={() => void setUrl({ a: b.address, b: a.address })}>Swap</Button>
      </div>
      <ListPricesNotice projectId={projectId} />
      {problems.length > 0 && (
        <div className="pt-5">
          <Notice tone="conditional" title="The address asks for more than is shown">
            {problems.join(' ')}
          </Notice>
        </div>
      )}
      {isSameSide && (
        <div className="pt-5">
          <Notice title="Both sides are the same">
            Choose another side, save policies on the policies page, or import a second trace.
          </Notice>
        </div>
      )}
      {answer.error !== null && (
        <QueryFailure
          title="The sides could not be compared"
          error={answer.error}
          onRetry={answer.retry}
        />
      )}
      {comparison === undefined ? (
        answer.error === null && <Skeleton className="mt-6 h-[36rem]" />
      ) : (
        <CompareAnswers comparison={comparison} answer={answer} a={a} b={b} />
      )}
      <SideInputs projectId={projectId} a={a} b={b} facts={comparison ?? null} />
    </>
  );
}
