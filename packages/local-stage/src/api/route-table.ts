import type { Route } from "./api-plan.ts";

export type RouteMatch = { route: Route; pathParameters: Record<string, string> | null };

/** Finds the route as API Gateway does: literal parts before `{name}` before `{name+}`, the method before ANY. */
export function createRouteTable(routes: Route[]): (method: string, path: string) => RouteMatch | undefined {
  const templates = [...new Set(routes.map(route => route.path))]
    .map(path => ({ path, parts: split(path) }))
    .sort((a, b) => specificity(a.parts).localeCompare(specificity(b.parts), "en"));
  return (method, path) => {
    const actual = split(path).map(decode);
    for (const template of templates) {
      const pathParameters = match(template.parts, actual);
      if (pathParameters === undefined) continue;
      const candidates = routes.filter(route => route.path === template.path);
      const route =
        candidates.find(candidate => candidate.method === method) ??
        candidates.find(candidate => candidate.method === "ANY");
      // The path decides first: API Gateway does not look for the method under a less specific path.
      if (route === undefined) return undefined;
      return { route, pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null };
    }
    return undefined;
  };
}

function split(path: string): string[] {
  return path.split("/").filter(part => part !== "");
}

/** A malformed escape stays as it is, and matches as text. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function specificity(parts: string[]): string {
  return parts.map(part => (part.endsWith("+}") ? "2" : part.startsWith("{") ? "1" : "0")).join("");
}

function match(template: string[], actual: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    if (part.endsWith("+}")) {
      if (actual.length <= index) return undefined;
      parameters[part.slice(1, -2)] = actual.slice(index).join("/");
      return parameters;
    }
    const value = actual[index];
    if (value === undefined) return undefined;
    if (part.startsWith("{")) parameters[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return actual.length === template.length ? parameters : undefined;
}
