import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export type TestedPage = {
  readonly page: Page;
  /** What the page itself did wrong so far: exceptions, and violations of its content security policy. */
  readonly faults: readonly string[];
  /** Forgets what the page did wrong so far, where that is what a test is about. */
  forgive(): void;
  close(): Promise<void>;
};

const viewport = { width: 1200, height: 900 };

/** Opens a page that shares nothing with another: no history, no cache. */
export async function openPage(browser: Browser, baseURL: string): Promise<TestedPage> {
  const context = await browser.newContext({ baseURL, viewport });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", error => faults.push(error.message));
  page.on("console", message => {
    // A failed request is the test's doing; everything else that the browser complains about is the page's.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(message.text());
  });
  page.setDefaultTimeout(30_000);
  const close = async () => {
    // What a test answers itself may still be asked for while its page goes.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  };
  const forgive = () => void faults.splice(0);
  return { page, faults, forgive, close };
}

/** The accessibility rules that the page as it is now violates, with the elements. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated by the browser's debugger: the page's policy forbids scripts of others, and stays in force.
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    // axe-core puts itself on the window.
    const { axe } = window as unknown as {
      axe: {
        run: () => Promise<{
          violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`),
    );
  });
}

/** Changes the page's configuration before it loads: how often it polls. */
export async function pollEvery(page: Page, seconds: number): Promise<void> {
  await page.route("**/config.json", async route => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), pollSeconds: seconds } });
  });
}
