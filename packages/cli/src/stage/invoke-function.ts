import axios from "axios";
import type { RunningStage } from "./running-stage.ts";

/** Runs a function of a stage now, by its name or the end of it; gives its result. Throws with the function's error. */
export async function invokeFunction(
  { lambdaUrl }: Pick<RunningStage, "lambdaUrl">,
  name: string,
  event: string,
): Promise<unknown> {
  const url = `${lambdaUrl}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  const { status, data, headers } = await axios.post(url, event, {
    validateStatus: () => true,
    headers: { "content-type": "application/json" },
  });
  if (status !== 200) throw new Error(data.message);
  if (headers["x-amz-function-error"]) throw new Error(`${data.errorType}: ${data.errorMessage}`);
  return data;
}
