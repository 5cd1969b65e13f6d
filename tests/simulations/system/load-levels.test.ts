import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LoadLevels } from '@/simulations/system/load-levels';

test('finds a member with the least load, whatever joins, leaves and changes', () => {
  const most = 4;
  const action = fc.record({
    member: fc.nat(6),
    what: fc.constantFrom('toggle', 'more', 'less'),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
      const levels = new LoadLevels(3, most);
      levels.reserve(7);
      for (const { member, what } of actions) {
        if (what === 'toggle' && levels.has(member)) levels.remove(member);
        else if (what === 'toggle') levels.add(member);
        else if (what === 'more' && levels.load[member] < most) levels.change(member, 1);
        else if (what === 'less' && levels.load[member] > 0) levels.change(member, -1);
        const members = [0, 1, 2, 3, 4, 5, 6].filter((one) => levels.has(one));
        const least = levels.findLeast();
        expect(levels.size).toBe(members.length);
        if (members.length === 0) expect(least).toBe(-1);
        else {
          expect(members).toContain(least);
          expect(levels.load[least]).toBe(Math.min(...members.map((one) => levels.load[one])));
        }
      }
    }),
  );
});
