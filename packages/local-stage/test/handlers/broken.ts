const links: Record<string, unknown> = JSON.parse(process.env.SST_RESOURCES_JSON ?? "{}");

// As a service does that needs a link: it throws while the module loads.
if (!("Database" in links)) throw new Error('"Database" is not linked in your sst.config.ts');

export async function handler() {
  return links;
}
