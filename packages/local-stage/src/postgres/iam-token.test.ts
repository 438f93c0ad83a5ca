import { Signer } from "@aws-sdk/rds-signer";
import { beforeAll, describe, expect, it } from "vitest";
import { readAccessKey } from "./iam-token.ts";

const credentials = { accessKeyId: "ASIA0123456789ABCDEF", secretAccessKey: "local", sessionToken: "local" };

describe("a token of IAM", () => {
  let token: string;
  let signedAtMs: number;
  beforeAll(async () => {
    const signer = { hostname: "127.0.0.1", port: 5432, region: "us-east-2", credentials };
    token = await new Signer({ ...signer, username: "vibe_query" }).getAuthToken();
    signedAtMs = Date.now();
  });
  const wanted = (overrides: object = {}) => ({
    endpoint: "127.0.0.1:5432",
    user: "vibe_query",
    nowMs: signedAtMs,
    ...overrides,
  });

  it("tells whose access key signed it", () => {
    expect(readAccessKey(token, wanted())).toEqual({ accessKeyId: "ASIA0123456789ABCDEF" });
  });

  it.each<[string, object, string]>([
    ["another user", { user: "vibe_charting" }, "its token is for the user vibe_query"],
    ["another server", { endpoint: "127.0.0.1:5433" }, "its token is for 127.0.0.1:5432"],
  ])("opens nothing for %s", (_what, overrides, refusal) => {
    expect(readAccessKey(token, wanted(overrides))).toEqual({ refusal });
  });

  it.each([
    ["fifteen minutes after it was signed", 15, false],
    ["sixteen minutes after it was signed", 16, true],
    ["ten minutes before it was signed", -10, true],
  ])("%s is too old or too young: %i min", (_when, minutes, isRefused) => {
    const read = readAccessKey(
      token,
      wanted({ nowMs: Math.floor(signedAtMs / 1_000) * 1_000 + minutes * 60_000 }),
    );
    expect("refusal" in read).toBe(isRefused);
  });

  it.each([
    ["a password", () => "hunter2"],
    ["nothing", () => ""],
    ["a URL without a signature", () => token.replace(/X-Amz-Signature=[0-9a-f]+/, "X-Amz-Signature=")],
    ["a URL for another action", () => token.replace("Action=connect", "Action=drop")],
  ])("is not %s", (_what, text) => {
    expect(readAccessKey(text(), wanted())).toEqual({
      refusal: "what it gave as a password is no token of IAM",
    });
  });

  it("of another service is refused", () => {
    expect(readAccessKey(token.replace("rds-db", "s3"), wanted())).toEqual({
      refusal: "its token is for s3",
    });
  });
});
