import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "./log";

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const HTTPS_ONLY = { "strict-transport-security": "max-age=31536000; includeSubDomains" };

/**
 * Answers strangers at an address by its route itself, without Next around it, which costs several times what a search
 * does. Somebody with a session or a token, and every other method, still comes in by the ordinary way. Nothing is
 * packed here: that is for the server in front.
 */
export function directly(path: string, load: () => Promise<Route>) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method, url = "", headers } = request;
    if (method !== "GET" || (url !== path && !url.startsWith(`${path}?`))) return false;
    if (headers.authorization !== undefined || headers.cookie !== undefined) return false;
    answer(load, request, response).catch((error: unknown) => {
      log.error({ error, path }, "api failed");
      response.destroy();
    });
    return true;
  };
}

async function answer(
  load: () => Promise<Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = new Request(new URL(request.url ?? "/", "http://127.0.0.1"));
  const route = await load();
  const given = await route(asked, { params: Promise.resolve({}) });
  const body = await given.text();
  const isSecure = request.headers["x-forwarded-proto"] === "https";
  response.writeHead(given.status, {
    ...Object.fromEntries(given.headers),
    ...(isSecure ? HTTPS_ONLY : {}),
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
