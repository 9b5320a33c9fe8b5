import type { IncomingMessage, ServerResponse } from "node:http";

export type Request = {
  method: string;
  path: string;
  query: string;
  header: (name: string) => string | undefined;
  body: string;
  remoteAddress: string;
};

export type Reply = { status: number; headers: Record<string, string>; body: string };

const bodyBytesMax = 1_048_576;

/** The whole request, or null when its body is too large. */
export async function readRequest(incoming: IncomingMessage): Promise<Request | null> {
  const url = new URL(incoming.url ?? "/", "http://sandbox.invalid");
  const body = await readBody(incoming);
  if (body === null) return null;
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.search.slice(1),
    header: (name) => incoming.headersDistinct[name]?.[0],
    body,
    remoteAddress: incoming.socket.remoteAddress ?? "",
  };
}

async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming) {
    const chunk = Buffer.from(part);
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return null;
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString("utf8");
}

export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(body, null, 2),
  };
}

export function sendReply(outgoing: ServerResponse, reply: Reply): void {
  outgoing.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  outgoing.end(reply.body);
}
