/* Asks /api/v1. An answer that is not 2xx is an ApiError with its status and body; no answer at all has the status 0. */
const BASE = "/api/v1";
const PATIENCE_MS = 20_000;

export class ApiError extends Error {
  constructor(status, body = {}) {
    super(body.message || `${status}`);
    this.status = status;
    this.body = body;
  }
}

/* Gives {status, body, etag, lang}: the language the server answered in, which may not yet be the page's. `json` or `blob` is what is sent. */
export async function ask(method, path, { json, blob, etag, patience = PATIENCE_MS } = {}) {
  const headers = { Accept: "application/json" };
  if (json) headers["Content-Type"] = "application/json";
  if (blob) headers["Content-Type"] = blob.type || "application/octet-stream";
  if (etag) headers["If-None-Match"] = etag;
  const response = await reach(path, {
    method,
    headers,
    body: blob || (json && JSON.stringify(json)),
    cache: "no-store",
    credentials: "same-origin",
    signal: AbortSignal.timeout(patience),
  });
  if (response.status === 304) return { status: 304 };
  const body = method === "HEAD" ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, body);
  return { status: response.status, body, etag: response.headers.get("ETag"), lang: response.headers.get("Content-Language") };
}

export async function fetchBlob(path) {
  const response = await reach(path, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new ApiError(response.status);
  return response.blob();
}

async function reach(path, options) {
  try {
    return await fetch(BASE + path, options);
  } catch (error) {
    throw new ApiError(0, { error: "network", message: String(error) });
  }
}

/* Might the same request succeed later, unchanged? */
export function passes(error) {
  return error instanceof ApiError && (error.status === 0 || error.status === 408 || error.status === 429 || error.status >= 500);
}
