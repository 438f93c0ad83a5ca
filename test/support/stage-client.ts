import axios, { type AxiosResponse } from "axios";

const key = "vibe-charting-local-key";

/** Calls a stage's API; every status is an answer. */
export function stageClient(url: string) {
  const client = axios.create({ baseURL: url, validateStatus: () => true, headers: { "x-api-key": key } });
  return {
    client,
    ask: async (query: unknown): Promise<AxiosResponse> => await client.post("/query", { query }),
    get: async (path: string): Promise<AxiosResponse> => await client.get(path),
  };
}
