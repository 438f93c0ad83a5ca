import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { describeAlert } from "../../src/alerts/describe-alert.ts";
import { plural } from "../../src/format/times.ts";
import { axeViolations, type TestedPage } from "./open-page.ts";
import { localApiKey, type PageStage } from "./page-stage.ts";

/** Keeping alerts from the page, against the API. */
export function alertTests(tested: () => TestedPage, stage: () => PageStage): void {
  let page: Page;
  let api: PageStage["api"];
  beforeEach(() => {
    page = tested().page;
    api = stage().api;
  });
  /** As after "Use this key", which has a test of its own. */
  const withKey = (key: string) =>
    page.addInitScript(value => sessionStorage.setItem("vibe-charting.own-key", value), key);
  const form = () => page.getByRole("form", { name: "A new alert" });

  describe("alerts", () => {
    it("keeps one for what the list is narrowed to, lists it as the API does, and ends it", async () => {
      await withKey(localApiKey);
      await page.goto("/signals?type=pump_and_dump&minConfidence=0.7");
      await form().getByLabel("E-mail address").fill("trader@example.com");
      await form().getByLabel("Only these coins").fill("BTC, eth");
      await form().getByLabel("Quiet hours").check();
      await form().getByRole("button", { name: "Save the alert" }).click();
      await page.locator(".saved").waitFor();
      const [kept, ...others] = (await api.alerts()).alerts;
      if (kept === undefined) throw new Error("The API keeps no alert");
      expect(others).toEqual([]);
      expect({ recipient: kept.recipient, filter: kept.filter, quietHours: kept.quietHours }).toEqual({
        recipient: { channel: "email", address: "trader@example.com" },
        filter: {
          symbols: ["BTC", "ETH"],
          signalTypes: ["pump_and_dump"],
          states: ["confirmed"],
          minConfidence: 0.7,
        },
        quietHours: { from: "22:00", to: "07:00", timeZone: "UTC" },
      });
      const listed = page.locator(`[data-alert="${kept.id}"]`);
      await listed.waitFor();
      expect(await listed.getAttribute("data-status")).toBe(kept.status);
      expect(await listed.textContent()).toContain(describeAlert(kept));
      await listed.getByRole("button", { name: /^End the alert for trader@example.com/ }).click();
      await listed.waitFor({ state: "detached" });
      expect((await api.alerts()).alerts).toEqual([]);
    });

    it("makes the alert that a question wishes for, and says how often it would have come", async () => {
      await withKey(localApiKey);
      const question = "tell me when BTC bottoms out";
      const { proposedAlert } = await api.ask(question);
      if (!proposedAlert) throw new Error("The API proposes no alert");
      await page.goto(`/ask?${new URLSearchParams({ q: question })}`);
      const proposal = page.locator(".proposal");
      await proposal.waitFor();
      const { fired, perWeek } = proposedAlert.history;
      expect(await proposal.textContent()).toContain(`come ${plural(fired, "time")}, ${perWeek} a week`);
      await proposal.getByRole("button", { name: "Make this alert" }).click();
      expect(await axeViolations(page)).toEqual([]);
      await form().getByLabel("E-mail address").fill("trader@example.com");
      await form().getByRole("button", { name: "Save the alert" }).click();
      await page.locator(".saved").waitFor();
      const { alerts } = await api.alerts();
      expect(alerts.map(({ filter, dailyCap }) => ({ filter, dailyCap }))).toEqual([proposedAlert.request]);
      await page.goto("/signals");
      await page.getByRole("button", { name: /^End the alert/ }).click();
      await page.getByText("None yet.").waitFor();
    });

    it("shows what the API refuses beside the field, and keeps nothing", async () => {
      await withKey(localApiKey);
      await page.goto("/coins/BTC");
      expect(await form().getByLabel("Only these coins").inputValue()).toBe("BTC");
      await form().getByLabel("E-mail address").fill("trader@localhost");
      await form().getByRole("button", { name: "Save the alert" }).click();
      const field = form().getByLabel("E-mail address");
      await page.locator(".problem").first().waitFor();
      const described = await field.getAttribute("aria-describedby");
      expect(await page.locator(`[id="${described}"]`).textContent()).toContain("must be an e-mail address");
      expect((await api.alerts()).alerts).toEqual([]);
    });

    it("asks for the reader's own key, and sends no other", async () => {
      const keys: (string | undefined)[] = [];
      await page.route("**/alerts?*", route => {
        keys.push(route.request().headers()["x-api-key"]);
        return route.fulfill({ json: { alerts: [], nextCursor: null } });
      });
      await page.goto("/signals");
      await page.getByLabel("Your API key").fill("a-key-of-my-own");
      expect(keys).toEqual([]);
      await page.getByRole("button", { name: "Use this key" }).click();
      await page.getByText("None yet.").waitFor();
      expect(new Set(keys)).toEqual(new Set(["a-key-of-my-own"]));
      await page.getByRole("button", { name: "Forget it now" }).click();
      await page.getByLabel("Your API key").waitFor();
    });

    it("says that a key is wrong, and takes another", async () => {
      await page.goto("/signals");
      await page.getByLabel("Your API key").fill("a-key-of-nobody");
      await page.getByRole("button", { name: "Use this key" }).click();
      await page.locator('.failure[data-failure="own-key-refused"]').waitFor();
      await page.getByRole("button", { name: "Forget it now" }).click();
      await page.getByLabel("Your API key").fill(localApiKey);
      await page.getByRole("button", { name: "Use this key" }).click();
      await page.getByText("None yet.").waitFor();
    });
  });

  describe("the page's key", () => {
    it("is not that of the operator, asks questions, and keeps no alerts in any way", async () => {
      const { apiKey } = await (await fetch(`${stage().url}/config.json`)).json();
      const ask = async (method: string, path: string, body?: object) => {
        const response = await fetch(`${stage().url}${path}`, {
          method,
          headers: { "x-api-key": apiKey, "content-type": "application/json" },
          ...(body && { body: JSON.stringify(body) }),
        });
        const { code } = await response.json();
        return [response.status, code];
      };
      const refused = [403, "access.public_key"];
      expect({
        isOwn: apiKey !== localApiKey,
        question: await ask("POST", "/query", { query: "how is the market?" }),
        list: await ask("GET", "/alerts"),
        create: await ask("POST", "/alerts", { recipient: { channel: "email", address: "a@example.com" } }),
        end: await ask("DELETE", "/alerts/0190c5a0-0000-7000-8000-000000000000"),
      }).toEqual({ isOwn: true, question: [200, undefined], list: refused, create: refused, end: refused });
      expect((await api.alerts()).alerts).toEqual([]);
    });
  });
}
