import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** What each package may import; pnpm lets a package import only what its manifest declares. */
const layers = [
  ["contracts"],
  ["market", "language", "simulated-market", "web"],
  ["database"],
  ["runtime"],
  ["ingestion", "analysis", "query", "maintenance", "alerts"],
  ["local-stage"],
  ["cli"],
];

function ownDependencies(folder: string): { name: string; dependsOn: string[] }[] {
  return readdirSync(join(root, folder)).map(name => {
    const manifest = JSON.parse(readFileSync(join(root, folder, name, "package.json"), "utf8"));
    const dependsOn = Object.keys(manifest.dependencies ?? {})
      .filter(dependency => dependency.startsWith("@vibe-charting/"))
      .map(dependency => dependency.replace("@vibe-charting/", ""));
    return { name, dependsOn };
  });
}

describe("the packages", () => {
  const packages = [...ownDependencies("packages"), ...ownDependencies("services")];
  const layerOf = (name: string) => layers.findIndex(layer => layer.includes(name));

  it("all have a layer", () => {
    expect(packages.filter(({ name }) => layerOf(name) === -1)).toEqual([]);
  });

  it("depend on lower layers only, so services never import each other", () => {
    const upwards = packages.flatMap(({ name, dependsOn }) =>
      dependsOn.filter(other => layerOf(other) >= layerOf(name)).map(other => `${name} -> ${other}`),
    );
    expect(upwards).toEqual([]);
  });
});
