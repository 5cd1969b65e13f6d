import type { ImportIssueKind } from './call-record';

/** What the first bytes of a file say about its wrapping. */
type FileContainer =
  | { readonly kind: 'plain' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'unreadable'; readonly issueKind: ImportIssueKind; readonly message: string };

const convertAdvice = 'Unpack it and import the files inside.';

/** Tells plain text from gzip and from what cannot be read, with a sentence on what to do. */
export function detectContainer(head: Uint8Array, fileBytes: number): FileContainer {
  if (startsWith(head, [0x1f, 0x8b])) return { kind: 'gzip' };
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) {
    return unreadable('unsupported_container', `This is a zip archive. ${convertAdvice}`);
  }
  const zstdMagic = [0x28, 0xb5, 0x2f, 0xfd];
  if (startsWith(head, zstdMagic)) {
    return unreadable(
      'unsupported_container',
      'This file is compressed with zstd. Decompress it with "zstd -d", or compress it with gzip.',
    );
  }
  if (startsWith(head.subarray(4), zstdMagic) || isLengthPrefixed(head, fileBytes)) {
    return unreadable(
      'unsupported_container',
      'This looks like length-prefixed records of the OpenTelemetry file exporter (format: proto ' +
        'or compression: zstd). Set "format: json" without compression and export again.',
    );
  }
  return detectText(head);
}

/** Tells text from binary content, once any compression is removed. */
export function detectText(head: Uint8Array): FileContainer {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) {
    return unreadable('binary_file', 'This file is UTF-16 text. Save it as UTF-8 and import it.');
  }
  if (startsWith(head.subarray(257), [0x75, 0x73, 0x74, 0x61, 0x72])) {
    return unreadable('unsupported_container', `This is a tar archive. ${convertAdvice}`);
  }
  if (head.includes(0)) {
    return unreadable('binary_file', 'This file holds binary data. Export the traces as JSON.');
  }
  return { kind: 'plain' };
}

function unreadable(issueKind: ImportIssueKind, message: string): FileContainer {
  return { kind: 'unreadable', issueKind, message };
}

/** Four bytes of big-endian length, then field 1 of ExportTraceServiceRequest. */
function isLengthPrefixed(head: Uint8Array, fileBytes: number): boolean {
  if (head.length < 6 || head[4] !== 0x0a) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const length = view.getUint32(0);
  return length > 0 && length <= fileBytes - 4 && head[0] === 0;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, at) => bytes[at] === byte);
}
