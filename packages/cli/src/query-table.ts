import type { QueryResponse, QueryResult } from "@vibe-charting/contracts";
import Table from "cli-table3";

type Column = {
  readonly title: string;
  readonly align: "left" | "right";
  readonly cell: (result: QueryResult, index: number) => string;
  /** Whether the column has anything to say of a result; one that is empty throughout is left out. */
  readonly has?: (result: QueryResult) => boolean;
};

const columns: readonly Column[] = [
  { title: "#", align: "right", cell: (_, index) => String(index + 1) },
  { title: "Coin", align: "left", cell: ({ symbol }) => symbol },
  { title: "Name", align: "left", cell: ({ name }) => name },
  { title: "Rank", align: "right", cell: ({ rank }) => String(rank ?? "") },
  { title: "Price", align: "right", cell: ({ price }) => usd(price) },
  {
    title: "Change",
    align: "right",
    cell: ({ changePct }) => (changePct === null ? "" : signed(changePct)),
    has: ({ changePct }) => changePct !== null,
  },
  {
    title: "Trend",
    align: "left",
    cell: ({ trend }) => trend ?? "",
    has: ({ trend }) => trend !== undefined,
  },
  {
    title: "Volatility",
    align: "right",
    cell: ({ volatility }) => (volatility === undefined ? "" : `${Math.round(100 * volatility)}%`),
    has: ({ volatility }) => volatility !== undefined,
  },
  {
    title: "Signal",
    align: "left",
    cell: ({ signal }) => signal ?? "",
    has: ({ signal }) => signal !== undefined,
  },
  {
    title: "State",
    align: "left",
    cell: ({ state }) => state ?? "",
    has: ({ state }) => state !== undefined,
  },
  {
    title: "Since",
    align: "left",
    cell: ({ detectedAt }) => detectedAt?.slice(0, 16).replace("T", " ") ?? "",
    has: ({ detectedAt }) => detectedAt !== undefined,
  },
  {
    title: "Sure",
    align: "right",
    cell: ({ confidence }) => (confidence === undefined ? "" : `${Math.round(100 * confidence)}%`),
    has: ({ confidence }) => confidence !== undefined,
  },
];

/** An answer for a terminal of so many columns: the text, a table of the results, and how the question was read. */
export function renderAnswer(response: QueryResponse, width: number): string {
  const parts = [wrap(printable(response.answer), width)];
  if (response.results.length > 0) parts.push(renderTable(response.results));
  if (!response.interpretation.intents.includes("help")) {
    parts.push(wrap(`Read as: ${describeReading(response)}`, width));
  }
  return `${parts.join("\n\n")}\n`;
}

function renderTable(results: readonly QueryResult[]): string {
  const shown = columns.filter(({ has }) => has === undefined || results.some(has));
  const table = new Table({
    head: shown.map(({ title }) => title),
    colAligns: shown.map(({ align }) => align),
    style: { head: ["bold"], border: ["grey"], compact: true },
  });
  for (const [index, result] of results.entries()) {
    table.push(shown.map(({ cell }) => printable(cell(result, index))));
  }
  return table.toString();
}

function describeReading({ interpretation }: QueryResponse): string {
  const { intents, window, confidence, notUnderstood, ...slots } = interpretation;
  const minute = (at: string) => at.slice(0, 16).replace("T", " ");
  const set = Object.entries(slots).filter(
    ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  const words = [
    intents.join(" + "),
    ...set.map(([slot, value]) => (value === true ? slot : `${slot} ${[value].flat().join(", ")}`)),
    ...(intents.includes("unknown") ? [] : [`${minute(window.from)} to ${minute(window.to)} UTC`]),
    `${Math.round(100 * confidence)}% sure`,
    ...(notUnderstood.length > 0 ? [`not understood: ${notUnderstood.join(", ")}`] : []),
  ];
  return printable(words.join("; "));
}

/** Names come from a provider: nothing in them may steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, "");
}

function signed(pct: number): string {
  return `${pct >= 0 ? "+" : ""}${pct.toFixed(2)}%`;
}

function usd(price: number): string {
  const digits =
    price >= 1 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumSignificantDigits: 4 };
  return `$${price.toLocaleString("en-US", digits)}`;
}

function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
