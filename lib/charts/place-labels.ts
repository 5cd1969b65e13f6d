/** A label that wants to stand at `position` and takes `size` along the same axis, in pixels. */
export interface WantedLabel {
  readonly position: number; //           of the middle of the label
  readonly size: number;
}

interface Block {
  readonly members: number[];
  readonly size: number;
  start: number;
}

/**
 * Moves labels along one axis so that none overlaps another and all stay within bounds.
 *
 * Labels that touch are merged into a block that is centred on the mean of what its members want
 * (pool-adjacent-violators), so the sum of squared displacements is smallest for that order.
 * Where the labels together are longer than the bounds, they are packed from the start and run out
 * at the end.
 *
 * @param labels in any order
 * @param bounds first and last pixel that a label may touch
 * @returns the middle of each label, in the order given; equal wishes keep their order
 */
export function placeLabels(
  labels: readonly WantedLabel[],
  bounds: readonly [number, number],
): readonly number[] {
  const order = labels
    .map((label, index) => ({ label, index }))
    .sort((a, b) => a.label.position - b.label.position || a.index - b.index);

  const blocks: Block[] = [];
  for (const { label, index } of order) {
    let block: Block = {
      members: [index],
      size: label.size,
      start: clampStart(label.position - label.size / 2, label.size, bounds),
    };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.start + last.size <= block.start + 1e-9) break;
      blocks.pop();
      block = mergeBlocks(last, block, labels, bounds);
    }
    blocks.push(block);
  }

  const middles = labels.map((label) => label.position);
  for (const block of blocks) {
    let edge = block.start;
    for (const index of block.members) {
      const size = labels[index]?.size ?? 0;
      middles[index] = edge + size / 2;
      edge += size;
    }
  }
  return middles;
}

function mergeBlocks(
  first: Block,
  second: Block,
  labels: readonly WantedLabel[],
  bounds: readonly [number, number],
): Block {
  const members = [...first.members, ...second.members];
  let offset = 0;
  let wanted = 0;
  for (const index of members) {
    const label = labels[index];
    if (label === undefined) continue;
    wanted += label.position - label.size / 2 - offset;
    offset += label.size;
  }
  return { members, size: offset, start: clampStart(wanted / members.length, offset, bounds) };
}

function clampStart(start: number, size: number, [from, to]: readonly [number, number]): number {
  return Math.max(from, Math.min(start, to - size));
}
