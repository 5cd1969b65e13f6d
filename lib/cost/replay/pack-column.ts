/** How a column is written, the smallest first. */
export const packings = ['constant', 'uint8', 'uint16', 'uint32', 'int32', 'float64'] as const;
type Packing = (typeof packings)[number];

/** A column as bytes; `constant` holds its one value as a double. */
export interface PackedColumn {
  readonly packing: Packing;
  readonly length: number;
  readonly bytes: Uint8Array;
}

type Column = Uint8Array | Int32Array | Uint32Array | Float64Array;

const bytesPerElement = { uint8: 1, uint16: 2, uint32: 4, int32: 4, float64: 8 } as const;

function choosePacking(column: Column): Packing {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let isConstant = true;
  let isWhole = true;
  for (const value of column) {
    if (!Object.is(value, column[0])) isConstant = false;
    if (!Number.isInteger(value) || Object.is(value, -0)) isWhole = false;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (isConstant && column.length > 0) return 'constant';
  if (!isWhole) return 'float64';
  if (min >= 0) {
    if (max <= 0xff) return 'uint8';
    if (max <= 0xffff) return 'uint16';
    return max <= 0xffffffff ? 'uint32' : 'float64';
  }
  return min >= -0x80000000 && max <= 0x7fffffff ? 'int32' : 'float64';
}

function elementsOf(packing: Exclude<Packing, 'constant'>, column: ArrayLike<number>) {
  switch (packing) {
    case 'uint8':
      return Uint8Array.from(column);
    case 'uint16':
      return Uint16Array.from(column);
    case 'uint32':
      return Uint32Array.from(column);
    case 'int32':
      return Int32Array.from(column);
    case 'float64':
      return Float64Array.from(column);
    default:
      return packing satisfies never;
  }
}

/** Writes a column in the smallest type that holds each of its values exactly. */
export function packColumn(column: Column): PackedColumn {
  const packing = choosePacking(column);
  const elements =
    packing === 'constant' ? Float64Array.of(column[0]) : elementsOf(packing, column);
  return {
    packing,
    length: column.length,
    bytes: new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength),
  };
}

function viewOf(packing: Exclude<Packing, 'constant'>, buffer: ArrayBuffer) {
  switch (packing) {
    case 'uint8':
      return new Uint8Array(buffer);
    case 'uint16':
      return new Uint16Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
    default:
      return packing satisfies never;
  }
}

/**
 * Reads a column back into its own type.
 *
 * @throws RangeError when its bytes are not as many as its length needs
 */
export function unpackColumn<C extends Column>(
  { packing, length, bytes }: PackedColumn,
  allocate: (length: number) => C,
): C {
  const expected = packing === 'constant' ? 8 : length * bytesPerElement[packing];
  if (bytes.byteLength !== expected) {
    throw new RangeError('A column of this replay set does not have the length it says.');
  }
  const buffer = bytes.slice().buffer;
  const column = allocate(length);
  if (packing === 'constant') {
    const [value] = new Float64Array(buffer);
    column.fill(value);
    return column;
  }
  column.set(viewOf(packing, buffer));
  return column;
}
