import { afterEach, describe, expect, it } from "vitest";
import { ProviderError } from "../src/provider-error.ts";
import type { RetryOptions } from "../src/retry.ts";
import { type Answer, json, type ProviderServer, startProvider, text } from "./provider-server.ts";

/** What a source took of an answer, and why it left the rest. */
type Taken = { readonly prices: readonly number[]; readonly reasons: readonly string[] };

/** A source of prices as the contract sees it. */
type PriceSource = {
  readonly name: string;
  /** Its secret, which no error may show; null for a source without one. */
  readonly secret: string | null;
  fetch(url: string, time: RetryOptions): Promise<Taken>;
  /** The provider's answer with these prices, in its documented shape; any JSON may stand for a price. */
  answerWith(prices: readonly unknown[]): unknown;
  /** The same with the first item there twice. */
  readonly answerWithRepetition: unknown;
  /** The provider's body beside an error status. */
  refusal(words: string): unknown;
};

const servers: ProviderServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

async function provider(...answers: readonly Answer[]): Promise<ProviderServer> {
  const server = await startProvider(...answers);
  servers.push(server);
  return server;
}

/** The contract that every source of prices keeps, whoever the provider is. */
export function describePriceSource(source: PriceSource): void {
  const { name } = source;

  /** Fetches while time passes only in waits; gives what was taken or thrown, and the waits. */
  const fetchFrom = async (url: string, timeMs = 300_000) => {
    const waitsMs: number[] = [];
    let leftMs = timeMs;
    const outcome = await source
      .fetch(url, {
        deadlineMs: () => leftMs,
        random: () => 1,
        wait: async ms => {
          waitsMs.push(ms);
          leftMs -= ms;
        },
      })
      .then(
        taken => ({ kind: "taken" as const, ...taken }),
        (error: unknown) => {
          if (!(error instanceof ProviderError)) throw error;
          return { kind: "thrown" as const, message: error.message, reaction: error.reaction.kind };
        },
      );
    return { ...outcome, waitsMs };
  };
  const good = json(source.answerWith([100, 101, 102]));
  const taken = { kind: "taken", prices: [100, 101, 102], reasons: [], waitsMs: [] };
  const backoff = [500, 1_000, 2_000];

  describe(`${name} as a source of prices`, () => {
    it("gives what the provider has", async () => {
      expect(await fetchFrom((await provider(good)).url)).toEqual(taken);
    });

    it("gives nothing where the provider has nothing", async () => {
      expect(await fetchFrom((await provider(json(source.answerWith([])))).url)).toEqual({
        ...taken,
        prices: [],
      });
    });

    it.each([
      ["no number", "100"],
      ["NaN in words", "NaN"],
      ["nothing", null],
      ["missing", undefined],
      ["zero", 0],
      ["negative", -1],
      ["absurd", 1e30],
      ["an object", {}],
    ])("leaves out a price that is %s with its reason, and takes the others", async (_, price) => {
      const { url } = await provider(json(source.answerWith([100, price, 102])));
      expect(await fetchFrom(url)).toEqual({ ...taken, prices: [100, 102], reasons: [expect.any(String)] });
    });

    it("takes what is there twice once, and says so", async () => {
      const { url } = await provider(json(source.answerWithRepetition));
      expect(await fetchFrom(url)).toEqual({
        ...taken,
        reasons: [expect.stringContaining("twice")],
      });
    });

    const passing: readonly (readonly [string, Answer, RegExp])[] = [
      ["half a body", halfABody, /^\w+ did not answer in full: /],
      ["a closed connection", (_, response) => response.destroy(), /^\w+ did not answer in full: /],
      [
        "no body at all",
        text("", 200, {}),
        /^\w+ answered something that is not JSON \(no content type\): nothing$/,
      ],
      [
        "JSON that ends too early",
        text(JSON.stringify(source.answerWith([100])).slice(0, -9)),
        /is not JSON/,
      ],
      ["NaN, which JSON does not have", text('{"prices":[[1,NaN]]}'), /is not JSON/],
      [
        "a web page",
        text("<html>\n<b>busy</b></html>"),
        /^\w+ answered something that is not JSON \(text\/html\): "<html> <b>busy<\/b><\/html>"$/,
      ],
      ["JSON of another kind", json({ hello: 1 }), /^\w+'s answer is not a /],
      ["JSON that is a word", json("busy"), /^\w+'s answer is not a /],
      ["a fault of its own", json(source.refusal("Oops."), 500), /^\w+ answered 500: Oops\.$/],
      ["a web page of a proxy", text("<html>Bad gateway</html>", 502), /^\w+ answered 502: no reason given$/],
    ];
    it.each(passing)(
      "tries again after %s, three times, and then says what came",
      async (_, bad, message) => {
        const recovering = await provider(bad, good);
        expect(await fetchFrom(recovering.url)).toEqual({ ...taken, waitsMs: [500] });
        const failing = await provider(bad);
        expect(await fetchFrom(failing.url)).toEqual({
          kind: "thrown",
          message: expect.stringMatching(message),
          reaction: "retry",
          waitsMs: backoff,
        });
        expect(failing.asked).toHaveLength(4);
      },
    );

    it("waits after a limit as long as the provider asks, in seconds or until a date", async () => {
      const limited = (after: string) => json(source.refusal("Slow down."), 429, { "retry-after": after });
      const inSeconds = await provider(limited("7"), good);
      expect(await fetchFrom(inSeconds.url)).toEqual({ ...taken, waitsMs: [7_000] });
      const atDate = await provider(limited(new Date(Date.now() + 90_000).toUTCString()), good);
      const { waitsMs } = await fetchFrom(atDate.url);
      expect(waitsMs).toEqual([expect.closeTo(90_000, -4)]);
    });

    it("waits a minute after a limit that names no wait", async () => {
      const { url } = await provider(json(source.refusal("Slow down."), 429), good);
      expect(await fetchFrom(url)).toEqual({ ...taken, waitsMs: [60_000] });
    });

    it("does not begin a wait that its time does not allow", async () => {
      const { url } = await provider(
        json(source.refusal("Slow down."), 429, { "retry-after": "3600" }),
        good,
      );
      expect(await fetchFrom(url)).toEqual({
        kind: "thrown",
        message: `${name} answered 429: Slow down.`,
        reaction: "retry",
        waitsMs: [],
      });
    });

    it("does not ask when no time is left", async () => {
      const server = await provider(good);
      expect(await fetchFrom(server.url, 0)).toEqual({
        kind: "thrown",
        message: `There is no time left to ask ${name}`,
        reaction: "retry",
        waitsMs: [],
      });
      expect(server.asked).toEqual([]);
    });

    it("breaks off a body that comes too slowly for the time that is left", async () => {
      const { url } = await provider(trickle);
      expect(await fetchFrom(url, 300)).toEqual({
        kind: "thrown",
        message: `${name} did not answer in full within 0.3 seconds`,
        reaction: "retry",
        waitsMs: [],
      });
    });

    it.each([400, 401, 402, 403, 404, 405, 410, 422])(
      "does not repeat what is refused with %d",
      async status => {
        const server = await provider(json(source.refusal("No."), status), good);
        expect(await fetchFrom(server.url)).toEqual({
          kind: "thrown",
          message: `${name} answered ${status}: No.`,
          reaction: "fail",
          waitsMs: [],
        });
        expect(server.asked).toHaveLength(1);
      },
    );

    it.each([301, 302, 303, 307, 308])("does not follow %d to another address", async status => {
      const elsewhere = await provider(good);
      const { url } = await provider(text("", status, { location: elsewhere.url }));
      expect(await fetchFrom(url)).toEqual({
        kind: "thrown",
        message: `${name} answered ${status} and sent the request on to another address, which is not followed: check its address in the secret`,
        reaction: "fail",
        waitsMs: [],
      });
      expect(elsewhere.asked).toEqual([]);
    });

    it("refuses a body of 50 MB without taking it in", async () => {
      const flood = await provider(fiftyMegabytes);
      expect(await fetchFrom(flood.url)).toEqual({
        kind: "thrown",
        message: `${name} sent more than 32 MiB, which is no answer to what was asked: check its address in the secret`,
        reaction: "fail",
        waitsMs: [],
      });
      expect(flood.asked).toHaveLength(1);
    });

    it("shows a provider's words without line breaks, and not all of them", async () => {
      const words = `No.\n${"x".repeat(1_000)}`;
      const outcome = await fetchFrom((await provider(json(source.refusal(words), 404))).url);
      expect(outcome).toMatchObject({ message: `${name} answered 404: No. ${"x".repeat(296)}` });
    });

    const { secret } = source;
    if (secret !== null) {
      it("keeps its key out of every error", async () => {
        for (const [, answer] of passing) {
          const { url } = await provider(answer);
          const error = await source.fetch(url, { deadlineMs: () => 100 }).catch((thrown: unknown) => thrown);
          expect(error).toBeInstanceOf(ProviderError);
          expect(everythingIn(error)).not.toContain(secret);
        }
      });
    }
  });
}

const halfABody: Answer = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"status":');
  setImmediate(() => response.destroy());
};

/** Begins an answer and goes on a byte at a time, for as long as somebody listens. */
const trickle: Answer = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};

const fiftyMegabytes: Answer = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const megabyte = Buffer.alloc(1024 * 1024, " ");
  let sent = 0;
  const send = () => {
    while (sent < 50 && !response.destroyed) {
      sent += 1;
      if (!response.write(megabyte)) {
        response.once("drain", send);
        return;
      }
    }
    response.end("{}");
  };
  send();
};

/** Everything that an error holds, its causes and own properties too. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.getOwnPropertyNames(error).map(name => JSON.stringify(Reflect.get(error, name)) ?? "");
  return [error.message, ...own, error.cause === undefined ? "" : everythingIn(error.cause)].join(" ");
}
