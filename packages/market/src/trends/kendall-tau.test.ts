import fc from "fast-check";
import { expect, it } from "vitest";
import { kendallTau } from "./kendall-tau.ts";

it("is what comparing every pair gives, ties counting nothing", () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 300 });
  fc.assert(
    fc.property(values, numbers => {
      let score = 0;
      for (let i = 0; i < numbers.length; i += 1) {
        for (let j = i + 1; j < numbers.length; j += 1) {
          score += Math.sign((numbers[j] ?? 0) - (numbers[i] ?? 0));
        }
      }
      const pairs = (numbers.length * (numbers.length - 1)) / 2;
      expect(kendallTau(Float64Array.from(numbers))).toBe(score / pairs);
    }),
  );
});
