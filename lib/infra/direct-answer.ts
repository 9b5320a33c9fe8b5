import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiRequest } from "./api";
import { log } from "./log";

type Route = (request: ApiRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
export type Direct = (request: IncomingMessage, response: ServerResponse) => boolean;

const HTTPS_ONLY = { "strict-transport-security": "max-age=31536000; includeSubDomains" };

/**
 * Answers strangers at an address by its route itself, without Next around it, which costs several times what a search
 * does. Somebody with a session or a token, and every other method, still comes in by the ordinary way. Nothing is
 * packed here: that is for the server in front.
 */
export function directly(path: string, load: () => Promise<Route>): Direct {
  return (request, response) => {
    const { method, url = "", headers } = request;
    if (method !== "GET" || (url !== path && !url.startsWith(`${path}?`))) return false;
    if (headers.authorization !== undefined || headers.cookie !== undefined) return false;
    begin(load, [request, response]);
    return true;
  };
}

/**
 * The same for what a program with a token posts to an address such as `/api/v1/bookings/:id/cancel`: the route asks who it is
 * and reads the body, as it always does. Browsers, whose cookies need Next's care, come in by the ordinary way.
 */
export function directlyPosted(path: string, load: () => Promise<Route>): Direct {
  const pattern = new RegExp(`^${path.replaceAll(/:(\w+)/g, "(?<$1>[\\w-]+)")}$`);
  return (request, response) => {
    const { method, url = "", headers } = request;
    if (method !== "POST" || headers.authorization === undefined || headers.cookie !== undefined)
      return false;
    const found = pattern.exec(url);
    if (!found) return false;
    begin(load, [request, response], { ...found.groups });
    return true;
  };
}

type Exchange = [IncomingMessage, ServerResponse];

function begin(
  load: () => Promise<Route>,
  [request, response]: Exchange,
  params: Record<string, string> = {},
): void {
  answer(load, [request, response], params).catch((error: unknown) => {
    log.error({ error, path: request.url?.split("?")[0] }, "api failed");
    response.destroy();
  });
}

async function answer(
  load: () => Promise<Route>,
  [request, response]: Exchange,
  params: Record<string, string>,
): Promise<void> {
  const route = await load();
  const given = await route(askedBy(request), { params: Promise.resolve(params) });
  const body = await given.text();
  const isSecure = request.headers["x-forwarded-proto"] === "https";
  // What was not read of a body too large is not the next request.
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(given.status, {
    ...Object.fromEntries(given.headers),
    ...(isSecure ? HTTPS_ONLY : {}),
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

/** What a route reads of a request, as it came: a whole `Request` costs more than a search. */
function askedBy(request: IncomingMessage): ApiRequest {
  const { method = "GET", url = "/", headers } = request;
  return {
    method,
    url: `http://127.0.0.1${url}`,
    headers: {
      get: (name) => {
        const value = headers[name.toLowerCase()];
        return (Array.isArray(value) ? value.join(", ") : value) ?? null;
      },
    },
    body: method === "GET" ? null : request,
    // Made for the few who listen to it.
    get signal() {
      const gone = new AbortController();
      request.socket.once("close", () => gone.abort());
      return gone.signal;
    },
  };
}
