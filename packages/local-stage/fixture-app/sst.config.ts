/// <reference path="../../../.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    return {
      name: "fixture",
      home: "aws",
      removal: input.stage === "production" ? "retain" : "remove",
      protect: input.stage === "production",
      providers: { aws: { region: "us-east-2", version: "7.20.0" } },
    };
  },
  async run() {
    await import("./stacks/hardening");
    await import("./stacks/storage");
    await import("./stacks/events");
    const { api } = await import("./stacks/api");
    return { api: api.url };
  },
});
