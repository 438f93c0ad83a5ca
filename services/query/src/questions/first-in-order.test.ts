import fc from "fast-check";
import { expect, it } from "vitest";
import { firstInOrder } from "./first-in-order.ts";

it("gives what a stable sort of all values begins with", () => {
  const value = fc.record({ key: fc.integer({ min: 0, max: 5 }), place: fc.nat() });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), fc.nat({ max: 300 }), (values, count) => {
      const compare = (a: { key: number }, b: { key: number }) => b.key - a.key;
      expect(firstInOrder(values, compare, count)).toEqual(values.toSorted(compare).slice(0, count));
    }),
  );
});
