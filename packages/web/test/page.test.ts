import type { Signal } from "@vibe-charting/contracts";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addSignal } from "../../../test/support/add-signal.ts";
import { change, price } from "../src/format/numbers.ts";
import { fullTime } from "../src/format/times.ts";
import { conditionWords, pointName } from "../src/format/words.ts";
import { startBrowser } from "./support/browser.ts";
import { everyoneTests } from "./support/everyone-tests.ts";
import { failureTests } from "./support/failure-tests.ts";
import { openPage, pollEvery, type TestedPage } from "./support/open-page.ts";
import { startStillStage } from "./support/page-stage.ts";

// A page, a stage and a browser share the machine with everything else that is tested.
vi.setConfig({ testTimeout: 60_000 });

let stage: Awaited<ReturnType<typeof startStillStage>>;
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

/** Types a question where the focus is put by "/", and waits for its answer. */
async function ask(question: string): Promise<void> {
  await page.getByRole("textbox", { name: "Your question" }).fill(question);
  await page.keyboard.press("Enter");
  await answered();
}

async function answered(): Promise<void> {
  const shown = page.locator('article.answer[aria-busy="false"], .failure').first();
  await shown.waitFor();
  expect(await page.locator(".failure").allTextContents()).toEqual([]);
}

const words = () => page.locator("article.answer > .words").textContent();
const coinsInAnswer = () => page.locator("article.answer > .table-scroll tbody th .symbol").allInnerTexts();
const chips = () =>
  page
    .locator(".chip:not(.add)")
    .evaluateAll(found =>
      Object.fromEntries(
        found.map(chip => [chip.dataset.chip, chip.querySelector("select")?.value ?? chip.textContent]),
      ),
    );

/** The conditions that the page shows, and those of a signal in the same words. */
const conditionsOnPage = () =>
  page
    .locator("[data-condition]")
    .evaluateAll(rows => rows.map(row => [...row.children].map(({ textContent }) => textContent)));
function conditionsOf({ evidence }: Signal): string[][] {
  return evidence.conditions.map(condition => {
    const { what, value, asks } = conditionWords(condition);
    return [what, value, asks, condition.met ? "Yes" : "No"];
  });
}

describe("asking", () => {
  it("shows the API's answer with its reading, coins, coverage and the note of a simulated market", async () => {
    const wanted = await stage.api.ask("top 5 performers this week");
    await page.goto("/");
    await ask("top 5 performers this week");
    expect(await words()).toBe(wanted.answer);
    expect(await coinsInAnswer()).toEqual(wanted.results.map(({ symbol }) => symbol));
    expect(await chips()).toEqual({
      intent: "Performance",
      window: "7 days",
      direction: "Best first",
      limit: "5",
    });
    const { from, to } = wanted.interpretation.window;
    expect(await page.locator(".reading .window").textContent()).toBe(
      `From ${fullTime(from)} to ${fullTime(to)}`,
    );
    expect(await page.locator(".coverage").textContent()).toContain(
      `${wanted.coverage.evaluated} coins evaluated`,
    );
    expect(await page.locator(".banner").textContent()).toContain("Simulated market");
  });

  it("asks again when a chip is changed, and without a chip that is removed", async () => {
    await page.goto("/ask?q=top+5+performers+this+week");
    await answered();
    await page.locator('[data-chip="window"] select').selectOption({ label: "30 days" });
    await page.waitForURL(url => url.searchParams.get("q") === "5 best performing coins over the past 30d");
    await answered();
    const month = await stage.api.ask("top 5 performers of the past 30 days");
    expect(await coinsInAnswer()).toEqual(month.results.map(({ symbol }) => symbol));
    await page.getByRole("button", { name: "Remove how many: 5" }).click();
    await page.waitForURL(url => url.searchParams.get("q") === "best performing coins over the past 30d");
    await answered();
    const all = await stage.api.ask("best performers of the past 30 days");
    expect(await coinsInAnswer()).toEqual(all.results.map(({ symbol }) => symbol));
    expect(await page.locator('[data-chip="limit"]').count()).toBe(0);
  });

  it("begins with questions of today's market, each of which has an answer", async () => {
    await page.goto("/");
    const examples = page.getByRole("navigation", { name: "Questions to begin with" }).getByRole("link");
    await examples.first().waitFor();
    const reasons = await page.locator(".examples .reason").allTextContents();
    expect(reasons).toHaveLength(await examples.count());
    const { coins } = await stage.api.market("24h");
    const best = coins
      .filter(({ kind }) => kind === "native")
      .reduce((first, coin) => ((coin.changePct ?? 0) > (first.changePct ?? 0) ? coin : first));
    const links = await examples.evaluateAll(found => found.map(link => link.getAttribute("href") ?? ""));
    const questions = links.map(link => new URL(link, stage.url).searchParams.get("q") ?? "");
    expect(questions).toContain(`How is ${best.symbol} doing?`);
    const answers = await Promise.all(questions.map(question => stage.api.ask(question)));
    expect(answers.map(({ interpretation }) => interpretation.notUnderstood)).toEqual(
      questions.map(() => []),
    );
    expect(answers.flatMap(({ interpretation }) => interpretation.intents)).not.toContain("unknown");
  });

  it("asks no question that nobody asked", async () => {
    const asked: string[] = [];
    page.on("request", request => {
      if (request.url().endsWith("/query")) asked.push(request.postData() ?? "");
    });
    for (const path of ["/", "/coins", "/signals", "/coins/BTC"]) {
      await page.goto(path);
      await page.locator("main :is(.movers li, tbody td, .signal-list li, .tiles li)").first().waitFor();
    }
    expect(asked).toEqual([]);
  });

  it("answers what it does not understand with what can be asked", async () => {
    await page.goto("/ask?q=asdf+qwer");
    await answered();
    await page.getByRole("heading", { name: "Of today's market you can ask" }).waitFor();
    expect(await page.locator(".not-understood").count()).toBe(0);
    await page.locator(".instead").getByRole("link").first().click();
    await answered();
    expect(await coinsInAnswer()).not.toEqual([]);
  });

  it("says which words it did not understand", async () => {
    await page.goto("/ask?q=best+coins+this+week+blorp");
    await answered();
    expect(await page.locator(".not-understood").textContent()).toContain("blorp");
  });

  it("keeps what was asked in the browser, with links that reproduce the answers", async () => {
    await page.goto("/");
    await ask("what fell most this week?");
    const first = await words();
    const link = await page.getByRole("link", { name: "Link to this answer" }).getAttribute("href");
    await ask("how is BTC doing?");
    await page.reload();
    await answered();
    const earlier = page.locator(".history").getByRole("link", { name: "what fell most this week?" });
    expect(await earlier.getAttribute("href")).toBe(link);
    await earlier.click();
    await page.locator(".as-of").waitFor();
    await answered();
    expect(await words()).toBe(first);
  });
});

describe("a coin's page", () => {
  it.each(["two_highs_one_low", "pump_and_dump"] as const)(
    "marks the points of a signal of %s at the API's samples, with its levels and conditions",
    async type => {
      const [signal] = (await stage.api.signals(`&type=${type}`)).signals;
      if (signal === undefined) throw new Error(`The demo market has no ${type}`);
      const { points, levels } = signal.evidence;
      const { prices } = await stage.api.prices(signal.symbol);
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
      expect(await conditionsOnPage()).toEqual(conditionsOf(signal));
    },
  );

  it("opens each of two coins that share a symbol, and says which the symbol means", async () => {
    const { cmcId: other } = await stage.api.trends("LTC");
    const { cmcId } = await stage.api.trends("ETH");
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
    expect(await page.locator(".namesakes").textContent()).toContain("Another coin bears the symbol ETH too");
    await page.locator(".namesakes").getByRole("link", { name: "Litecoin" }).click();
    await page.getByRole("heading", { level: 1, name: "Litecoin LTC" }).waitFor();
    await page.goto(`/coins/${cmcId}`);
    await page.getByRole("heading", { level: 1, name: "Ethereum ETH" }).waitFor();
  });

  it("shows price and trends of each timeframe as the API says them", async () => {
    const eth = await stage.api.trends("ETH");
    await page.goto("/coins/ETH");
    await page.locator("[data-trend='90d']").waitFor();
    const shown = await page
      .locator("[data-trend] .change")
      .evaluateAll(found => found.map(({ textContent }) => textContent?.trim()));
    expect(shown).toEqual(eth.trends.map(({ changePct }) => change(changePct)));
    expect(await page.locator("[data-price]").textContent()).toBe(price(eth.price));
  });
});

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
    await answered();
    await tabTo(page, '[data-chip="limit"] select');
    await page.keyboard.press("ArrowDown");
    await page.waitForURL(url => url.searchParams.get("q") === "5 best performing coins over the past 7d");
    await answered();
    expect(await coinsInAnswer()).toHaveLength(5);
    expect(
      await page.evaluate(() => document.activeElement?.closest<HTMLElement>(".chip")?.dataset.chip),
    ).toBe("limit");
    await tabTo(page, "article.answer tbody .coin-link");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/coins/*");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  });
});

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
