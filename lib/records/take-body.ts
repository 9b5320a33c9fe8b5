import "server-only";
import { createHash } from "node:crypto";
import type { Intake } from "@/lib/infra/record-store-intake";
import type { PatchHeaders } from "./upload";

/** Where bytes come from, piece by piece: a piece is its reader's until the next is asked for. */
export interface Pieces {
  /** Null at the end, and once `cancel` was called; throws when the line breaks. */
  next(): Promise<Uint8Array | null>;
  cancel(): void;
}

export type Body = ReadableStream<Uint8Array> | Pieces | null;

/** Bytes as they come over the line, with what their sender promised of them. */
export type Part = PatchHeaders & { body: Body };

/** Who writes: may be told to give way, and says that bytes arrive. */
export interface Turn {
  readonly signal: AbortSignal;
  touch(): void;
}

/** How a part ended: all of it is here, the line broke, it was longer than announced, or not what its checksum says. */
export type Arrival = "whole" | "broken" | "too_large" | "checksum_mismatch";

/** Reads the body to its end, or to where the line broke. Never takes a byte beyond the announced length. */
export async function takeBody(intake: Intake, part: Part, sizeBytes: number, turn: Turn): Promise<Arrival> {
  if (!part.body) return part.checksum ? "checksum_mismatch" : "whole";
  const digest = part.checksum ? createHash(part.checksum.algorithm) : null;
  const pieces = "next" in part.body ? part.body : piecesOf(part.body);
  const giveWay = () => pieces.cancel();
  turn.signal.addEventListener("abort", giveWay, { once: true });
  try {
    for (;;) {
      const piece = await nextPiece(pieces);
      if (piece === "broken") return "broken";
      if (piece === null) break;
      if (intake.offset + piece.length > sizeBytes) return "too_large";
      turn.touch();
      digest?.update(piece);
      await intake.take(piece);
    }
  } finally {
    turn.signal.removeEventListener("abort", giveWay);
  }
  if (turn.signal.aborted) return "broken";
  if (digest && digest.digest("base64") !== part.checksum?.digest) return "checksum_mismatch";
  return "whole";
}

function piecesOf(body: ReadableStream<Uint8Array>): Pieces {
  const reader = body.getReader();
  return {
    next: async () => (await reader.read()).value ?? null,
    cancel: () => void reader.cancel("gave way").catch(() => undefined),
  };
}

async function nextPiece(pieces: Pieces): Promise<Uint8Array | null | "broken"> {
  try {
    return await pieces.next();
  } catch {
    // The client's line broke: not our failure, and what came before is worth keeping.
    return "broken";
  }
}
