import { AppError } from '../errors';

const mebibyte = 1024 ** 2;

/**
 * Reads a small file that is the body of a request.
 *
 * @throws AppError too_large as soon as the body has more bytes than it may
 */
export async function readFileBody(request: Request, bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) {
      throw new AppError('too_large', `This file is larger than ${bytesMax / mebibyte} MiB.`);
    }
    parts.push(chunk);
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
