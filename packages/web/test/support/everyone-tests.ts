import { describe, expect, it } from "vitest";
import { axeViolations, type TestedPage } from "./open-page.ts";

const pages = {
  "the market": ["/", ".signal-list li"],
  "an answer": ["/ask?q=which+coins+show+a+double+top+blorp", ".chart-canvas canvas"],
  "a coin": ["/coins/XLM", ".chart-canvas canvas"],
  "the coins": ["/coins", "tbody .change.up"],
  "the signals": ["/signals?state=confirmed", ".signal-list li"],
  "a coin's chart as a table": ["/coins/XLM#table", ".chart-canvas canvas"],
  "no answer": ["/ask?q=asdf+qwer", ".examples .reason"],
  "a failure": ["/coins/NOSUCHCOIN", ".failure"],
  "no page": ["/nowhere", "h1"],
} as const;

/** What the page must bear: nothing of it becomes markup, and nothing of it breaks the page. */
const hostile = {
  markup: `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`,
  "a closing of the page": `</main></div></body>"><svg/onload=alert(1)>{{7*7}}\${7*7}`,
  "right-to-left text":
    "\u202e\u0643\u0645 \u0633\u0639\u0631 \u05d1\u05d9\u05d8\u05e7\u05d5\u05d9\u05df \u202b BTC?",
  emoji: "🚀🔥📈 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 to the 🌕?",
  "control characters": "best\u0000 coins\u0007\u001b[31m\u2028 this\u200b week",
  "one long word": "A".repeat(500),
  "combining marks": "Z\u0351\u036b\u0343\u036a".repeat(100),
  "a query of a database": `'; DROP TABLE price_data; -- " OR 1=1`,
} as const;

export function everyoneTests(tested: () => TestedPage): void {
  for (const theme of ["light", "dark"] as const) {
    describe(`in ${theme} colours`, () => {
      it.each(Object.entries(pages))("%s violates no rule of accessibility", async (_, [path, ready]) => {
        const { page } = tested();
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.goto(path);
        await page.locator(ready).first().waitFor();
        if (path.endsWith("#table")) await page.getByText("The chart as a table").click();
        expect(await axeViolations(page)).toEqual([]);
      });
    });
  }

  describe("on a phone", () => {
    it.each(Object.entries(pages))("%s fits, and violates no rule", async (_, [path, ready]) => {
      const { page } = tested();
      await page.setViewportSize({ width: 360, height: 740 });
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.goto(path);
      await page.locator(ready).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  describe("500 characters of anything", () => {
    it.each(Object.entries(hostile))("%s is shown as text, and answered or refused", async (_, text) => {
      const { page } = tested();
      await page.goto("/");
      await page.getByRole("textbox", { name: "Your question" }).fill(text);
      const typed = await page.getByRole("textbox", { name: "Your question" }).inputValue();
      await page.keyboard.press("Enter");
      await page.locator('article.answer[aria-busy="false"], .failure').first().waitFor();
      expect(await page.getByRole("textbox", { name: "Your question" }).inputValue()).toBe(typed.trim());
      expect(await page.locator("main img, main script, main svg[onload]").count()).toBe(0);
      expect(await page.title()).toContain(typed.trim().slice(0, 4));
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      // Asked before is on the page of the next question, as text again.
      await page.goto("/ask");
      expect(await page.locator("main img, main script").count()).toBe(0);
    });
  });
}
