import { expect, it } from "vitest";
import { parseProxyResponse } from "./proxy-response.ts";

const parse = (value: unknown) => {
  const parsed = parseProxyResponse(JSON.stringify(value));
  return parsed && { ...parsed, body: parsed.body.toString("utf8") };
};

it("takes status, headers and body, JSON by default", () => {
  expect(parse({ statusCode: 201, headers: { "X-A": 1, "X-B": null }, body: "{}" })).toEqual({
    statusCode: 201,
    headers: [
      ["X-A", "1"],
      ["Content-Type", "application/json"],
    ],
    body: "{}",
  });
});

it("lets a multi-value header win over the single one", () => {
  expect(
    parse({
      statusCode: 200,
      headers: { "set-cookie": "c", "Content-Type": "text/plain" },
      multiValueHeaders: { "Set-Cookie": ["a", "b"] },
    }),
  ).toEqual({
    statusCode: 200,
    headers: [
      ["Set-Cookie", "a"],
      ["Set-Cookie", "b"],
      ["Content-Type", "text/plain"],
    ],
    body: "",
  });
});

it("decodes a base64 body", () => {
  expect(parse({ statusCode: 200, body: "aGk=", isBase64Encoded: true })?.body).toEqual("hi");
});

it.each([
  null,
  "text",
  {},
  { statusCode: "abc" },
  { statusCode: 200, body: { an: "object" } },
  { statusCode: 200, headers: { nested: {} } },
  { statusCode: 200, multiValueHeaders: { a: "not a list" } },
  { statusCode: 200, unknown: true },
])("calls %j malformed", value => {
  expect(parse(value)).toBeUndefined();
});
