import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { change, price, share } from "../../src/format/numbers.ts";
import { fullTime } from "../../src/format/times.ts";
import { signalNames, stateNames } from "../../src/format/words.ts";
import { answered, ask, coinsInAnswer } from "./ask-page.ts";
import type { TestedPage } from "./open-page.ts";
import type { PageStage } from "./page-stage.ts";

const words = (page: Page) => page.locator("article.answer > .words").textContent();
const chips = (page: Page) =>
  page
    .locator(".chip:not(.add)")
    .evaluateAll(found =>
      Object.fromEntries(
        found.map(chip => [chip.dataset.chip, chip.querySelector("select")?.value ?? chip.textContent]),
      ),
    );

/** Questions, how they were read, and their answers, against the API's. */
export function askingTests(tested: () => TestedPage, stage: () => PageStage): void {
  let page: Page;
  let api: PageStage["api"];
  beforeEach(() => {
    page = tested().page;
    api = stage().api;
  });

  describe("asking", () => {
    it("shows the API's answer with its reading, coins, coverage and the note of a simulated market", async () => {
      const wanted = await api.ask("top 5 performers this week");
      await page.goto("/");
      await ask(page, "top 5 performers this week");
      expect(await words(page)).toBe(wanted.answer);
      expect(await coinsInAnswer(page)).toEqual(wanted.results.map(({ symbol }) => symbol));
      expect(await chips(page)).toEqual({
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

    it("shows each coin's rank, price, change, trend, volatility and signals as the API says them", async () => {
      const { results } = await api.ask("top 5 performers this week");
      await page.goto("/ask?q=top+5+performers+this+week");
      await answered(page);
      const table = page.locator("article.answer > .table-scroll");
      expect(await table.locator("thead th").allInnerTexts()).toEqual([
        "Coin",
        "Rank",
        "Price",
        "Change",
        "Trend",
        "Volatility, a year",
        "Signal",
      ]);
      const rows = await table
        .locator("tbody tr")
        .evaluateAll(found =>
          found.map(row => [...row.querySelectorAll("td")].map(cell => cell.textContent)),
        );
      expect(rows.map(row => row.map(text => text.replace(/\s+/g, " ").trim()))).toEqual(
        results.map(({ rank, price: usd, changePct, trend, confidence, volatility, openSignals = [] }) => [
          String(rank),
          price(usd),
          expect.stringContaining(change(changePct ?? 0)),
          expect.stringMatching(new RegExp(`${trend}.*${share(confidence ?? 0)} sure`, "i")),
          share(volatility ?? 0),
          openSignals
            .map(({ signal, state }) => `${signalNames[signal]}: ${stateNames[state].toLowerCase()}`)
            .join(", ") || "None",
        ]),
      );
    });

    it("asks again when a chip is changed, and without a chip that is removed", async () => {
      await page.goto("/ask?q=top+5+performers+this+week");
      await answered(page);
      await page.locator('[data-chip="window"] select').selectOption({ label: "30 days" });
      await page.waitForURL(url => url.searchParams.get("q") === "5 best performing coins over the past 30d");
      await answered(page);
      const month = await api.ask("top 5 performers of the past 30 days");
      expect(await coinsInAnswer(page)).toEqual(month.results.map(({ symbol }) => symbol));
      await page.getByRole("button", { name: "Remove how many: 5" }).click();
      await page.waitForURL(url => url.searchParams.get("q") === "best performing coins over the past 30d");
      await answered(page);
      const all = await api.ask("best performers of the past 30 days");
      expect(await coinsInAnswer(page)).toEqual(all.results.map(({ symbol }) => symbol));
      expect(await page.locator('[data-chip="limit"]').count()).toBe(0);
    });

    it("keeps what was asked of a named coin when its window is changed, and takes it out by its chip", async () => {
      await page.goto("/ask?q=is+BTC+in+an+uptrend");
      await answered(page);
      await page.locator('[data-chip="window"] select').selectOption({ label: "30 days" });
      await page.waitForURL(url => url.searchParams.get("q") === "is BTC in an uptrend over the past 30d");
      await answered(page);
      expect(await chips(page)).toEqual({
        intent: "One coin",
        "coin-BTC": "Coin BTC",
        window: "30 days",
        trend: "Uptrend",
      });
      await page.getByRole("button", { name: "Remove trend: Uptrend" }).click();
      await page.waitForURL(url => url.searchParams.get("q") === "how is BTC doing over the past 30d");
      await answered(page);
      expect(await words(page)).toBe((await api.ask("how is BTC doing over the past 30d")).answer);
    });

    it("begins with questions of today's market, each of which has an answer", async () => {
      await page.goto("/");
      const examples = page.getByRole("navigation", { name: "Questions to begin with" }).getByRole("link");
      await examples.first().waitFor();
      const reasons = await page.locator(".examples .reason").allTextContents();
      expect(reasons).toHaveLength(await examples.count());
      const { coins } = await api.market("24h");
      const best = coins
        .filter(({ kind }) => kind === "native")
        .reduce((first, coin) => ((coin.changePct ?? 0) > (first.changePct ?? 0) ? coin : first));
      const links = await examples.evaluateAll(found => found.map(link => link.getAttribute("href") ?? ""));
      const questions = links.map(link => new URL(link, stage().url).searchParams.get("q") ?? "");
      expect(questions).toContain(`How is ${best.symbol} doing?`);
      const answers = await Promise.all(questions.map(question => api.ask(question)));
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
      await answered(page);
      await page.getByRole("heading", { name: "Of today's market you can ask" }).waitFor();
      expect(await page.locator(".not-understood").count()).toBe(0);
      await page.locator(".instead").getByRole("link").first().click();
      await answered(page);
      expect(await coinsInAnswer(page)).not.toEqual([]);
    });

    it("leads from an answer about signals to being alerted of them", async () => {
      await page.goto("/ask?q=which+coins+show+a+double+top");
      await answered(page);
      await page.getByRole("link", { name: "Be alerted of such signals" }).click();
      await page.waitForURL("**/signals?type=two_highs_one_low");
      await page.getByRole("heading", { name: "Be alerted" }).waitFor();
    });

    it("says which words it did not understand", async () => {
      await page.goto("/ask?q=best+coins+this+week+blorp");
      await answered(page);
      expect(await page.locator(".not-understood").textContent()).toContain("blorp");
    });

    it("keeps what was asked in the browser, with links that reproduce the answers", async () => {
      await page.goto("/");
      await ask(page, "what fell most this week?");
      const first = await words(page);
      const link = await page.getByRole("link", { name: "Link to this answer" }).getAttribute("href");
      await ask(page, "how is BTC doing?");
      await page.reload();
      await answered(page);
      const earlier = page.locator(".history").getByRole("link", { name: "what fell most this week?" });
      expect(await earlier.getAttribute("href")).toBe(link);
      await earlier.click();
      await page.locator(".as-of").waitFor();
      await answered(page);
      expect(await words(page)).toBe(first);
    });
  });
}
