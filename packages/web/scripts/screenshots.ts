// Takes the pictures of the documentation from a stage of its own: `node packages/web/scripts/screenshots.ts`.
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startBrowser } from "../test/support/browser.ts";
import { startStillStage } from "../test/support/page-stage.ts";

const folder = join(import.meta.dirname, "../../../docs/screenshots");
const mostKibibytes = 300;

const browser = await startBrowser();
const stage = await startStillStage();
try {
  mkdirSync(folder, { recursive: true });
  const { signals } = await stage.api.signals("&type=two_highs_one_low");
  const doubleTop = signals.find(({ state }) => state === "confirmed") ?? signals[0];
  if (!doubleTop) throw new Error("The demo market has no double top to take a picture of.");
  const coin = `/coins/${doubleTop.symbol}?signal=${encodeURIComponent(doubleTop.episodeId)}`;
  await take("market", { width: 1200, height: 1180 }, "/", async page => {
    await page.locator(".movers li").first().waitFor();
  });
  await take("answer", { width: 1200, height: 1180 }, "/ask?q=top+5+performers+this+week", chartDrawn);
  await take("coin", { width: 1200, height: 1180 }, coin, chartDrawn);
  await take("phone", { width: 390, height: 844 }, coin, chartDrawn, true);
} finally {
  await browser.close();
  await stage.stop();
}

async function take(
  name: string,
  viewport: { width: number; height: number },
  path: string,
  ready: (page: Page) => Promise<void>,
  isPhone = false,
): Promise<void> {
  const context = await browser.newContext({
    baseURL: stage.url,
    viewport,
    colorScheme: isPhone ? "dark" : "light",
    reducedMotion: "reduce",
    deviceScaleFactor: isPhone ? 2 : 1,
  });
  const page = await context.newPage();
  await page.goto(path);
  await ready(page);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  await context.close();
  const kibibytes = Math.ceil(statSync(file).size / 1024);
  process.stdout.write(`${file} ${kibibytes} KiB\n`);
  if (kibibytes > mostKibibytes) throw new Error(`${file} is larger than ${mostKibibytes} KiB.`);
}

async function chartDrawn(page: Page): Promise<void> {
  await page.locator(".chart-canvas canvas").first().waitFor();
  // The library draws in the frame after its data has come.
  await page.evaluate(
    () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
