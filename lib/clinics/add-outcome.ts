import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import type { OutcomeLine } from "./forms/listing";
import { outcomeKey } from "./outcome";
import { type SaveFault, saveIntoDraft } from "./save-listing";

/** Puts a result into the draft; the same count of the same year is replaced. Seen by patients after approval. */
export async function addOutcome(
  manager: ClinicManager,
  line: OutcomeLine,
): Promise<Outcome<OutcomeLine, SaveFault>> {
  return asPerson(manager, async (tx) => {
    const saved = await saveIntoDraft(tx, manager, ({ outcomes }) => ({
      outcomes: [...outcomes.filter((other) => outcomeKey(other) !== outcomeKey(line)), line],
    }));
    return saved.ok ? done(line) : saved;
  });
}
