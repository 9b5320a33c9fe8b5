import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

export interface Proxy {
  port: number;
  stop: () => Promise<void>;
}

/**
 * In front of the product, the same way for both subjects of row 8: pages pass whole, or with every script and every
 * hint of one taken out. Files pass untouched.
 */
export async function startProxy(upstream: number, { scripts }: { scripts: boolean }): Promise<Proxy> {
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: `127.0.0.1:${upstream}` };
    const wanted = request(
      { host: "127.0.0.1", port: upstream, path: asked.url, method: asked.method, headers },
      (found) => {
        const isPage = found.headers["content-type"]?.startsWith("text/html") ?? false;
        if (!isPage) {
          answer.writeHead(found.statusCode ?? 502, found.headers);
          found.pipe(answer);
          return;
        }
        const parts: Buffer[] = [];
        found.on("data", (part: Buffer) => parts.push(part));
        found.once("end", () => {
          const whole = Buffer.concat(parts).toString();
          const body = gzipSync(scripts ? whole : withoutScripts(whole));
          answer.writeHead(found.statusCode ?? 502, {
            "content-type": "text/html; charset=utf-8",
            "content-encoding": "gzip",
            "content-length": body.length,
          });
          answer.end(body);
        });
      },
    );
    // A page must arrive unpacked to be read; files keep what the browser asked for.
    if (asked.headers.accept?.includes("text/html")) wanted.setHeader("accept-encoding", "identity");
    wanted.once("error", () => answer.destroy());
    asked.pipe(wanted);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, stop };
}

function withoutScripts(page: string): string {
  return page
    .replace(/<script\b[\s\S]*?<\/script>/g, "")
    .replace(/<link\b[^>]*\b(?:as="script"|rel="modulepreload")[^>]*>/g, "");
}
