import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

/** What an upload is measured against, each in a process of its own: `tus`, `raw`, or `raw-synced`. */
const [kind = "raw", folder = "."] = process.argv.slice(2);

async function pipe(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const file = path.join(folder, path.basename(incoming.url ?? "file"));
  await pipeline(incoming, createWriteStream(file));
  if (kind === "raw-synced") {
    const written = await open(file, "r+");
    await written.sync();
    await written.close();
  }
  outgoing.writeHead(204).end();
}

function rawServer() {
  return createServer((incoming, outgoing) => {
    pipe(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error));
  });
}

function tusServer() {
  const tus = new Server({ path: "/files", datastore: new FileStore({ directory: folder }) });
  return createServer((incoming, outgoing) => void tus.handle(incoming, outgoing));
}

const server = kind === "tus" ? tusServer() : rawServer();
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: true, port: (server.address() as AddressInfo).port });
});
process.once("SIGTERM", () => process.exit(0));
