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
    await import("./stacks/settings.ts");
    // Before the resources for which it holds.
    await import("./stacks/hardening.ts");
    await import("./stacks/network.ts");
    await import("./stacks/nat.ts");
    await import("./stacks/database.ts");
    await import("./stacks/operations.ts");
    await import("./stacks/events.ts");
    await import("./stacks/maintenance.ts");
    await import("./stacks/ingestion.ts");
    await import("./stacks/analysis.ts");
    await import("./stacks/alerts.ts");
    const { api } = await import("./stacks/query.ts");
    const { page } = await import("./stacks/web.ts");
    await import("./stacks/observability.ts");
    return { api: api.url, page: page.url };
  },
});
