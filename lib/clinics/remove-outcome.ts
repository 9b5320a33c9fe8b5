import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { outcomeKey } from "./outcome";
import { type SaveFault, saveIntoDraft } from "./save-listing";

/** Takes a result out of the draft. Patients see it until the draft is approved. */
export async function removeOutcome(manager: ClinicManager, key: string): Promise<Outcome<true, SaveFault>> {
  return asPerson(manager, async (tx) => {
    const saved = await saveIntoDraft(tx, manager, ({ outcomes }) => {
      const others = outcomes.filter((line) => outcomeKey(line) !== key);
      return others.length < outcomes.length ? done({ outcomes: others }) : refused("not_found");
    });
    return saved.ok ? done(true) : saved;
  });
}
