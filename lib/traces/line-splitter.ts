const lineFeed = 0x0a;

/** Longest line, or document, that is read: 64 MiB. */
export const lineBytesMax = 64 * 1024 * 1024;

/** What a splitter calls as it goes. */
interface LineSink {
  onLine(text: string, line: number): void;
  onTooLong(line: number): void;
}

/** How a splitter cuts and decodes. */
export interface LineSplitterOptions {
  decode(bytes: Uint8Array, start: number, end: number): string;
  joinBytes(parts: readonly Uint8Array[]): Uint8Array;
  readonly lineBytesMax?: number;
}

/**
 * Cuts a stream of bytes into lines at line feeds, wherever its chunks begin and end.
 *
 * Keeps at most one line of at most `lineBytesMax` bytes: a longer one is passed over up to its
 * line feed. Blank lines are counted and dropped. The text keeps a carriage return at its end,
 * which is white space in JSON.
 */
export class LineSplitter {
  readonly #options: LineSplitterOptions;
  readonly #bytesMax: number;
  readonly #sink: LineSink;
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #line = 1;
  #isPassingOver = false;

  constructor(options: LineSplitterOptions, sink: LineSink) {
    this.#options = options;
    this.#bytesMax = options.lineBytesMax ?? lineBytesMax;
    this.#sink = sink;
  }

  /** Takes the next chunk, whose memory may be used again once this returns. */
  push(chunk: Uint8Array): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(lineFeed, start);
      if (end === -1) break;
      if (this.#partBytes === 0 && !this.#isPassingOver) this.#emit(chunk, start, end);
      else {
        this.#hold(chunk.subarray(start, end));
        this.#flush();
      }
      this.#line++;
      start = end + 1;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  /**
   * Hands over the last line if no line feed ended it.
   *
   * @returns its 1-based number, or null when the stream ended with a line feed
   */
  end(): number | null {
    if (this.#partBytes === 0) return null;
    this.#flush();
    return this.#line;
  }

  #hold(part: Uint8Array): void {
    if (this.#isPassingOver || part.length === 0) return;
    this.#parts.push(new Uint8Array(part));
    this.#partBytes += part.length;
    if (this.#partBytes <= this.#bytesMax) return;
    this.#sink.onTooLong(this.#line);
    this.#clear();
    this.#isPassingOver = true;
  }

  #flush(): void {
    if (this.#partBytes > 0) {
      const bytes = this.#options.joinBytes(this.#parts);
      this.#clear();
      this.#emit(bytes, 0, bytes.length);
    }
    this.#isPassingOver = false;
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    if (end - start > this.#bytesMax) {
      this.#sink.onTooLong(this.#line);
      return;
    }
    if (isBlank(bytes, start, end)) return;
    this.#sink.onLine(this.#options.decode(bytes, start, end), this.#line);
  }

  #clear(): void {
    this.#parts = [];
    this.#partBytes = 0;
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}
