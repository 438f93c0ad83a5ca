import fc from "fast-check";
import { expect, it } from "vitest";
import { noSlots } from "../no-slots.ts";
import { makePlan } from "../plan.ts";
import { at, someCoin } from "../testing/some-coin.ts";
import { endsInOrder, inOrder } from "./order.ts";

const plan = makePlan({ intents: ["performance"], slots: { ...noSlots, direction: "best" } }, "", at);
/** Few changes and ranks, so that many coins are equal in them. */
const coins = fc
  .array(
    fc.record({ changePct: fc.option(fc.integer({ min: -2, max: 2 })), rank: fc.option(fc.nat({ max: 2 })) }),
    {
      maxLength: 30,
    },
  )
  .map(facts => facts.map((fact, index) => someCoin(index + 1, fact)));

it("gives the first coins of the whole order, and both ends without a coin at both", () => {
  fc.assert(
    fc.property(coins, fc.nat({ max: 10 }), (given, count) => {
      const all = inOrder(plan, given);
      const first = all.slice(0, count);
      const last = all.slice(first.length).toReversed().slice(0, count);
      expect({ first: inOrder(plan, given, count), ends: endsInOrder(plan, given, count) }).toEqual({
        first,
        ends: { first, last },
      });
    }),
  );
});
