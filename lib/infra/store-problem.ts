import "server-only";
import { Problem } from "./problem";
import { DamagedFile, StoreAway } from "./record-store-driver";

/**
 * What the store's own trouble is called outside; null for every other trouble. A store that is away is asked again
 * later. Damaged bytes stay damaged however often one asks: that is a conflict with what was promised.
 */
export function storeProblem(error: unknown): Problem | null {
  if (error instanceof StoreAway) return new Problem(503, "store_away");
  if (!(error instanceof DamagedFile)) return null;
  const { recordId, damage } = error;
  return new Problem(409, "file_damaged", undefined, [], { recordId, damage });
}
