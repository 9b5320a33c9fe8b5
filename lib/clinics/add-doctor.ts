import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { searchWords } from "@/lib/guides/word";
import { asPerson } from "@/lib/infra/db";
import type { DoctorForm, ListingContent } from "./forms/listing";
import { type SaveFault, saveIntoDraft } from "./save-listing";

export type DoctorLine = ListingContent["doctors"][number];

/** Whether an entry takes the place of one of the same name, or must be the first of it. */
export type Place = "replaces" | "new";

/** Puts a doctor into the draft, or changes the one with the same address. Seen by patients after approval. */
export async function addDoctor(
  manager: ClinicManager,
  form: DoctorForm,
  place: Place = "replaces",
): Promise<Outcome<DoctorLine, SaveFault | "already_listed">> {
  return asPerson(manager, async (tx) => {
    const clinic = await tx.clinic.findUniqueOrThrow({
      where: { id: manager.clinicId },
      select: { slug: true },
    });
    const doctor: DoctorLine = { ...form, slug: form.slug ?? slugOf(form.name, clinic.slug) };
    const saved = await saveIntoDraft(tx, manager, ({ doctors }) => {
      const others = doctors.filter((other) => other.slug !== doctor.slug);
      const isListed = doctors.some(
        ({ slug, name }) => slug === doctor.slug || name.toLowerCase() === doctor.name.toLowerCase(),
      );
      if (place === "new" && isListed) return refused("already_listed");
      return done({ doctors: [...others, doctor] });
    });
    return saved.ok ? done(doctor) : saved;
  });
}

/** "jane-roe-herzzentrum-rheintal": a name alone may exist in two centres. */
function slugOf(name: string, clinicSlug: string): string {
  const words = searchWords(name).filter((word) => /^[a-z0-9]+$/.test(word));
  return [...(words.length === 0 ? ["doctor"] : words), clinicSlug].join("-").slice(0, 120).replace(/-$/, "");
}
