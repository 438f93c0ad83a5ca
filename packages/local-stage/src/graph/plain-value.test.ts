import { expect, test } from "vitest";
import { plainRecord } from "./plain-value.ts";

const signature = "4dabf18193072939515e22adb298388d";

test("secrets become their values, also within secrets and lists", () => {
  const secret = (value: unknown) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });
  expect(plainRecord({ password: secret("p"), nested: [secret({ inner: secret(1) })] })).toEqual({
    password: "p",
    nested: [{ inner: 1 }],
  });
});

test("references to resources become ids, and those to components become URNs", () => {
  const reference = (fields: object) => ({ [signature]: "5cf8f73096256a8f31e491e813e4eb8e", ...fields });
  expect(
    plainRecord({ custom: reference({ urn: "urn:a", id: "a-1" }), component: reference({ urn: "urn:b" }) }),
  ).toEqual({ custom: "a-1", component: "urn:b" });
});

test("files become their paths, unknown values null, and absent fields stay absent", () => {
  expect(
    plainRecord({
      code: { [signature]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "/code.zip" },
      later: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      absent: undefined,
    }),
  ).toEqual({ code: { path: "/code.zip" }, later: null });
});
