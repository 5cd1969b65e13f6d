import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyIndex } from '@/simulations/system/key-index';

test('finds what a map finds, whatever is added and removed, and gives no slot twice', () => {
  const key = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(2 ** 31, 2 ** 40, 1e15));
  const action = fc.record({ key, isRemoved: fc.boolean() });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 400 }), (actions) => {
      const index = new KeyIndex();
      const slots = new Map<number, number>();
      for (const { key, isRemoved } of actions) {
        index.key[0] = key;
        const slot = slots.get(key);
        expect(index.find()).toBe(slot ?? -1);
        if (slot === undefined) slots.set(key, index.add());
        else if (isRemoved) {
          index.remove();
          slots.delete(key);
        }
        expect(index.key[0]).toBe(key);
        expect(index.size).toBe(slots.size);
        expect(new Set(slots.values()).size).toBe(slots.size);
        for (const [known, itsSlot] of slots) expect(index.keyOf[itsSlot]).toBe(known);
      }
    }),
  );
});

test('keeps every key when it grows, and none when it is cleared', () => {
  const index = new KeyIndex();
  for (let key = 0; key < 10_000; key++) {
    index.key[0] = key * 1_048_576; // the same low bits as doubles
    index.add();
  }
  for (let key = 0; key < 10_000; key++) {
    index.key[0] = key * 1_048_576;
    expect(index.keyOf[index.find()]).toBe(index.key[0]);
  }
  index.clear();
  expect(index.find()).toBe(-1);
  expect(index.size).toBe(0);
});
