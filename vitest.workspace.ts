import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** The projects whose tests talk to a real PostgreSQL. */
const withPostgres = new Set([
  "database",
  "runtime",
  "ingestion",
  "analysis",
  "query",
  "maintenance",
  "alerts",
]);
const postgresSetup = new URL("packages/database/src/testing/postgres.global-setup.ts", import.meta.url)
  .pathname;

/** One project for each package and service, and one for the end-to-end tests of the whole. */
const projects = ["packages", "services"].flatMap(parent =>
  readdirSync(new URL(parent, import.meta.url)).map(name => ({
    test: {
      name,
      root: `${parent}/${name}`,
      include: ["src/**/*.test.ts", "test/**/*.test.ts"],
      testTimeout: 30_000,
      hookTimeout: 120_000,
      globalSetup: withPostgres.has(name) ? [postgresSetup] : [],
    },
  })),
);

export default defineConfig({
  test: {
    projects: [
      ...projects,
      {
        test: {
          name: "end-to-end",
          root: "test",
          include: ["**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
    passWithNoTests: false,
  },
});
