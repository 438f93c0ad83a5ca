import { expect, it } from "vitest";
import { EndpointFlagError, readEndpoints } from "./local-endpoints.ts";

it("reads hosts with where they are on this machine", () => {
  expect(readEndpoints(["Hooks.example.com=127.0.0.1:8443"], [], "/")).toEqual({
    hosts: { "hooks.example.com": { address: "127.0.0.1", port: 8443 } },
    certificates: [],
  });
});

it.each([
  "hooks.example.com",
  "hooks.example.com=127.0.0.1",
  "a=localhost:1",
  "a=127.0.0.1:0",
  "a=127.0.0.1:65536",
])("refuses %s with an example", text => {
  expect(() => readEndpoints([text], [], "/")).toThrow(EndpointFlagError);
  expect(() => readEndpoints([text], [], "/")).toThrow("such as hooks.example.com=127.0.0.1:8443");
});

it("names a file of certificates that is not there", () => {
  expect(() => readEndpoints([], ["none.pem"], "/nowhere")).toThrow("not /nowhere/none.pem");
});
