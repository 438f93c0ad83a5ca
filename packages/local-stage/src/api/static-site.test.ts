import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graphOf } from "../../test/graph-fixture.ts";
import { siteResources } from "../../test/site-fixture.ts";
import { findFreePort } from "../free-port.ts";
import { type LoopbackServer, startLoopbackServer } from "../loopback-server.ts";
import { planSite } from "./site-plan.ts";
import { serveStaticSite } from "./static-site.ts";

let directory: string;
let server: LoopbackServer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "site-"));
  mkdirSync(join(directory, "assets"));
  writeFileSync(join(directory, "index.html"), "<!doctype html>");
  writeFileSync(join(directory, "assets/index-Ab_1.js"), "export {};");
  writeFileSync(join(directory, "secret.txt"), "no");
  const plan = planSite(graphOf(siteResources(directory)));
  if (plan === undefined) throw new Error("The graph has a site");
  const site = await serveStaticSite(plan);
  server = await startLoopbackServer({
    port: await findFreePort(),
    purpose: "The site",
    listener: (request, response) => {
      const { pathname } = new URL(`http://site${request.url}`);
      if (!site(request, response, pathname)) response.end("the API");
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
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-type": "text/html;charset=UTF-8",
        "content-security-policy": "default-src 'none'",
        "x-site": "yes",
        vary: "accept, x-api-key",
      });
    },
  );

  it.each([
    ["shows a key", "/signals", { ...html, "x-api-key": "k" }, "GET"],
    ["asks for JSON", "/signals", { accept: "application/json" }, "GET"],
    ["posts", "/query", html, "POST"],
    ["asks for a file that is not there", "/assets/other-1.js", {}, "GET"],
    ["asks for a file that is not routed to the site", "/secret.txt", {}, "GET"],
    ["climbs", "/assets/..%2fsecret.txt", {}, "GET"],
  ])("leaves it to the API when somebody %s", async (_, path, headers, method) => {
    expect(await (await get(path, headers, method)).text()).toBe("the API");
  });

  it("gives its page at the root, where the API has nothing, to who asks for anything", async () => {
    expect(await (await get("/", { accept: "*/*" })).text()).toBe("<!doctype html>");
  });

  it("gives files by their type, for ever", async () => {
    const response = await get("/assets/index-Ab_1.js");
    expect([
      await response.text(),
      response.headers.get("content-type"),
      response.headers.get("cache-control"),
    ]).toEqual(["export {};", "text/javascript;charset=UTF-8", "max-age=31536000,immutable"]);
  });

  it("gives the page its configuration, with the headers of the site", async () => {
    const response = await get("/config.json");
    expect([await response.json(), response.headers.get("x-site")]).toEqual([{ apiKey: "k" }, "yes"]);
  });

  it("goes on with what was deployed when its files change", async () => {
    writeFileSync(join(directory, "index.html"), "half of a");
    expect(await (await get("/", html)).text()).toBe("<!doctype html>");
  });
});
