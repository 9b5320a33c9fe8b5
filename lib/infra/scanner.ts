import "server-only";
import net from "node:net";
import { env } from "./env";

export type ScanVerdict =
  | { kind: "clean" }
  /** The scanner reads no more than this; what it read was clean. */
  | { kind: "partly" }
  | { kind: "infected"; signature: string };

const ANSWER_MS = 120_000;

// The industry's harmless test file, in two halves so that no scanner stumbles over this source.
const TEST_FILE = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/**
 * Shows the bytes to clamd (INSTREAM) where one is configured; without one only the test file is known.
 * A scanner that does not answer is an error: the file stays where it is and the job comes again.
 */
export async function scanBytes(head: Buffer, bytes: AsyncIterable<Buffer>): Promise<ScanVerdict> {
  if (head.subarray(0, 128).includes(TEST_FILE))
    return { kind: "infected", signature: "Eicar-Test-Signature" };
  const address = env().CLAMAV_URL;
  return address ? verdictOf(await askClamd(new URL(address), bytes)) : { kind: "clean" };
}

function verdictOf(answer: string): ScanVerdict {
  const found = /^stream: (.+) FOUND/.exec(answer);
  if (found) return { kind: "infected", signature: found[1] ?? "unknown" };
  if (answer.startsWith("stream: OK")) return { kind: "clean" };
  if (answer.includes("size limit exceeded")) return { kind: "partly" };
  throw new Error(`The scanner answered something unexpected: ${answer.slice(0, 80)}`);
}

async function askClamd({ hostname, port }: URL, bytes: AsyncIterable<Buffer>): Promise<string> {
  const socket = net.connect({ host: hostname, port: Number(port || 3310) });
  socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error("The scanner did not answer in time.")));
  const answer = readAnswer(socket);
  const sent = sendBytes(socket, bytes);
  try {
    // clamd may answer and hang up before it was told everything: its answer counts, not our broken pipe.
    const first = await Promise.race([answer, sent.then(() => null)]);
    return first ?? (await answer);
  } finally {
    socket.destroy();
    await sent.catch(() => undefined);
  }
}

async function readAnswer(socket: net.Socket): Promise<string> {
  let text = "";
  for await (const piece of socket) {
    text += String(piece);
    if (text.includes("\0")) break;
  }
  if (!text) throw new Error("The scanner hung up without an answer.");
  return text.replaceAll("\0", "").trim();
}

async function sendBytes(socket: net.Socket, bytes: AsyncIterable<Buffer>): Promise<void> {
  await write(socket, Buffer.from("zINSTREAM\0"));
  for await (const piece of bytes) {
    if (socket.destroyed || piece.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    await write(socket, length);
    await write(socket, piece);
  }
  await write(socket, Buffer.alloc(4));
}

function write(socket: net.Socket, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.destroyed) return resolve();
    socket.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
