import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addSignal } from "../../../test/support/add-signal.ts";
import { alertTests } from "./support/alert-tests.ts";
import { answered, coinsInAnswer } from "./support/ask-page.ts";
import { askingTests } from "./support/asking-tests.ts";
import { startBrowser } from "./support/browser.ts";
import { coinTests } from "./support/coin-tests.ts";
import { everyoneTests } from "./support/everyone-tests.ts";
import { failureTests } from "./support/failure-tests.ts";
import { openPage, pollEvery, type TestedPage } from "./support/open-page.ts";
import { type PageStage, startStillStage } from "./support/page-stage.ts";
import { servedTests } from "./support/served-tests.ts";
import { signalsTests } from "./support/signals-tests.ts";

// A page, a stage and a browser share the machine with everything else that is tested.
vi.setConfig({ testTimeout: 60_000 });

let stage: PageStage;
let tested: TestedPage;
let page: Page;
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
  stage = await startStillStage();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
}, 60_000);
beforeEach(async () => {
  tested = await openPage(browser, stage.url);
  page = tested.page;
});
afterEach(async () => {
  await tested.close();
  expect(tested.faults).toEqual([]);
});

askingTests(
  () => tested,
  () => stage,
);
coinTests(
  () => tested,
  () => stage,
);

describe("live", () => {
  it("shows a new signal and says so, without a reload", async () => {
    await pollEvery(page, 0.5);
    await page.goto("/signals");
    await page.locator(".signal-list li").first().waitFor();
    const episodeId = await addSignal(stage.statePath, { symbol: "LTC", type: "volume_anomaly" });
    await page.locator(`.signal-list [data-episode="${episodeId}"]`).waitFor();
    const notices = page.getByRole("log", { name: "New signals" });
    expect(await notices.textContent()).toContain("LTC: volume anomaly confirmed");
    await notices.getByRole("link").click();
    await page.waitForURL(`**/coins/LTC?signal=${encodeURIComponent(episodeId)}`);
  });

  it("shows a new listing in every part of the page, without a reload", async () => {
    await pollEvery(page, 0.5);
    await page.goto("/");
    await page.locator(".movers li").first().waitFor();
    const newest = page.locator(".live time");
    const before = (await newest.getAttribute("datetime")) ?? "";
    const after = new Date(Date.parse(before) + 3_600_000).toISOString();
    const refetched = page.waitForRequest("**/market?*");
    await page.route("**/coins?*", async route => {
      const listing = await (await route.fetch()).json();
      for (const coin of listing.coins) coin.observedAt = after;
      await route.fulfill({ json: listing });
    });
    await refetched;
    await expect.poll(() => newest.getAttribute("datetime")).toBe(after);
  });

  it("asks for what is new only while the tab is seen, and is answered with 304 when nothing is", async () => {
    const answers: number[] = [];
    const asked: string[] = [];
    await page.clock.install();
    await page.goto("/signals");
    await page.locator(".signal-list li").first().waitFor();
    const network = await page.context().newCDPSession(page);
    await network.send("Network.enable");
    network.on("Network.responseReceivedExtraInfo", ({ statusCode }) => answers.push(statusCode));
    const polled = page.waitForResponse(response => response.url().includes("/signals?"));
    await page.clock.runFor(5_500);
    await polled;
    await expect.poll(() => answers.includes(304)).toBe(true);
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    });
    page.on("request", request => asked.push(request.url()));
    await page.clock.runFor(30_000);
    // A request of the page itself, which comes after whatever the half minute brought.
    await page.evaluate(() => fetch("/icon.svg"));
    expect(asked).toEqual([`${stage.url}/icon.svg`]);
  });
});

describe("a keyboard alone", () => {
  it("asks, changes a chip and opens a coin", async () => {
    await page.goto("/");
    // Tab moves among what is there: the page must have been drawn.
    await page.getByText("Skip to the content").waitFor({ state: "attached" });
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await page.keyboard.press("/");
    await page.keyboard.type("top 3 performers this week");
    await page.keyboard.press("Enter");
    await answered(page);
    await tabTo(page, '[data-chip="limit"] select');
    await page.keyboard.press("ArrowDown");
    await page.waitForURL(url => url.searchParams.get("q") === "5 best performing coins over the past 7d");
    await answered(page);
    expect(await coinsInAnswer(page)).toHaveLength(5);
    expect(
      await page.evaluate(() => document.activeElement?.closest<HTMLElement>(".chip")?.dataset.chip),
    ).toBe("limit");
    await tabTo(page, "article.answer tbody .coin-link");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/coins/*");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  });
});

alertTests(
  () => tested,
  () => stage,
);
signalsTests(
  () => tested,
  () => stage,
);
servedTests(
  () => tested,
  () => stage,
);
failureTests(() => tested);
everyoneTests(() => tested);

/** Presses Tab until an element that fits has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate(wanted => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab leads to no ${selector}`);
}
