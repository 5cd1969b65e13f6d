'use client';

import { type DragEvent, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { classNames } from '@/app/_ui/class-names';
import { type ChosenFile, filesOfDrop, filesOfInput } from './collect-files';

interface DropZoneProps {
  readonly isDisabled: boolean;
  readonly onFiles: (files: readonly ChosenFile[]) => void;
}

/** Where files and folders are dropped, with buttons that do the same without dragging. */
export function DropZone({ isDisabled, onFiles }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false);
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);

  const take = (files: readonly ChosenFile[]) => {
    if (files.length > 0 && !isDisabled) onFiles(files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void filesOfDrop(event.dataTransfer).then(take);
  };
  const onChange = (input: HTMLInputElement) => {
    take(filesOfInput(input.files ?? new DataTransfer().files));
    input.value = '';
  };

  return (
    <section
      aria-label="Trace files"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
      className={classNames(
        'rounded-control border border-dashed px-5 py-7 text-center',
        isOver ? 'border-water tint-water' : 'border-control-rule bg-sheet',
      )}
    >
      <p className="font-medium">Drop files or a folder here</p>
      <p className="mt-0.5 text-note text-ink-3">plain or gzip, any number, any size</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        <Button variant="primary" disabled={isDisabled} onClick={() => fileInput.current?.click()}>
          Choose files
        </Button>
        <Button disabled={isDisabled} onClick={() => folderInput.current?.click()}>
          Choose a folder
        </Button>
      </div>
      <input
        ref={fileInput}
        type="file"
        multiple
        hidden
        aria-label="Trace files"
        onChange={(event) => onChange(event.currentTarget)}
      />
      <input
        ref={folderInput}
        type="file"
        multiple
        hidden
        aria-label="Folder of trace files"
        {...{ webkitdirectory: '' }}
        onChange={(event) => onChange(event.currentTarget)}
      />
    </section>
  );
}
