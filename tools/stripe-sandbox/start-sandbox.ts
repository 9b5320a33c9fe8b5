import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { Api } from "./api";
import { keepAppointments, somethingDue } from "./appointments";
import { control } from "./control";
import { hostedCheckout } from "./hosted-checkout";
import { jsonReply, readRequest, sendReply, type Reply, type Request } from "./http";
import { Sandbox } from "./sandbox";
import { readSandboxFile, writeSandboxFile, type SandboxFile } from "./secrets";
import { Store } from "./store";
import { Webhooks } from "./webhooks";

const host = "127.0.0.1";
const clockTickMs = 500;

export type Start = {
  /** 0: the port of the last run if it is free, else any. */
  port: number;
  dataDir: string;
  webhookUrl?: string | undefined;
};

export type Running = SandboxFile & {
  /** What it knows, for whoever runs in the same process. */
  sandbox: Sandbox;
  /** Answers a request of the same process, as it would one from the line. */
  ask: (request: Request) => Promise<Reply>;
  close: () => Promise<void>;
};

/** Starts the payment peer on loopback and writes `<dataDir>/sandbox.json`. */
export async function startSandbox({ port, dataDir, webhookUrl }: Start): Promise<Running> {
  const known = await readSandboxFile(dataDir);
  const store = await Store.open(join(dataDir, "sandbox"));
  const webhooks = new Webhooks(store, known.webhookSecret, webhookUrl ?? null);
  const sandbox = new Sandbox(
    store,
    "",
    (batch) => webhooks.deliver(batch, sandbox.settings()),
    () => webhooks.url !== null,
  );
  const api = new Api(sandbox, known.secretKey);
  const ask = (request: Request) => answer(request, { sandbox, webhooks, api });
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, ask);
  });
  sandbox.address = `http://${host}:${await listen(server, port, known.url)}`;
  const file: SandboxFile = { ...known, url: sandbox.address };
  await writeSandboxFile(dataDir, file);
  webhooks.resume();
  const clock = setInterval(() => {
    if (somethingDue(sandbox)) void sandbox.commit(null, () => keepAppointments(sandbox));
  }, clockTickMs);
  return { ...file, sandbox, ask, close: () => close({ server, clock, webhooks, store }) };
}

type Parts = { sandbox: Sandbox; webhooks: Webhooks; api: Api };

async function answer(request: Request, { sandbox, webhooks, api }: Parts): Promise<Reply> {
  if (request.path.startsWith("/_control/")) return control({ sandbox, webhooks }, request);
  const pay = /^\/c\/pay\/([^/]+)$/.exec(request.path);
  if (pay !== null) return hostedCheckout(sandbox, request, pay[1] ?? "");
  return api.handle(request);
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  work: (request: Request) => Promise<Reply>,
): Promise<void> {
  try {
    const request = await readRequest(incoming);
    if (request === null) {
      const error = { type: "invalid_request_error", message: "The request body is too large." };
      sendReply(outgoing, jsonReply(413, { error }, { connection: "close" }));
      return;
    }
    sendReply(outgoing, await work(request));
  } catch (error) {
    if (incoming.errored !== null || outgoing.headersSent) return;
    console.error("The sandbox failed:", error);
    const message = "An unknown error occurred in the sandbox; its output says more.";
    sendReply(outgoing, jsonReply(500, { error: { type: "api_error", message } }));
  }
}

/** The port it listens on. The last run's is tried first, so that open payment pages stay where they were. */
async function listen(server: Server, port: number, lastUrl: string): Promise<number> {
  const last = URL.canParse(lastUrl) ? Number(new URL(lastUrl).port) : 0;
  if (port !== 0 || last === 0) return listenOn(server, port);
  try {
    return await listenOn(server, last);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    return listenOn(server, 0);
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

type Closing = { server: Server; clock: NodeJS.Timeout; webhooks: Webhooks; store: Store };

async function close({ server, clock, webhooks, store }: Closing): Promise<void> {
  clearInterval(clock);
  webhooks.close();
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
  await store.close();
}
