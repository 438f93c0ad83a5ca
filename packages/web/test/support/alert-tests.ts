import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { describeAlert } from "../../src/alerts/describe-alert.ts";
import { plural } from "../../src/format/times.ts";
import { axeViolations, type TestedPage } from "./open-page.ts";
import type { PageStage } from "./page-stage.ts";

/** Keeping alerts from the page, against the API. */
export function alertTests(tested: () => TestedPage, stage: () => PageStage): void {
  let page: Page;
  let api: PageStage["api"];
  beforeEach(() => {
    page = tested().page;
    api = stage().api;
  });
  const form = () => page.getByRole("form", { name: "A new alert" });

  describe("alerts", () => {
    it("keeps one for what the list is narrowed to, lists it as the API does, and ends it", async () => {
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

    it("asks for the reader's own key where the page's is everybody's, and sends no other", async () => {
      const keys: (string | undefined)[] = [];
      await page.route("**/config.json", async route => {
        const config = await (await route.fetch()).json();
        await route.fulfill({ json: { ...config, isOwnKey: undefined } });
      });
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
  });
}
