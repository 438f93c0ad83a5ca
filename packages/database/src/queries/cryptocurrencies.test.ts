import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import {
  addUnrankedCoins,
  findCoinByCmcId,
  findCoinsBySymbol,
  type ListedCoin,
  listCoinNames,
  listRankedCoins,
  unrankOtherCoins,
  upsertCoins,
} from "./cryptocurrencies.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

function coin(cmcId: number, symbol: string, rank: number, overrides: Partial<ListedCoin> = {}): ListedCoin {
  return { cmcId, symbol, name: `Coin ${cmcId}`, slug: `coin-${cmcId}`, kind: "native", rank, ...overrides };
}

const ranks = async () => (await listRankedCoins(test.database)).map(({ cmc_id, rank }) => [cmc_id, rank]);

describe("upsertCoins", () => {
  it("adds coins, and keeps their ids when they come again with another name and rank", async () => {
    const first = await upsertCoins(test.database, [coin(1, "BTC", 1), coin(2, "LTC", 2)]);
    const second = await upsertCoins(test.database, [coin(2, "LITE", 1, { kind: "wrapped" })]);
    expect(second).toEqual(new Map([[2, first.get(2)]]));
    expect(await findCoinByCmcId(test.database, 2)).toEqual({
      id: first.get(2),
      cmc_id: 2,
      symbol: "LITE",
      name: "Coin 2",
      slug: "coin-2",
      kind: "wrapped",
      rank: 1,
    });
  });

  it("takes a name with quotes, commas, braces and other scripts as it is", async () => {
    const name = `O'Coin, "the" {best} \\ 狗狗币 🚀`;
    await upsertCoins(test.database, [coin(1, "O'C", 1, { name })]);
    expect(await listCoinNames(test.database)).toEqual([
      { id: expect.any(Number), cmc_id: 1, symbol: "O'C", name, slug: "coin-1", kind: "native" },
    ]);
  });
});

describe("addUnrankedCoins", () => {
  it("adds only what is not known, without a rank, and gives every id", async () => {
    const known = await upsertCoins(test.database, [coin(1, "BTC", 1)]);
    const ids = await addUnrankedCoins(test.database, [coin(1, "OLD", 7), coin(2, "LTC", 8)]);
    expect(ids).toEqual(
      new Map([
        [1, known.get(1)],
        [2, expect.any(Number)],
      ]),
    );
    expect(await findCoinByCmcId(test.database, 1)).toMatchObject({ symbol: "BTC", rank: 1 });
    expect(await findCoinByCmcId(test.database, 2)).toMatchObject({ symbol: "LTC", rank: null });
  });
});

it("takes the rank from coins that are not listed", async () => {
  await upsertCoins(test.database, [coin(1, "BTC", 1), coin(2, "LTC", 2), coin(3, "NMC", 3)]);
  await unrankOtherCoins(test.database, [3, 1]);
  expect(await ranks()).toEqual([
    [1, 1],
    [3, 3],
  ]);
});

describe("findCoinsBySymbol", () => {
  it("gives the coins that bear the symbol in any case, the best rank first and the unlisted last", async () => {
    await upsertCoins(test.database, [coin(5, "abc", 9), coin(6, "ABC", 2), coin(7, "ABCD", 1)]);
    await addUnrankedCoins(test.database, [coin(4, "Abc", 1)]);
    const found = await findCoinsBySymbol(test.database, "aBc");
    expect(found.map(({ cmc_id, rank }) => [cmc_id, rank])).toEqual([
      [6, 2],
      [5, 9],
      [4, null],
    ]);
  });

  it("gives none for a symbol that nobody bears", async () => {
    expect(await findCoinsBySymbol(test.database, "%")).toEqual([]);
    expect(await findCoinByCmcId(test.database, 404)).toBe(null);
  });
});
