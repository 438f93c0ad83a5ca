import { expect, it } from "vitest";
import type { Route } from "./api-plan.ts";
import { createRouteTable } from "./route-table.ts";

const route = (method: string, path: string): Route => ({
  method,
  path,
  resourceId: path,
  apiKeyRequired: false,
  integration: { kind: "mock", statusCode: 200, headers: {} },
});
const find = createRouteTable([
  route("GET", "/coins"),
  route("GET", "/coins/{symbol}"),
  route("POST", "/coins/top"),
  route("GET", "/coins/{symbol}/prices"),
  route("ANY", "/files/{path+}"),
  route("DELETE", "/files/{path+}"),
]);

it.each([
  ["GET", "/coins", "GET /coins", null],
  ["GET", "/coins/", "GET /coins", null],
  ["GET", "/coins/BTC", "GET /coins/{symbol}", { symbol: "BTC" }],
  ["GET", "/coins/a%2Fb%20c", "GET /coins/{symbol}", { symbol: "a/b c" }],
  ["GET", "/coins/%zz", "GET /coins/{symbol}", { symbol: "%zz" }],
  ["GET", "/coins/BTC/prices", "GET /coins/{symbol}/prices", { symbol: "BTC" }],
  ["GET", "/files/a/b", "ANY /files/{path+}", { path: "a/b" }],
  ["DELETE", "/files/a", "DELETE /files/{path+}", { path: "a" }],
])("%s %s goes to %s", (method, path, expected, pathParameters) => {
  const match = find(method, path);
  expect([match && `${match.route.method} ${match.route.path}`, match?.pathParameters]).toEqual([
    expected,
    pathParameters,
  ]);
});

it.each([
  ["POST", "/coins"],
  // The literal path is the better match, and has no GET.
  ["GET", "/coins/top"],
  ["GET", "/coins/BTC/prices/x"],
  ["GET", "/files"],
  ["GET", "/"],
])("%s %s has no route", (method, path) => {
  expect(find(method, path)).toBeUndefined();
});
