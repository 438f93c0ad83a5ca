/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    return {
      name: "vibe-charting",
      home: "aws",
      removal: input.stage === "production" ? "retain" : "remove",
      protect: input.stage === "production",
      providers: { aws: { region: "us-east-2", version: "7.20.0" } },
    };
  },
  async run() {
    await import("./stacks/network");
    await import("./stacks/database");
    await import("./stacks/events");
    await import("./stacks/maintenance");
    await import("./stacks/ingestion");
    await import("./stacks/analysis");
    const { api } = await import("./stacks/query");
    return { api: api.url };
  },
});
