import { describe, expect, it } from "vitest";
import { answered, ask } from "./ask-page.ts";
import type { TestedPage } from "./open-page.ts";
import type { PageStage } from "./page-stage.ts";

/** How the page comes to the browser, and what it may do there. */
export function servedTests(tested: () => TestedPage, stage: () => PageStage): void {
  describe("as it is served", () => {
    it("allows its own files and the API's data and nothing else, on every page", async () => {
      const { page } = tested();
      for (const path of ["/", "/signals", "/coins/BTC", "/nowhere"]) {
        const headers = (await page.goto(path))?.headers() ?? {};
        const policy = new Map(
          headers["content-security-policy"]?.split("; ").map(part => {
            const [name = "", ...sources] = part.split(" ");
            return [name, sources.join(" ")] as const;
          }),
        );
        expect(Object.fromEntries(policy)).toEqual({
          "default-src": "'none'",
          "script-src": "'self'",
          "style-src": "'self'",
          "img-src": "'self'",
          "connect-src": `'self' ${stage().url}`,
          "base-uri": "'none'",
          "form-action": "'none'",
          "frame-ancestors": "'none'",
          "require-trusted-types-for": "'script'",
        });
        expect(headers).toMatchObject({
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
          "cross-origin-opener-policy": "same-origin",
        });
      }
    });

    it("runs no script and no style that is written into it", async () => {
      const { page } = tested();
      await page.goto("/");
      const inline = page.locator("script:not([src]), style, [style], [onload], [onclick]");
      expect(await inline.count()).toBe(0);
      const blocked = page.waitForEvent("console", message => message.text().includes("Trusted"));
      await page.evaluate(() => {
        try {
          document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=alert(1)>");
        } catch {
          // As it should.
        }
      });
      await blocked;
      expect(await page.locator("img").count()).toBe(0);
      // This fault is the test's doing.
      tested().forgive();
    });

    it("asks an API of another origin, as where it is deployed, and draws its data", async () => {
      const { page } = tested();
      const elsewhere = stage().url.replace("127.0.0.1", "localhost");
      const origins = new Set<string>();
      page.on("request", request => {
        if (request.url().endsWith("/query")) origins.add(new URL(request.url()).origin);
      });
      await page.goto(`${elsewhere}/`);
      await page.locator(".movers li").first().waitFor();
      await ask(page, "top 3 performers this week");
      expect([...origins]).toEqual([stage().url]);
      await page.locator(".chart-canvas canvas").first().waitFor();
      expect(await page.getByRole("link", { name: "API" }).getAttribute("href")).toBe(
        `${stage().url}/openapi.json`,
      );
    });

    it("is told when to try again once it asks for more than its key may, on another origin too", async () => {
      const { page } = tested();
      await page.goto(stage().url.replace("127.0.0.1", "localhost"));
      const refusals = await page.evaluate(async () => {
        const { apiUrl, apiKey } = await (await fetch("/config.json")).json();
        const once = () => fetch(`${apiUrl}/coins?limit=1`, { headers: { "x-api-key": apiKey } });
        const answers = await Promise.all(Array.from({ length: 90 }, once));
        const refused = answers.filter(({ status }) => status === 429);
        return refused.map(({ headers }) => headers.get("retry-after"));
      });
      expect(refusals.length).toBeGreaterThan(10);
      expect(new Set(refusals)).toEqual(new Set(["1"]));
    });

    it("keeps the chosen colours, and follows the device's until then", async () => {
      const { page } = tested();
      const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto("/ask?q=how+is+BTC+doing");
      await answered(page);
      const light = await ground();
      await page.emulateMedia({ colorScheme: "dark" });
      await expect.poll(ground).not.toBe(light);
      await page.getByLabel("Colours").selectOption("light");
      await expect.poll(ground).toBe(light);
      await page.reload();
      expect(await ground()).toBe(light);
    });

    it("moves nothing where the device asks for that", async () => {
      const { page } = tested();
      await page.route("**/market?*", () => undefined);
      const moving = () =>
        page.evaluate(
          () => document.getAnimations().filter(({ playState }) => playState === "running").length,
        );
      await page.emulateMedia({ reducedMotion: "no-preference" });
      await page.goto("/");
      await page.locator(".skeleton").first().waitFor({ state: "attached" });
      expect(await moving()).toBeGreaterThan(0);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await expect.poll(moving).toBe(0);
    });
  });
}
