import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import type { ListingContent, OutcomeLine } from "./forms/listing";
import { outcomeKey } from "./outcome";
import { type SaveFault, saveIntoDraft } from "./save-listing";

/**
 * Puts a result into the draft; the same count of the same year is replaced. Seen by patients after approval. With the
 * mark of the result its writer had seen, one that was changed or added meanwhile is not overwritten.
 */
export async function addOutcome(
  manager: ClinicManager,
  line: OutcomeLine,
  seen: string | null = null,
): Promise<Outcome<OutcomeLine, SaveFault>> {
  return asPerson(manager, async (tx) => {
    const isSame = (other: OutcomeLine) => outcomeKey(other) === outcomeKey(line);
    const shown = ({ outcomes }: ListingContent) => outcomes.find(isSame);
    const saved = await saveIntoDraft(
      tx,
      manager,
      ({ outcomes }) => ({ outcomes: [...outcomes.filter((other) => !isSame(other)), line] }),
      seen === null ? null : { of: shown, mark: seen },
    );
    return saved.ok ? done(line) : saved;
  });
}
