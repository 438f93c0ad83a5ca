import { describe, expect, it } from "vitest";
import { resolveEndpoint } from "./resolve-endpoint.ts";

const failing = (code: string) => async () => {
  throw Object.assign(new Error("getaddrinfo"), { code });
};

describe("resolveEndpoint", () => {
  it.each([["203.0.114.7"], ["203.0.114.7", "2600:1f16::7"]])("takes a host at %s", async (...addresses) => {
    expect(await resolveEndpoint("hooks.example.com", async () => addresses)).toEqual({ kind: "public" });
  });

  it.each([
    "0.0.0.0",
    "0.1.2.3",
    "10.0.3.7",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.170",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:a00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "not an address",
  ])("refuses a host at %s, whatever else it is at", async address => {
    const resolve = async () => ["203.0.114.7", address];
    expect(await resolveEndpoint("hooks.example.com", resolve)).toEqual({
      kind: "refused",
      reason: `hooks.example.com is at ${address}, which is no public address`,
    });
  });

  it("refuses a host without an address, and a name that nobody has", async () => {
    const refused = { kind: "refused", reason: "hooks.example.com has no address" };
    expect(await resolveEndpoint("hooks.example.com", async () => [])).toEqual(refused);
    expect(await resolveEndpoint("hooks.example.com", failing("ENOTFOUND"))).toEqual(refused);
  });

  it("knows nothing while the resolver does not answer", async () => {
    expect(await resolveEndpoint("hooks.example.com", failing("EAI_AGAIN"))).toEqual({
      kind: "unknown",
      reason: "hooks.example.com cannot be looked up now (EAI_AGAIN)",
    });
  });
});
