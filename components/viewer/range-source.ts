import { FrameError } from "@/lib/records/pixel-samples";
import type { ByteSource } from "@/lib/records/pixel-source";

interface Piece {
  start: number;
  bytes: Uint8Array;
}

/** Read ahead when one goes on where one was: little at first, then ever more. */
const AHEAD_MIN = 512 * 1024;
const AHEAD_MAX = 4 * 1024 ** 2;
const KEPT_BYTES = 24 * 1024 ** 2;
/** A read this near behind the last one goes on with it. */
const NEAR_BYTES = 64 * 1024;

/**
 * A file on the server, fetched in ranges. The first read brings what was asked for and nothing more, so that the first
 * picture waits for no other; who goes on reading gets ever longer pieces. Reads stand in line: two never fetch the same.
 */
export function rangeSource(address: string, sizeBytes: number, fetcher: typeof fetch = fetch): ByteSource {
  const pieces: Piece[] = [];
  let line: Promise<unknown> = Promise.resolve();
  let ahead = 0;
  let lastEnd = -1;

  async function fetchPiece(start: number, end: number): Promise<Piece> {
    const goesOn = lastEnd >= 0 && start >= lastEnd - NEAR_BYTES && start <= lastEnd + NEAR_BYTES;
    ahead = goesOn ? Math.min(AHEAD_MAX, Math.max(AHEAD_MIN, ahead * 2)) : 0;
    const until = Math.min(sizeBytes, Math.max(end, start + ahead));
    const piece = { start, bytes: await fetchRange(fetcher, address, start, until) };
    lastEnd = until;
    pieces.push(piece);
    let kept = pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
    while (pieces.length > 1 && kept > KEPT_BYTES) kept -= pieces.shift()?.bytes.length ?? 0;
    return piece;
  }

  async function readNow(start: number, end: number): Promise<Uint8Array> {
    const whole = pieces.find((one) => one.start <= start && one.start + one.bytes.length >= end);
    const found = whole ?? (await fetchPiece(start, end));
    return found.bytes.subarray(start - found.start, end - found.start);
  }

  return {
    sizeBytes,
    read(start, end) {
      const reading = line.then(() => readNow(start, Math.min(end, sizeBytes)));
      line = reading.catch(() => undefined);
      return reading;
    },
  };
}

async function fetchRange(
  fetcher: typeof fetch,
  address: string,
  start: number,
  end: number,
): Promise<Uint8Array> {
  if (end <= start) return new Uint8Array();
  try {
    const answer = await fetcher(address, { headers: { range: `bytes=${start}-${end - 1}` } });
    if (!answer.ok) throw new FrameError("not_here");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const part = answer.status === 206 ? bytes : bytes.subarray(start, end);
    if (part.length < end - start) throw new FrameError("not_here");
    return part;
  } catch (error) {
    // No connection, or an answer that broke off: asked again it may come.
    throw error instanceof FrameError ? error : new FrameError("not_here", error);
  }
}
