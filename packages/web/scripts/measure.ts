// How fast the page is, with a warm stage of its own: `node packages/web/scripts/measure.ts`. Prints JSON Lines.
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { startBrowser } from "../test/support/browser.ts";
import { startStillStage } from "../test/support/page-stage.ts";

const questions = 40;
const panSeconds = 4;
const marks = 50;

const browser = await startBrowser();
const stage = await startStillStage();
try {
  const first = await firstLoad();
  print("JavaScript of the first load, gzip", first.scriptBytes / 1000, "kB", 180, "at most");
  print("Files of a first visit, gzip", first.fileBytes / 1000, "kB");
  print("Files of a first visit", first.files, "requests");
  print("API requests of a first visit, a question among them", first.apiRequests, "requests");
  const latencies = await enterToAnswer();
  print("Enter to painted answer, median", percentile(latencies, 0.5), "ms");
  print("Enter to painted answer, p95", percentile(latencies, 0.95), "ms", 150, "at most");
  print("Panning 90 days of hours with 50 marks", await framesPerSecond(), "frames/s", 50, "at least");
} finally {
  await browser.close();
  await stage.stop();
}

function print(
  what: string,
  value: number,
  unit: string,
  bound?: number,
  kind?: "at most" | "at least",
): void {
  const rounded = Math.round(value * 10) / 10;
  process.stdout.write(
    `${JSON.stringify({ what, value: rounded, unit, ...(bound === undefined ? {} : { [`${kind}`]: bound }) })}\n`,
  );
}

async function openPage(from: Browser): Promise<Page> {
  const context = await from.newContext({ baseURL: stage.url, viewport: { width: 1200, height: 900 } });
  return await context.newPage();
}

/**
 * What a browser with an empty cache loads: scripts until the market is shown, and everything until a question with a
 * chart is answered, which is what packages/cli/src/graph-workload.ts counts a visit as.
 */
async function firstLoad() {
  const page = await openPage(browser);
  const files: { isScript: boolean; bytes: Promise<number> }[] = [];
  let apiRequests = 0;
  page.on("response", response => {
    const { pathname } = new URL(response.url());
    const isFile = pathname.includes(".") || response.request().resourceType() === "document";
    if (!isFile) apiRequests += 1;
    else {
      const bytes = response.body().then(body => gzipSync(body).length);
      files.push({ isScript: response.request().resourceType() === "script", bytes });
    }
  });
  await page.goto("/");
  await page.locator(".movers li").first().waitFor();
  const scripts = files.filter(({ isScript }) => isScript).map(({ bytes }) => bytes);
  await page.getByRole("textbox", { name: "Your question" }).fill("top 5 performers this week");
  await page.keyboard.press("Enter");
  await page.locator(".chart-canvas canvas").first().waitFor();
  const sum = async (sizes: Promise<number>[]) =>
    (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
  const result = {
    scriptBytes: await sum(scripts),
    fileBytes: await sum(files.map(({ bytes }) => bytes)),
    files: files.length,
    apiRequests,
  };
  await page.context().close();
  return result;
}

/** Milliseconds from the key press, as the page receives it, until the frame that holds the answer is painted. */
async function enterToAnswer(): Promise<number[]> {
  const page = await openPage(browser);
  await page.goto("/ask");
  const box = page.getByRole("textbox", { name: "Your question" });
  const latencies: number[] = [];
  // The first few warm the page and the functions.
  for (let round = -5; round < questions; round++) {
    await box.fill(
      `top ${5 + ((round + 5) % 10)} performers over the past ${3 + Math.floor((round + 5) / 10)} days`,
    );
    const painted = page.evaluate(async () => {
      const before = document.querySelector("article.answer")?.getAttribute("data-query");
      const pressedAt = await new Promise<number>(resolve => {
        addEventListener("keydown", event => resolve(event.timeStamp), { once: true, capture: true });
      });
      await new Promise<void>(resolve => {
        const look = () => {
          const article = document.querySelector('article.answer[aria-busy="false"]');
          if (article && article.getAttribute("data-query") !== before) resolve();
          else requestAnimationFrame(look);
        };
        look();
      });
      // The frame that holds the answer is painted before the next task runs.
      await new Promise(resolve => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
      return performance.now() - pressedAt;
    });
    await box.press("Enter");
    const latency = await painted;
    if (round >= 0) latencies.push(latency);
    // What the answer brings along, its chart, is not part of the next question.
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => new Promise(resolve => requestIdleCallback(resolve)));
  }
  await page.context().close();
  return latencies;
}

/** Frames that the browser makes while the chart is dragged to and fro. */
async function framesPerSecond(): Promise<number> {
  const page = await openPage(browser);
  const { prices } = await stage.api.prices("BTC");
  const [signal] = (await stage.api.signals()).signals;
  if (!signal) throw new Error("The demo market has no signal to mark.");
  const { cmcId } = await stage.api.trends("BTC");
  const points = Array.from({ length: marks }, (_, mark) => {
    const sample = prices[Math.floor((mark * prices.length) / marks)];
    return { label: mark % 2 ? "low" : "h1", at: sample?.at, priceUsd: sample?.price };
  });
  const marked = { ...signal, symbol: "BTC", cmcId, evidence: { ...signal.evidence, points } };
  await page.route("**/signals?*symbol=BTC*", route =>
    route.fulfill({ json: { signals: [marked], nextCursor: null } }),
  );
  await page.goto("/coins/BTC?timeframe=90d");
  await page.getByText(`${marks} points of signals marked`).waitFor();
  const chart = await page.locator(".chart-canvas").boundingBox();
  if (!chart) throw new Error("There is no chart to drag.");
  const middle = { x: chart.x + chart.width / 2, y: chart.y + chart.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  const counted = page.evaluate(async seconds => {
    const startedAt = performance.now();
    let frames = 0;
    while (performance.now() - startedAt < seconds * 1000) {
      await new Promise(resolve => requestAnimationFrame(resolve));
      frames += 1;
    }
    return (frames * 1000) / (performance.now() - startedAt);
  }, panSeconds);
  let isDone = false;
  const frames = counted.finally(() => {
    isDone = true;
  });
  for (let step = 0; !isDone; step++) {
    await page.mouse.move(middle.x + 200 * Math.sin(step / 12), middle.y);
  }
  await page.mouse.up();
  process.stderr.write(`${prices.length} samples, ${marks} marks\n`);
  return await frames;
}

function percentile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  return ascending[Math.min(Math.ceil(ascending.length * share) - 1, ascending.length - 1)] ?? Number.NaN;
}
