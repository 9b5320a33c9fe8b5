import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import type { Place } from "./add-doctor";
import type { OutcomeLine } from "./forms/listing";
import { outcomeKey } from "./outcome";
import { type SaveFault, saveIntoDraft } from "./save-listing";

/** Puts a result into the draft; the same count of the same year is replaced. Seen by patients after approval. */
export async function addOutcome(
  manager: ClinicManager,
  line: OutcomeLine,
  place: Place = "replaces",
): Promise<Outcome<OutcomeLine, SaveFault | "already_listed">> {
  return asPerson(manager, async (tx) => {
    const saved = await saveIntoDraft(tx, manager, ({ outcomes }) => {
      const others = outcomes.filter((other) => outcomeKey(other) !== outcomeKey(line));
      if (place === "new" && others.length < outcomes.length) return refused("already_listed");
      return done({ outcomes: [...others, line] });
    });
    return saved.ok ? done(line) : saved;
  });
}
