import { Inflate } from "fflate";

/** Transfer syntax whose data, behind the description of the file itself, are packed as one stream. */
export const DEFLATED = "1.2.840.10008.1.2.1.99";

export interface Unpacked {
  bytes: Uint8Array;
  /** Whether it went beyond the limit; what came until then is there. */
  isBeyond: boolean;
}

/** Small pieces go in, so that a bomb is noticed soon after the limit. */
const PIECE_BYTES = 8 * 1024;

/** Unpacks as much as there is, up to a limit: of a cut stream its beginning. Throws where it is no such stream. */
export function unpackWithin(packed: Uint8Array, bytesMax: number): Unpacked {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate((piece) => {
    pieces.push(piece);
    size += piece.length;
  });
  for (let at = 0; at < packed.length && size <= bytesMax; at += PIECE_BYTES) {
    stream.push(packed.subarray(at, at + PIECE_BYTES), false);
  }
  const bytes = new Uint8Array(Math.min(size, bytesMax));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece.subarray(0, bytes.length - at), at);
    at += Math.min(piece.length, bytes.length - at);
  }
  return { bytes, isBeyond: size > bytesMax };
}
