'use client';

import { useId, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { inputClass } from '@/app/_ui/text-field';
import type { Project } from '@/lib/contracts/project';
import { formatCount } from '@/lib/format';
import { maxScenarioChars } from '@/lib/scenarios/find-text-fault';
import { scenarioPresets } from '@/simulations/presets/scenario-presets';
import { DraftButton } from './draft-button';
import { addressCharsMax } from './scenario-address';
import { fileNameOf } from './scenario-command';
import { describeOrigin, ownText } from './text-origin';
import type { ScenarioText } from './use-scenario-text';

interface PresetPanelProps {
  readonly project: Project;
  readonly chosen: ScenarioText;
}

/** Where the text comes from: a preset with its lesson, the project, a file, or one's own hand. */
export function PresetPanel({ project, chosen }: PresetPanelProps) {
  const id = useId();
  const { preset, text, isOwn, isInAddress } = chosen;
  const origin = describeOrigin(chosen);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        Start from
      </label>
      <select
        id={id}
        value={origin.chosen}
        onChange={(event) => {
          const found = scenarioPresets.find((one) => one.id === event.currentTarget.value);
          if (found !== undefined) chosen.open(found);
        }}
        className={`${inputClass} w-full truncate pr-1 print:hidden`}
      >
        {isOwn && <option value={ownText}>Your own text</option>}
        {scenarioPresets.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </select>
      {origin.lesson !== null && (
        <>
          <h2 className="mt-4 text-body font-semibold">What it teaches</h2>
          <p className="mt-1 text-pretty text-ink-2">{origin.lesson}</p>
        </>
      )}
      {isOwn && (
        <div className="mt-4 border-t border-rule-2 pt-3">
          <p className="font-medium text-conditional">The text is yours</p>
          <p className="mt-1 text-note text-pretty text-ink-3">
            {isInAddress
              ? 'It is kept in the address of this page: whoever has the address has the text.'
              : `It is longer than ${formatCount(addressCharsMax)} characters, so it is kept on this page only and is gone when you leave it. Save it to a file to keep it.`}
          </p>
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-2 print:hidden">
        <DraftButton project={project} onText={chosen.edit} />
        <OpenFile onText={chosen.edit} />
        <Button onClick={() => saveFile(text)}>Save to a file</Button>
        {isOwn && <Button onClick={() => chosen.open(preset)}>Back to the preset</Button>}
      </div>
    </div>
  );
}

/** Reads a file in the browser; nothing is sent anywhere. */
function OpenFile({ onText }: { readonly onText: (text: string) => void }) {
  const inputRef = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File) => {
    // A character takes four bytes at most, so a larger file is too long whatever it holds.
    if (file.size > 4 * maxScenarioChars) {
      setProblem(`A scenario has ${formatCount(maxScenarioChars)} characters at most.`);
      return;
    }
    try {
      onText(await file.text());
      setProblem(null);
    } catch {
      setProblem('The file could not be read. Choose it again.');
    }
  };
  return (
    <>
      <input
        ref={inputRef}
        type="file"
        accept=".yaml,.yml,.json,.txt"
        aria-label="Scenario file"
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) void read(file);
          event.currentTarget.value = '';
        }}
      />
      <Button onClick={() => inputRef.current?.click()}>Open a file…</Button>
      {problem !== null && (
        <p role="alert" className="basis-full text-no-go">
          {problem}
        </p>
      )}
    </>
  );
}

function saveFile(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileNameOf(text);
  link.click();
  // The browser has begun to read it by the next turn of its event loop.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
