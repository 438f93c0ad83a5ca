import { Readable, Writable } from "node:stream";
import { buildCoinLexicon } from "@vibe-charting/language";
import { describe, expect, it } from "vitest";
import { parseLines } from "./parse.ts";

const now = new Date("2026-03-18T12:00:00Z");
const coins = buildCoinLexicon({ BTC: ["bitcoin"] });

function sink(): { stream: Writable; lines: () => string[] } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, lines: () => chunks.join("").split("\n").filter(Boolean) };
}

async function run(input: Readable): Promise<{ malformed: number; output: string[]; errors: string[] }> {
  const [output, errors] = [sink(), sink()];
  const malformed = await parseLines({ input, output: output.stream, errors: errors.stream }, now, coins);
  return { malformed, output: output.lines(), errors: errors.lines() };
}

describe("parseLines", () => {
  it("answers a line for a line, in order, with id, intents, slots and confidence", async () => {
    const { output } = await run(Readable.from(['{"id":"b","text":"bitcoin"}\n{"id":"a","text":"hi"}\n']));
    const rows = output.map((line): { id: string; intents: string[] } => JSON.parse(line));
    expect(rows.map(({ id, intents }) => ({ id, intents }))).toEqual([
      { id: "b", intents: ["symbol_overview"] },
      { id: "a", intents: ["help"] },
    ]);
    expect(rows.map(row => Object.keys(row))).toEqual(
      Array.from({ length: 2 }, () => ["id", "intents", "slots", "confidence"]),
    );
  });

  it("counts relative dates from the time given", async () => {
    const { output } = await run(Readable.from(['{"id":1,"text":"bitcoin since monday"}\n']));
    expect(JSON.parse(output[0] ?? "").slots.timeframe).toBe("since:2026-03-16");
  });

  it("names the number of a line that it cannot read, and answers the others", async () => {
    const lines = ['{"id":"a","text":"hi"}', "not json", "", '{"id":"c"}', '{"id":"d","text":"hi"}'];
    const { malformed, output, errors } = await run(Readable.from([lines.join("\r\n")]));
    expect({ malformed, ids: output.map(line => JSON.parse(line).id), errors }).toEqual({
      malformed: 2,
      ids: ["a", "d"],
      errors: [
        'line 2: not JSON; expected {"id": "q1", "text": "..."}',
        expect.stringMatching(/^line 4: text: .*; expected \{"id": "q1", "text": "\.\.\."\}$/),
      ],
    });
  });

  it("answers a line before the next one comes", async () => {
    const output = sink();
    const input = new Readable({ read() {} });
    const answered = new Promise<void>(resolve => {
      const write = output.stream.write.bind(output.stream);
      output.stream.write = (chunk: string) => {
        resolve();
        return write(chunk);
      };
    });
    const done = parseLines({ input, output: output.stream, errors: sink().stream }, now, coins);
    input.push('{"id":"a","text":"hi"}\n');
    await answered;
    expect(output.lines()).toHaveLength(1);
    input.push(null);
    expect(await done).toBe(0);
  });
});
