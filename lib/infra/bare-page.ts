import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** How the page of a "not found" or a failure begins: its body stays empty until the page's own script has run. */
const BARE = '<html id="__next_error__">';
const UNPACK = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };

/** What an empty page says to somebody whose browser runs no script, as HTML; by the address and the status. */
export type SpokenWords = (address: string, status: 404 | 500) => string;

interface Held {
  status: 404 | 500;
  said: unknown[];
  parts: Buffer[];
}

/** Holds back a page that may be empty until it is whole, and writes words for people without scripts into it. */
export function speakWhereBare(request: IncomingMessage, response: ServerResponse, words: SpokenWords): void {
  if (request.method !== "GET" || request.headers.rsc !== undefined) return;
  const { writeHead, write, end, flushHeaders } = bound(response);
  let held: Held | null = null;
  const begin = () => {
    if (held === null && !response.headersSent) response.writeHead(response.statusCode);
    return held;
  };
  response.writeHead = (...said: unknown[]) => {
    const [status] = said;
    if (held !== null) return response;
    if ((status !== 404 && status !== 500) || !isPage(response)) return writeHead(...said);
    held = { status, said, parts: [] };
    return response;
  };
  response.flushHeaders = () => {
    if (begin() === null) flushHeaders();
  };
  response.write = (...said: unknown[]) => {
    const holding = begin();
    if (holding === null) return write(...said);
    keep(holding, said[0]);
    return true;
  };
  response.end = (...said: unknown[]) => {
    const holding = begin();
    if (holding === null) return end(...said);
    keep(holding, said[0]);
    held = null;
    const page = spoken(holding, response, words(request.url ?? "/", holding.status));
    response.setHeader("content-length", page.length);
    writeHead(...holding.said);
    return end(page);
  };
}

function bound(response: ServerResponse) {
  type Say<T> = (...said: unknown[]) => T;
  return {
    writeHead: response.writeHead.bind(response) as Say<ServerResponse>,
    write: response.write.bind(response) as Say<boolean>,
    end: response.end.bind(response) as Say<ServerResponse>,
    flushHeaders: response.flushHeaders.bind(response),
  };
}

function isPage(response: ServerResponse): boolean {
  return String(response.getHeader("content-type") ?? "").startsWith("text/html");
}

function keep({ parts }: Held, part: unknown): void {
  if (typeof part === "string" || part instanceof Uint8Array) parts.push(Buffer.from(part));
}

/** The whole page; unpacked, and with the words first in its body, when it is an empty one. */
function spoken({ parts }: Held, response: ServerResponse, words: string): Buffer {
  const whole = Buffer.concat(parts);
  const packing = response.getHeader("content-encoding");
  const unpack = packing === undefined ? null : UNPACK[packing as keyof typeof UNPACK];
  if (unpack === undefined) return whole;
  const page = (unpack === null ? whole : unpack(whole)).toString();
  if (!page.includes(BARE)) return whole;
  response.removeHeader("content-encoding");
  const styles = [...String(response.getHeader("link") ?? "").matchAll(/<(\/_next\/static\/[^>"]+\.css)>/g)];
  const look = styles.map(([, file]) => `<link rel="stylesheet" href="${file}">`).join("");
  return Buffer.from(page.replace("<body>", () => `<body><noscript>${look}${words}</noscript>`));
}
