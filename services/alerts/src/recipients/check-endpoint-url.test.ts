import { describe, expect, it } from "vitest";
import { checkEndpointUrl } from "./check-endpoint-url.ts";

describe("checkEndpointUrl", () => {
  it.each([
    [
      "https://hooks.example.com/crypto?team=1",
      "https://hooks.example.com/crypto?team=1",
      "hooks.example.com",
    ],
    ["https://Hooks.Example.COM:443", "https://hooks.example.com/", "hooks.example.com"],
    ["https://hooks.example.com:8443/a", "https://hooks.example.com:8443/a", "hooks.example.com"],
    ["HTTPS://xn--bcher-kva.example.org/", "https://xn--bcher-kva.example.org/", "xn--bcher-kva.example.org"],
    ["https://10.example.com/", "https://10.example.com/", "10.example.com"],
  ])("accepts %s in one spelling", (url, href, host) => {
    expect(checkEndpointUrl(url)).toEqual({ kind: "accepted", href, host });
  });

  it.each([
    ["another protocol", "http://hooks.example.com/"],
    ["a file", "file:///etc/passwd"],
    ["no slashes", "https:hooks.example.com"],
    ["three slashes", "https:///hooks.example.com"],
    ["backslashes", "https:\\\\hooks.example.com"],
    ["a backslash before the host", "https://hooks.example.com\\@127.0.0.1/"],
    ["a space", "https://hooks.example.com /"],
    ["a line break in the host", "https://hooks.exam\nple.com/"],
    ["a tab in the scheme", "ht\ttps://hooks.example.com/"],
    ["a NUL", "https://hooks.example.com/\0"],
    ["a user name", "https://user@hooks.example.com/"],
    ["a password", "https://user:word@hooks.example.com/"],
    ["an empty user name", "https://@hooks.example.com/"],
    ["a host hidden behind a user name", "https://hooks.example.com@169.254.169.254/"],
    ["loopback", "https://127.0.0.1/"],
    ["short loopback", "https://127.1/"],
    ["loopback as a number", "https://2130706433/"],
    ["loopback in octal", "https://0177.0.0.1/"],
    ["loopback as one octal number", "https://017700000001/"],
    ["loopback in hexadecimal", "https://0x7f.0.0.1/"],
    ["loopback as one hexadecimal number", "https://0x7f000001/"],
    ["all interfaces", "https://0/"],
    ["a percent-encoded host", "https://%31%32%37.0.0.1/"],
    ["full-width digits", "https://１２７.0.0.1/"],
    ["an ideographic full stop", "https://127。0。0。1/"],
    ["a private network", "https://10.0.3.7/"],
    ["the metadata service", "https://169.254.169.254/latest/meta-data/"],
    ["the metadata service as a number", "https://2852039166/"],
    ["carrier-grade NAT", "https://100.64.0.1/"],
    ["a public address", "https://8.8.8.8/"],
    ["IPv6 loopback", "https://[::1]/"],
    ["IPv4 in IPv6", "https://[::ffff:127.0.0.1]/"],
    ["NAT64", "https://[64:ff9b::7f00:1]/"],
    ["6to4", "https://[2002:7f00:1::]/"],
    ["a unique local address", "https://[fd00:ec2::254]/"],
    ["a zone of IPv6", "https://[fe80::1%25eth0]/"],
    ["localhost", "https://localhost/"],
    ["localhost with a dot", "https://localhost./"],
    ["below localhost", "https://a.localhost/"],
    ["one label", "https://intranet/"],
    ["the metadata service by name", "https://metadata.google.internal/"],
    ["a name of AWS's network", "https://ip-10-0-3-7.us-east-2.compute.internal/"],
    ["a name of the local network", "https://printer.local/"],
    ["a reverse name", "https://1.0.0.127.in-addr.arpa/"],
    ["a final dot", "https://hooks.example.com./"],
    ["an empty label", "https://hooks..example.com/"],
    ["an underscore", "https://hooks_a.example.com/"],
    ["a name that ends in a number", "https://hooks.example.1/"],
    ["port 22", "https://hooks.example.com:22/"],
    ["port 5432", "https://hooks.example.com:5432/"],
    ["port 8080", "https://hooks.example.com:8080/"],
    ["port 0", "https://hooks.example.com:0/"],
    ["a port beyond all", "https://hooks.example.com:65536/"],
    ["a fragment", "https://hooks.example.com/#a"],
    ["nothing", ""],
  ])("refuses %s", (_what, url) => {
    expect(checkEndpointUrl(url)).toEqual({ kind: "refused", reason: expect.stringMatching(/^must /) });
  });
});
