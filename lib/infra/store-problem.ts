import "server-only";
import { isCrowded } from "./db-errors";
import { Problem } from "./problem";
import { isDamagedFile, isStoreAway } from "./record-store-driver";

/**
 * What trouble of ours that has a name is called outside; null for every other. A store that is away, or a database with
 * too long a queue, is asked again later. Damaged bytes stay damaged however often one asks: that is a conflict with what was promised.
 */
export function storeProblem(error: unknown): Problem | null {
  if (isCrowded(error)) return new Problem(503, "crowded", undefined, [], { retryAfter: 5 });
  if (isStoreAway(error)) return new Problem(503, "store_away");
  if (!isDamagedFile(error)) return null;
  const { recordId, damage } = error;
  return new Problem(409, "file_damaged", undefined, [], { recordId, damage });
}
