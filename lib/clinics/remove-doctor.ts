import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { type SaveFault, saveIntoDraft } from "./save-listing";

/** Takes a doctor out of the draft. Patients see the doctor until the draft is approved. */
export async function removeDoctor(manager: ClinicManager, slug: string): Promise<Outcome<true, SaveFault>> {
  return asPerson(manager, async (tx) => {
    const saved = await saveIntoDraft(tx, manager, ({ doctors }) => {
      const others = doctors.filter((doctor) => doctor.slug !== slug);
      return others.length < doctors.length ? done({ doctors: others }) : refused("not_found");
    });
    return saved.ok ? done(true) : saved;
  });
}
