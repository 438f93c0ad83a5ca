import { beforeAll, describe, expect, it, vi } from "vitest";

const linked = {
  App: { name: "vibe-charting", stage: "test" },
  OwnerDatabase: { secretArn: "arn:database" },
  CoinMarketCap: { secretArn: "" },
  Queues: { analysis: "not a URL", alertSignals: "https://sqs.example.com/alerts", deadLetters: {} },
  Settings: { trackedCoins: "50", retentionDays: 90 },
};

describe("readLinks", () => {
  let links: typeof import("./links.ts");
  beforeAll(async () => {
    // SST reads the links while its module loads.
    for (const [name, value] of Object.entries(linked)) {
      vi.stubEnv(`SST_RESOURCE_${name}`, JSON.stringify(value));
    }
    links = await import("./links.ts");
  });

  it("gives what is linked, parsed", () => {
    expect(links.readLinks("OwnerDatabase", "Settings")).toEqual({
      OwnerDatabase: { secretArn: "arn:database" },
      Settings: { trackedCoins: 50, retentionDays: 90 },
    });
  });

  it("names everything that is missing or malformed, at once", () => {
    const read = () =>
      links.readLinks("OwnerDatabase", "CoinMarketCap", "PricesIngested", "SignalsDetected", "Queues");
    expect(read).toThrow(links.LinkError);
    expect(read).toThrow(
      "This function lacks what its stack should link to it: " +
        "CoinMarketCap (The secret with the market data provider's key): secretArn: Too small: expected string to have >=1 characters; " +
        "PricesIngested (The topic of prices.ingested): not linked; " +
        "SignalsDetected (The topic of signals.detected): not linked; " +
        "Queues (The addresses of the queues, and of those with what nobody processed, by their names): analysis: Invalid URL",
    );
  });
});
