import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** One project for each package and service, and one for the end-to-end tests of the whole. */
const projects = ["packages", "services"].flatMap(parent =>
  readdirSync(new URL(parent, import.meta.url)).map(name => ({
    test: {
      name,
      root: `${parent}/${name}`,
      include: ["src/**/*.test.ts", "test/**/*.test.ts"],
      testTimeout: 30_000,
      hookTimeout: 120_000,
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
