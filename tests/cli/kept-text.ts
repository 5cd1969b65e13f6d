import type { TextSink } from '@/lib/cli/output';

/** A stream that keeps what is written to it. */
export class KeptText implements TextSink {
  text = '';
  readonly isTTY: boolean;

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(part: string): void {
    this.text += part;
  }
}
