import { Problem, problemOf } from "./problem";

const base = "/api/v1";

type Query = Record<string, string | number | boolean | undefined>;

/** Makes one request; throws a Problem for every answer but 2xx, and of kind `offline` when none came. */
export async function request<T>(
  method: string,
  path: string,
  options: { query?: Query; body?: unknown; raw?: Blob; signal?: AbortSignal } = {},
): Promise<T> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {}))
    if (value !== undefined) query.set(name, String(value));
  let response: Response;
  try {
    response = await fetch(`${base}${path}${query.size ? `?${query}` : ""}`, {
      method,
      credentials: "same-origin",
      headers: options.raw
        ? { "Content-Type": "application/octet-stream" }
        : options.body === undefined
          ? {}
          : { "Content-Type": "application/json" },
      body: options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem("offline");
  }
  const text = await response.text();
  let body: unknown;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch {
    body = undefined; // a proxy's page
  }
  if (!response.ok) throw problemOf(response.status, body, response.headers.get("Retry-After"));
  return body as T;
}
