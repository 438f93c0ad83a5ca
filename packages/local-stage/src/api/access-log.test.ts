import { expect, it } from "vitest";
import { accessLogLine } from "./access-log.ts";

it("fills in what is known, and escapes it for JSON", () => {
  const format = JSON.stringify({
    agent: "$context.identity.userAgent",
    ms: "$context.integration.latency",
    status: "$context.status",
    trace: "$context.xrayTraceId",
  });
  const line = accessLogLine(format, {
    "identity.userAgent": 'a "b"\n',
    "integration.latency": 12,
    status: 200,
  });
  expect(JSON.parse(line)).toEqual({ agent: 'a "b"\n', ms: "12", status: "200", trace: "-" });
});
