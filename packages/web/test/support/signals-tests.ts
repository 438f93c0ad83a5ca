import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { isOpen, signalNames, stateNames } from "../../src/format/words.ts";
import type { TestedPage } from "./open-page.ts";
import type { PageStage } from "./page-stage.ts";

/** The page of signals, narrowed, against the API's list. */
export function signalsTests(tested: () => TestedPage, stage: () => PageStage): void {
  let page: Page;
  let api: PageStage["api"];
  beforeEach(() => {
    page = tested().page;
    api = stage().api;
  });
  const shown = () =>
    page.locator(".signal-list li").evaluateAll(items => items.map(item => item.dataset.episode));

  describe("the signals", () => {
    it("are those of the API, the latest change first", async () => {
      await page.goto("/signals");
      await page.locator(".signal-list li").first().waitFor();
      expect(await shown()).toEqual((await api.signals()).signals.map(({ episodeId }) => episodeId));
    });

    it("are narrowed by each filter as the API narrows them, and the address keeps that", async () => {
      await page.goto("/signals");
      await page.locator(".signal-list li").first().waitFor();
      const select = async (label: string, option: string, filter: string) => {
        const { signals } = await api.signals(filter);
        await page.getByRole("combobox", { name: label, exact: true }).selectOption({ label: option });
        await expect.poll(shown).toEqual(signals.map(({ episodeId }) => episodeId));
        return signals.length;
      };
      const ofKind = await select("Kind", signalNames.two_highs_one_low, "&type=two_highs_one_low");
      const confirmed = await select(
        "State",
        stateNames.confirmed,
        "&type=two_highs_one_low&state=confirmed",
      );
      expect([ofKind > confirmed, confirmed > 0]).toEqual([true, true]);
      await page.reload();
      await expect.poll(async () => (await shown()).length).toBe(confirmed);
      await select("State", "All states", "&type=two_highs_one_low");
      await select("At least", "70%", "&type=two_highs_one_low&minConfidence=0.7");
      expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
        type: "two_highs_one_low",
        minConfidence: "0.7",
      });
    });

    it("are the open ones alone on request, and those of one coin until that is taken out", async () => {
      const { signals } = await api.signals();
      const open = signals.filter(({ state }) => isOpen(state));
      await page.goto("/signals");
      await page.getByLabel("Only open ones").check();
      await expect.poll(shown).toEqual(open.map(({ episodeId }) => episodeId));
      const [first] = open;
      await page.goto(`/signals?symbol=${first?.symbol}`);
      await expect
        .poll(shown)
        .toEqual(signals.filter(({ symbol }) => symbol === first?.symbol).map(({ episodeId }) => episodeId));
      await page.getByRole("button", { name: `Remove coin: ${first?.symbol}` }).click();
      await expect.poll(async () => (await shown()).length).toBe(signals.length);
    });
  });
}
