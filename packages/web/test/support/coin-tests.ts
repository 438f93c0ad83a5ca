import type { Signal } from "@vibe-charting/contracts";
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { change, price } from "../../src/format/numbers.ts";
import { conditionWords, pointName, timeframeNames } from "../../src/format/words.ts";
import type { TestedPage } from "./open-page.ts";
import type { PageStage } from "./page-stage.ts";

/** The conditions that the page shows, and those of a signal in the same words. */
const conditionsOnPage = (page: Page) =>
  page
    .locator("[data-condition]")
    .evaluateAll(rows => rows.map(row => [...row.children].map(({ textContent }) => textContent)));
function conditionsOf({ evidence }: Signal): string[][] {
  return evidence.conditions.map(condition => {
    const { what, value, asks } = conditionWords(condition);
    return [what, value, asks, condition.met ? "Yes" : "No"];
  });
}

/** A coin's page against what the API says of the coin. */
export function coinTests(tested: () => TestedPage, stage: () => PageStage): void {
  let page: Page;
  let api: PageStage["api"];
  beforeEach(() => {
    page = tested().page;
    api = stage().api;
  });

  describe("a coin's page", () => {
    it.each(["two_highs_one_low", "pump_and_dump"] as const)(
      "marks the points of a signal of %s at the API's samples, with its levels and conditions",
      async type => {
        const [signal] = (await api.signals(`&type=${type}`)).signals;
        if (signal === undefined) throw new Error(`The demo market has no ${type}`);
        const { points, levels } = signal.evidence;
        const { prices } = await api.prices(signal.symbol);
        const sampled = new Set(prices.map(({ at }) => at));
        await page.goto(`/coins/${signal.symbol}?signal=${encodeURIComponent(signal.episodeId)}`);
        await page.locator(".chart-canvas canvas").first().waitFor();
        await page.getByText("The chart as a table").click();
        const marks = await page.locator(`[data-mark="${signal.episodeId}"]`).evaluateAll(rows =>
          rows.map(row => ({
            label: row.querySelector("th")?.textContent,
            at: row.querySelector("time")?.dateTime,
            sampleAt: row.dataset.sampleAt,
            price: row.querySelector("td.number")?.textContent,
          })),
        );
        const inTime = points.toSorted((a, b) => a.at.localeCompare(b.at));
        expect(marks).toEqual(
          inTime.map(({ label, at, priceUsd }) => ({
            label: pointName(label),
            at,
            sampleAt: at,
            price: price(priceUsd),
          })),
        );
        expect(points.filter(({ at }) => !sampled.has(at))).toEqual([]);
        const drawn = await page
          .locator("[data-level]")
          .evaluateAll(found => found.map(level => [level.dataset.level, level.textContent]));
        expect(drawn).toEqual(Object.entries(levels).map(([name, usd]) => [pointName(name), price(usd)]));
        expect(await conditionsOnPage(page)).toEqual(conditionsOf(signal));
      },
    );

    it("shows the prices of each timeframe, in words, as a chart and in its table", async () => {
      await page.goto("/coins/BTC");
      await page.getByText("The chart as a table").click();
      for (const [timeframe, name] of Object.entries(timeframeNames)) {
        await page.locator(".choice label").getByText(name, { exact: true }).click();
        await page.waitForURL(`**/coins/BTC?timeframe=${timeframe}`);
        const { prices } = await api.prices("BTC", timeframe);
        await page
          .locator("figcaption")
          .getByText(`Bitcoin over the past ${name}: from ${price(prices[0]?.price ?? 0)} to`)
          .waitFor();
        await page.locator(".coin-chart[aria-busy='false'] .chart-canvas canvas").first().waitFor();
      }
    });

    it("opens each of two coins that share a symbol, and says which the symbol means", async () => {
      const { cmcId: other } = await api.trends("LTC");
      const { cmcId } = await api.trends("ETH");
      // The demo market has no two coins of one symbol: the listing and one answer are made to tell of one.
      await page.route("**/coins?*", async route => {
        const listing = await (await route.fetch()).json();
        for (const coin of listing.coins) if (coin.cmcId === other) coin.symbol = "ETH";
        await route.fulfill({ json: listing });
      });
      await page.route("**/trends/ETH", async route => {
        const trends = await (await route.fetch()).json();
        trends.otherCoinsWithThisSymbol = [{ cmcId: other, name: "Litecoin", rank: 20 }];
        await route.fulfill({ json: trends });
      });
      await page.goto("/coins");
      const leads = (name: string) => page.getByRole("link", { name, exact: true }).getAttribute("href");
      await page.locator("tbody .coin-link").first().waitFor();
      expect([await leads("ETH Ethereum"), await leads("ETH Litecoin")]).toEqual([
        "/coins/ETH",
        `/coins/${other}`,
      ]);
      await page.goto("/coins/ETH");
      expect(await page.locator(".namesakes").textContent()).toContain(
        "Another coin bears the symbol ETH too",
      );
      await page.locator(".namesakes").getByRole("link", { name: "Litecoin" }).click();
      await page.getByRole("heading", { level: 1, name: "Litecoin LTC" }).waitFor();
      await page.goto(`/coins/${cmcId}`);
      await page.getByRole("heading", { level: 1, name: "Ethereum ETH" }).waitFor();
    });

    it("shows price and trends of each timeframe as the API says them", async () => {
      const eth = await api.trends("ETH");
      await page.goto("/coins/ETH");
      await page.locator("[data-trend='90d']").waitFor();
      const shown = await page
        .locator("[data-trend] .change")
        .evaluateAll(found => found.map(({ textContent }) => textContent?.trim()));
      expect(shown).toEqual(eth.trends.map(({ changePct }) => change(changePct)));
      expect(await page.locator("[data-price]").textContent()).toBe(price(eth.price));
    });
  });
}
