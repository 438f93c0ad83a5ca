import { describe, expect, it } from "vitest";
import { fullTime } from "../../src/format/times.ts";
import { pollEvery, type TestedPage } from "./open-page.ts";

const problemType = "application/problem+json";
const unavailable = {
  status: 503,
  contentType: problemType,
  headers: { "retry-after": "0" },
  json: {
    type: "https://api.vibe-charting.com/problems/service.unavailable",
    title: "The service cannot answer now",
    status: 503,
    code: "service.unavailable",
    detail: "The database does not answer now. Try again in a few seconds.",
    retryable: true,
  },
};

/** Each state that the page can be in when something is slow, empty, old, refused or gone. */
export function failureTests(tested: () => TestedPage): void {
  const failureOf = (kind: string) => tested().page.locator(`[data-failure="${kind}"]`).first();
  const failure = (kind: string) => tested().page.locator(`.failure[data-failure="${kind}"]`).first();

  describe("when something fails", () => {
    it("says that the service cannot answer, and answers after the button is pressed", async () => {
      const { page } = tested();
      await page.route("**/query", route => route.fulfill(unavailable));
      await page.goto("/ask?q=how+is+the+market");
      await failure("unavailable").waitFor();
      expect(await failure("unavailable").textContent()).toContain("The database does not answer now");
      await page.unroute("**/query");
      await page.getByRole("button", { name: "Try again" }).click();
      await page.locator('article.answer[aria-busy="false"]').waitFor();
    });

    it("says that there were too many requests", async () => {
      const { page } = tested();
      await page.route("**/query", route =>
        route.fulfill({
          status: 429,
          headers: { "retry-after": "0" },
          json: { message: "Too Many Requests" },
        }),
      );
      await page.goto("/ask?q=how+is+the+market");
      await failure("rate-limited").waitFor();
      expect(await failure("rate-limited").textContent()).toContain("shares one quota");
      await page.unroute("**/query");
      await page.getByRole("button", { name: "Try again" }).click();
      await page.locator('article.answer[aria-busy="false"]').waitFor();
    });

    it("says at once how long to wait, where that is longer than a moment", async () => {
      const { page } = tested();
      let requests = 0;
      await page.route("**/query", route => {
        requests += 1;
        return route.fulfill({ status: 429, headers: { "retry-after": "30" }, json: {} });
      });
      await page.goto("/ask?q=how+is+the+market");
      await failure("rate-limited").waitFor();
      expect(await failure("rate-limited").textContent()).toContain("It asks to wait 30 seconds.");
      expect(requests).toBe(1);
    });

    it("says that the day's requests are used up, and when it goes on", async () => {
      const { page } = tested();
      await page.route("**/query", route =>
        route.fulfill({
          status: 429,
          contentType: problemType,
          json: { ...unavailable.json, status: 429, code: "access.quota_exceeded" },
        }),
      );
      await page.goto("/ask?q=how+is+the+market");
      await failure("quota-used-up").waitFor();
      expect(await failure("quota-used-up").textContent()).toContain("It goes on at midnight UTC");
      expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
    });

    it("shows the market's failure in its place, and leaves the rest of the page to be used", async () => {
      const { page } = tested();
      await page.route("**/market?*", route => route.fulfill(unavailable));
      await page.goto("/");
      await failure("unavailable").waitFor();
      await page.locator(".signal-list li").first().waitFor();
      await page.getByRole("link", { name: "How is Bitcoin doing?" }).click();
      await page.locator('article.answer[aria-busy="false"]').waitFor();
    });

    it("says that its key was refused, without trying again", async () => {
      const { page } = tested();
      let requests = 0;
      await page.route("**/query", route => {
        requests += 1;
        return route.fulfill({ status: 403, json: { message: "Forbidden" } });
      });
      await page.goto("/ask?q=how+is+the+market");
      await failure("refused").waitFor();
      expect(requests).toBe(1);
    });

    it("says that a coin is not known", async () => {
      const { page } = tested();
      await page.goto("/coins/NOSUCHCOIN");
      await failure("not-found").waitFor();
      expect(await failure("not-found").textContent()).toContain("NOSUCHCOIN");
    });

    it("keeps what it shows when the connection goes, says so, and goes on when it is back", async () => {
      const { page } = tested();
      await pollEvery(page, 0.5);
      await page.goto("/signals");
      await page.locator(".signal-list li").first().waitFor();
      await page.context().setOffline(true);
      await page.locator('.interrupted[data-failure="offline"]').waitFor();
      expect(await page.locator(".live").textContent()).toContain("Interrupted");
      expect(await page.locator(".signal-list li").count()).toBeGreaterThan(0);
      await page.context().setOffline(false);
      await page.locator('.live[data-state="live"]').waitFor();
      expect(await page.locator(".interrupted").count()).toBe(0);
    });

    it("says at once that the connection went, before anything is asked for", async () => {
      const { page } = tested();
      await pollEvery(page, 3_600);
      await page.goto("/coins");
      await page.locator("tbody .change.up").first().waitFor();
      await page.context().setOffline(true);
      await page.locator('.live[data-state="interrupted"]').waitFor();
      await page.context().setOffline(false);
      await page.locator('.live[data-state="live"]').waitFor();
    });

    it("says that the server does not answer when it is gone from the start", async () => {
      const { page } = tested();
      await page.route("**/config.json", route => route.abort());
      await page.goto("/");
      await failure("unreachable").waitFor();
    });

    it("stands without a chart whose code cannot be loaded, and says how to get it", async () => {
      const { page } = tested();
      await page.route("**/assets/*chart*.js", route => route.abort());
      for (const path of ["/ask?q=top+5+performers+this+week", "/coins/BTC"]) {
        await page.goto(path);
        await failureOf("chart").waitFor();
        expect(await page.locator("tbody td, .tiles li").count()).toBeGreaterThan(3);
      }
      await page.unrouteAll();
      await page.getByRole("button", { name: "Load the page again" }).click();
      await page.locator(".chart-canvas canvas").first().waitFor();
      // The console has the script that could not be loaded.
      tested().forgive();
    });

    it("shows what is not JSON as a failure, and the rest of the page", async () => {
      const { page } = tested();
      await page.route("**/query", route =>
        route.fulfill({ status: 200, body: "<html>a proxy's page</html>" }),
      );
      await page.goto("/ask?q=how+is+the+market");
      await page.locator(".failure").waitFor();
      expect(await page.getByRole("navigation", { name: "Pages" }).count()).toBe(1);
    });
  });

  describe("while something is missing", () => {
    it("shows that it loads", async () => {
      const { page } = tested();
      await page.route("**/signals?*limit=200", () => undefined);
      await page.goto("/signals");
      await page.getByRole("status").getByText("Loading the signals").waitFor({ state: "attached" });
      await page.unrouteAll({ behavior: "ignoreErrors" });
    });

    it("says that no signal fits the filters, and leads to all of them", async () => {
      const { page } = tested();
      await page.route("**/signals?*limit=200", route =>
        route.fulfill({ json: { signals: [], nextCursor: null } }),
      );
      await page.goto("/signals?type=pump_and_dump&minConfidence=0.8");
      await page.locator(".empty").waitFor();
      expect(await page.locator(".empty").textContent()).toBe("No signal fits these filters. Show all");
    });

    it("says that nothing has been taken in yet", async () => {
      const { page } = tested();
      await page.route("**/coins?*", route => route.fulfill({ json: { coins: [], nextCursor: null } }));
      await page.goto("/coins");
      await page.locator(".empty").waitFor();
      expect(await page.locator(".empty").textContent()).toContain("No listing has been taken in yet");
    });

    it("says how old the newest data is, where the market is a real one", async () => {
      const { page } = tested();
      await page.clock.install();
      await page.route("**/health", async route => {
        const health = await (await route.fetch()).json();
        await route.fulfill({ json: { ...health, source: "coinmarketcap" } });
      });
      await page.goto("/coins");
      const newest = page.locator(".live time");
      await newest.filter({ hasText: " ago" }).waitFor();
      const newestAt = Date.parse((await newest.getAttribute("datetime")) ?? "");
      await page.clock.setSystemTime(newestAt + 3 * 60 * 60_000);
      await page.clock.runFor(60_000);
      await newest.filter({ hasText: ", 3 hours ago" }).waitFor();
    });

    it("says under an answer how old its data is, where the market is a real one", async () => {
      const { page } = tested();
      let asOf = 0;
      await page.route("**/query", async route => {
        const answer = await (await route.fetch()).json();
        asOf = Date.now() - 5 * 60 * 60_000;
        Object.assign(answer.coverage, { source: "coinmarketcap", asOf: new Date(asOf).toISOString() });
        await route.fulfill({ json: answer });
      });
      await page.goto("/ask?q=how+is+BTC+doing");
      await page.locator(".coverage").waitFor();
      expect(await page.locator(".coverage").textContent()).toContain(
        `Data of ${fullTime(new Date(asOf).toISOString())}, 5 hours ago, `,
      );
    });

    it("warns of old data on every page", async () => {
      const { page } = tested();
      await page.route("**/health", async route => {
        const response = await route.fetch();
        const health = await response.json();
        health.source = "coinmarketcap";
        health.checks.data.ok = false;
        await route.fulfill({ status: 503, json: health });
      });
      await page.goto("/coins");
      await page.locator('[data-banner="stale"]').waitFor();
    });
  });
}
