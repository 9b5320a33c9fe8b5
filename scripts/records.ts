import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { POST as postKnown } from "@/app/api/v1/cases/[id]/uploads/known/route";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { POST as postLinkKnown } from "@/app/api/v1/upload-links/[token]/uploads/known/route";
import { closeDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { closeJobs } from "@/lib/infra/jobs";
import { log } from "@/lib/infra/log";
import { Problem } from "@/lib/infra/problem";
import { endThreads } from "@/lib/infra/record-store-sealer";
import { closeUploadLocks } from "@/lib/infra/upload-lock";
import { handleUpload, type UploadRequest } from "@/lib/records/handle-upload";
import { Incoming } from "./incoming";

/** A line that carries nothing for this long is dead. How long a whole upload takes does not matter. */
const SILENT_MS = 60_000;
const KNOWN = /^\/api\/v1\/cases\/([^/]+)\/uploads\/known\/?$/;
const LINK_KNOWN = /^\/api\/v1\/upload-links\/([^/]+)\/uploads\/known\/?$/;
const UPLOADS = /^\/api\/v1\/cases\/([^/]+)\/uploads(?:\/([^/]+))?\/?$/;
const LINK_UPLOADS = /^\/api\/v1\/upload-links\/([^/]+)\/uploads(?:\/([^/]+))?\/?$/;
const METHODS = ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"];
const CONTENT = /^\/api\/v1\/records\/([^/]+)\/content$/;

interface Asked extends UploadRequest {
  readonly body: Incoming | null;
}

interface Answer {
  response: Response;
  /** Goes out as it is read. */
  isLarge?: boolean;
}

/** The same functions as behind the web server's routes, without the web server: half the cost a byte. */
async function answer(asked: Asked): Promise<Answer> {
  const { pathname } = new URL(asked.url);
  const known = asked.method === "POST" ? await knownAnswer(asked, pathname) : null;
  if (known) return { response: known };
  const [, caseId, recordId = null] = UPLOADS.exec(pathname) ?? [];
  if (caseId) return { response: await handleUpload(asked, { caseId, recordId }) };
  const [, linkToken, sentId = null] = LINK_UPLOADS.exec(pathname) ?? [];
  if (linkToken) return { response: await handleUpload(asked, { linkToken, recordId: sentId }) };
  const [, id] = CONTENT.exec(pathname) ?? [];
  if (id && ["GET", "HEAD"].includes(asked.method)) {
    const params = Promise.resolve({ id });
    return { response: await getContent(webRequest(asked), { params }), isLarge: true };
  }
  if (pathname === "/api/health/live") return { response: Response.json({ status: "ok" }) };
  return { response: new Problem(404, "not_found").toResponse() };
}

/** What the case holds already is asked where the files go: whoever is sent here for one finds the other. */
async function knownAnswer(asked: Asked, pathname: string): Promise<Response | null> {
  const [, id] = KNOWN.exec(pathname) ?? [];
  if (id) return postKnown(webRequest(asked), { params: Promise.resolve({ id }) });
  const [, token] = LINK_KNOWN.exec(pathname) ?? [];
  if (!token) return null;
  return postLinkKnown(webRequest(asked), { params: Promise.resolve({ token }) });
}

/** Null for what no web request can say: an address that is none, a method nobody may use. */
function requestOf(incoming: IncomingMessage, body: Incoming): Asked | null {
  const { method = "GET", url = "/" } = incoming;
  if (!METHODS.includes(method) || !URL.canParse(url, env().APP_URL)) return null;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const hasBody = !["GET", "HEAD", "OPTIONS"].includes(method) && incoming.headers["content-length"] !== "0";
  return { method, url: new URL(url, env().APP_URL).href, headers, body: hasBody ? body : null };
}

/** For what is no upload. */
function webRequest({ method, url, headers, body }: Asked): Request {
  return new Request(url, { method, headers, ...(body ? { body: body.asStream(), duplex: "half" } : {}) });
}

/** A large answer goes as it is read; a small one at once, with its length. */
async function send(outgoing: ServerResponse, { response, isLarge }: Answer): Promise<void> {
  const isHead = outgoing.req.method === "HEAD";
  if (isHead) await response.body?.cancel();
  if (!response.body || isHead) return void outgoing.writeHead(response.status, headersOf(response)).end();
  if (isLarge) {
    outgoing.writeHead(response.status, headersOf(response));
    return pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  }
  const bytes = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, { ...headersOf(response), "content-length": bytes.length }).end(bytes);
}

const headersOf = ({ headers }: Response) => Object.fromEntries(headers);

/** Whatever goes wrong with one request is its own affair: nothing of it may reach the process. */
async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = new Incoming(incoming);
  try {
    const asked = requestOf(incoming, body);
    const malformed = { response: new Problem(400, "malformed").toResponse() };
    await send(outgoing, asked ? await answer(asked) : malformed);
  } catch (error) {
    // Who hangs up in the middle of a download has not failed.
    if (!isHungUp(error)) {
      log.error({ error, path: incoming.url?.split("?")[0], method: incoming.method }, "records failed");
    }
    outgoing.destroy();
  } finally {
    body.leave();
  }
}

function isHungUp(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}

const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));
server.requestTimeout = 0;
server.timeout = SILENT_MS;

// An image listens on all its addresses; everywhere else only a proxy on this machine may come in.
server.listen(env().PORT, process.argv[2] ?? "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  log.info({ kind: "records", count: port }, "records ready");
  process.send?.({ ready: true, port });
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  server.close();
  server.closeAllConnections();
  await endThreads();
  await closeUploadLocks();
  await closeJobs();
  await closeDb();
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, "records did not stop cleanly");
        process.exit(1);
      },
    );
  });
}
