import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Nothing is fetched but what a page asks for. */
const quiet = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-extensions",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
];

/** Starts the Chromium that an npm package ships, with a profile that is empty and goes with it. */
export async function startBrowser(): Promise<Browser> {
  return await playwright.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: quiet,
    // The package's own fonts, so that pictures are the same on every machine.
    env: { ...process.env, FONTCONFIG_PATH: join(tmpdir(), "fonts") },
  });
}
