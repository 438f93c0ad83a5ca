import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Types a question into the box, and waits for its answer. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole("textbox", { name: "Your question" }).fill(question);
  await page.keyboard.press("Enter");
  await answered(page);
}

/** Waits for the answer to the question that the address holds; a failure is none. */
export async function answered(page: Page): Promise<void> {
  const shown = page.locator('article.answer[aria-busy="false"], .failure').first();
  await shown.waitFor();
  expect(await page.locator(".failure").allTextContents()).toEqual([]);
}

export async function coinsInAnswer(page: Page): Promise<string[]> {
  return await page.locator("article.answer > .table-scroll tbody th .symbol").allInnerTexts();
}
