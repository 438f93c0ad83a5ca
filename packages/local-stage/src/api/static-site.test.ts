import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFreePort } from "../free-port.ts";
import { type LoopbackServer, startLoopbackServer } from "../loopback-server.ts";
import { serveStaticSite } from "./static-site.ts";

let directory: string;
let server: LoopbackServer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "site-"));
  mkdirSync(join(directory, "site/assets"), { recursive: true });
  writeFileSync(join(directory, "site/index.html"), "<!doctype html>");
  writeFileSync(join(directory, "site/assets/index-Ab_1.js"), "export {};");
  writeFileSync(join(directory, "secret.js"), "no");
  const site = serveStaticSite({ directory: join(directory, "site"), config: { apiKey: "k" } });
  server = await startLoopbackServer({
    port: await findFreePort(),
    purpose: "The site",
    listener: (request, response) => {
      void site(request, response, new URL(`http://site${request.url}`).pathname).then(isAnswered => {
        if (!isAnswered) response.end("the API");
      });
    },
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

const get = async (path: string, headers: Record<string, string> = {}, method = "GET") =>
  await fetch(`http://127.0.0.1:${server.port}${path}`, { headers, method });
const html = { accept: "text/html,*/*;q=0.8" };

describe("a static site beside an API", () => {
  it.each(["/", "/coins/BTC", "/signals?type=pump_and_dump", "/coins/A.B"])(
    "gives its page for %s to who asks for HTML",
    async path => {
      const response = await get(path, html);
      expect(await response.text()).toBe("<!doctype html>");
      expect(response.headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      );
      expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
    },
  );

  it.each([
    ["shows a key", "/signals", { ...html, "x-api-key": "k" }, "GET"],
    ["asks for JSON", "/signals", { accept: "application/json" }, "GET"],
    ["posts", "/query", html, "POST"],
    ["asks for a file that is not there", "/assets/other-1.js", {}, "GET"],
    ["asks for a file outside", "/assets/..%2f..%2fsecret.js", {}, "GET"],
    ["climbs", "/..%2fsecret.js", {}, "GET"],
  ])("leaves it to the API when somebody %s", async (_, path, headers, method) => {
    expect(await (await get(path, headers, method)).text()).toBe("the API");
  });

  it("gives files by their type, for ever", async () => {
    const response = await get("/assets/index-Ab_1.js");
    expect([
      await response.text(),
      response.headers.get("content-type"),
      response.headers.get("cache-control"),
    ]).toEqual(["export {};", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"]);
  });

  it("gives the page its configuration, afresh each time", async () => {
    const response = await get("/config.json");
    expect([await response.json(), response.headers.get("cache-control")]).toEqual([
      { apiKey: "k" },
      "no-store",
    ]);
  });
});
