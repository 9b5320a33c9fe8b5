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
import { handleUpload } from "@/lib/records/handle-upload";
import { isUploadBody } from "@/lib/records/upload";

/** A line that carries nothing for this long is dead. How long a whole upload takes does not matter. */
const SILENT_MS = 60_000;
const KNOWN = /^\/api\/v1\/cases\/([^/]+)\/uploads\/known\/?$/;
const LINK_KNOWN = /^\/api\/v1\/upload-links\/([^/]+)\/uploads\/known\/?$/;
const UPLOADS = /^\/api\/v1\/cases\/([^/]+)\/uploads(?:\/([^/]+))?\/?$/;
const LINK_UPLOADS = /^\/api\/v1\/upload-links\/([^/]+)\/uploads(?:\/([^/]+))?\/?$/;
const METHODS = ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"];
const CONTENT = /^\/api\/v1\/records\/([^/]+)\/content$/;

/** The same functions as behind the web server's routes, without the web server: half the cost a byte. */
async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const known = request.method === "POST" ? await knownAnswer(request, pathname) : null;
  if (known) return known;
  const upload = UPLOADS.exec(pathname);
  if (upload) return handleUpload(request, { caseId: upload[1] ?? "", recordId: upload[2] ?? null });
  const link = LINK_UPLOADS.exec(pathname);
  if (link) return handleUpload(request, { linkToken: link[1] ?? "", recordId: link[2] ?? null });
  const content = CONTENT.exec(pathname);
  if (content && ["GET", "HEAD"].includes(request.method)) {
    return getContent(request, { params: Promise.resolve({ id: content[1] ?? "" }) });
  }
  if (pathname === "/api/health/live") return Response.json({ status: "ok" });
  return new Problem(404, "not_found").toResponse();
}

/** What the case holds already is asked where the files go: whoever is sent here for one finds the other. */
async function knownAnswer(request: Request, pathname: string): Promise<Response | null> {
  const [, id] = KNOWN.exec(pathname) ?? [];
  if (id) return postKnown(request, { params: Promise.resolve({ id }) });
  const [, token] = LINK_KNOWN.exec(pathname) ?? [];
  return token ? postLinkKnown(request, { params: Promise.resolve({ token }) }) : null;
}

/** Null for what no web request can say: an address that is none, a method nobody may use. */
function requestOf(incoming: IncomingMessage): Request | null {
  const { method = "GET", url = "/" } = incoming;
  if (!METHODS.includes(method) || !URL.canParse(url, env().APP_URL)) return null;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const hasBody = !["GET", "HEAD", "OPTIONS"].includes(method) && incoming.headers["content-length"] !== "0";
  const body = hasBody ? bodyOf(incoming, isUploadBody(headers)) : null;
  return new Request(new URL(url, env().APP_URL), {
    method,
    headers,
    ...(body ? { body, duplex: "half" } : {}),
  });
}

/**
 * The body piece by piece as it is asked for: what nobody takes yet stays in the sender's machine. A piece is given
 * back when the next one is asked for: left to the garbage collector, an upload spends more time there than sealing.
 * Whoever collects a small body keeps its pieces.
 */
function bodyOf(incoming: IncomingMessage, isSealed: boolean): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces: AsyncIterator<Buffer<ArrayBuffer>> = incoming.iterator({ destroyOnReturn: false });
  let given: Buffer<ArrayBuffer> | null = null;
  return new ReadableStream(
    {
      async pull(controller) {
        if (isSealed && given && given.buffer.byteLength === given.byteLength) given.buffer.transfer(0);
        const next = await pieces.next();
        given = next.done ? null : next.value;
        if (given) controller.enqueue(given);
        else controller.close();
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (outgoing.req.method === "HEAD") await response.body?.cancel();
  if (!response.body || outgoing.req.method === "HEAD") return void outgoing.end();
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
}

/** Whatever goes wrong with one request is its own affair: nothing of it may reach the process. */
async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const request = requestOf(incoming);
    await send(outgoing, request ? await answer(request) : new Problem(400, "malformed").toResponse());
  } catch (error) {
    // Who hangs up in the middle of a download has not failed.
    if (!isHungUp(error)) {
      log.error({ error, path: incoming.url?.split("?")[0], method: incoming.method }, "records failed");
    }
    outgoing.destroy();
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
