'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import { messageOf } from '@/app/_ui/query-failure';
import { TextField } from '@/app/_ui/text-field';

interface NameDialogProps {
  readonly title: string;
  readonly confirmLabel: string;
  readonly initialName: string;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onConfirm: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for the name of a policy set; what is wrong with it stands at the field. */
export function NameDialog(props: NameDialogProps) {
  const [name, setName] = useState(props.initialName);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.isPending && name.trim() !== '') props.onConfirm(name.trim());
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && props.onClose()} title={props.title}>
      <form onSubmit={submit}>
        <TextField
          label="Name"
          value={name}
          maxLength={120}
          autoComplete="off"
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
          {...(props.error === null ? {} : { error: messageOf(props.error) })}
        />
        <div className="mt-6 flex justify-end gap-2">
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={props.isPending || name.trim() === ''}>
            {props.confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
