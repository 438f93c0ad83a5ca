import type { ServerResponse } from "node:http";

/** What API Gateway knows of a request, by its own names behind `$context.`. */
export type AccessLogContext = Record<string, string | number | undefined>;

/** Fills in the stage's format, with texts escaped for JSON; what is not known is "-", as with API Gateway. */
export function accessLogLine(format: string, context: AccessLogContext): string {
  return format.replace(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_variable, name: string) =>
    JSON.stringify(String(context[name] ?? "-")).slice(1, -1),
  );
}

/** Writes a request's line once it is answered; until then the context may be added to. */
export function logWhenAnswered(
  response: ServerResponse,
  log: { format: string; write: (line: string) => void },
  context: AccessLogContext,
): void {
  const startedAt = performance.now();
  response.once("finish", () => {
    const answered = {
      status: response.statusCode,
      responseLatency: Math.round(performance.now() - startedAt),
    };
    log.write(accessLogLine(log.format, { ...context, ...answered }));
  });
}
