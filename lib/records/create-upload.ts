import "server-only";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { callAs } from "@/lib/infra/db";
import { CHUNK_BYTES } from "@/lib/infra/record-store";
import { newFileKey } from "@/lib/infra/record-store-key";
import { OPEN_STAGES } from "./open-upload";
import type { Uploader } from "./scope";
import { type Announced, expiryOf, OPEN_UPLOADS_MAX } from "./upload";

type Refusal = "not_found" | "illegal_transition" | "too_many" | "link_full";

/** Opens an upload: the row with its own sealed key. The bytes follow, in as many parts as the line allows. */
export async function createUpload(
  uploader: Uploader,
  caseId: string,
  announced: Announced,
  now: Date,
): Promise<Outcome<{ id: string; expiresAt: Date }, Refusal>> {
  const id = newId(now.getTime());
  const expiresAt = expiryOf(now);
  const { wrappedKey, keyVersion } = newFileKey(id).wrapped;
  const answer = await callAs<{ refused?: Refusal; stage?: string }>(uploader, "begin_upload", {
    ...{ id, caseId, now, expiresAt, ...announced, keyVersion },
    ...{ wrappedKey: wrappedKey.toString("base64"), chunkBytes: CHUNK_BYTES },
    ...{ stages: OPEN_STAGES, openMax: OPEN_UPLOADS_MAX },
  });
  switch (answer.refused) {
    case undefined:
      return done({ id, expiresAt });
    case "illegal_transition":
      return refused("illegal_transition", { stage: answer.stage ?? "" });
    case "too_many":
      return refused("too_many", { retryAfter: 600 });
    default:
      return refused(answer.refused);
  }
}
