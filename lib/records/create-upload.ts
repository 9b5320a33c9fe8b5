import "server-only";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { callAs } from "@/lib/infra/db";
import { CHUNK_BYTES } from "@/lib/infra/record-store";
import { newFileKey } from "@/lib/infra/record-store-key";
import { OPEN_STAGES } from "./open-upload";
import type { Uploader } from "./scope";
import { type Announced, expiryOf, OPEN_UPLOADS_MAX } from "./upload";

/** Why there is no place for a file: the case is not theirs or takes no bytes, or there are too many. */
export type PlaceRefusal = "not_found" | "illegal_transition" | "too_many" | "link_full";

/** As the database answers; nothing was refused where it names no reason. */
export interface PlaceAnswer {
  refused?: PlaceRefusal;
  stage?: string;
}

/** Opens an upload: the row with its own sealed key. The bytes follow, in as many parts as the line allows. */
export async function createUpload(
  uploader: Uploader,
  caseId: string,
  announced: Announced,
  now: Date,
): Promise<Outcome<{ id: string; expiresAt: Date }, PlaceRefusal>> {
  const id = newId(now.getTime());
  const expiresAt = expiryOf(now);
  const { wrappedKey, keyVersion } = newFileKey(id).wrapped;
  const answer = await callAs<PlaceAnswer>(uploader, "begin_upload", {
    ...{ id, caseId, now, expiresAt, ...announced, keyVersion },
    ...{ wrappedKey: wrappedKey.toString("base64"), chunkBytes: CHUNK_BYTES },
    ...{ stages: OPEN_STAGES, openMax: OPEN_UPLOADS_MAX },
  });
  return placeRefusal(answer) ?? done({ id, expiresAt });
}

export function placeRefusal({ refused: why, stage = "" }: PlaceAnswer): Outcome<never, PlaceRefusal> | null {
  switch (why) {
    case undefined:
      return null;
    case "illegal_transition":
      return refused(why, { stage });
    case "too_many":
      return refused(why, { retryAfter: 600 });
    default:
      return refused(why);
  }
}
