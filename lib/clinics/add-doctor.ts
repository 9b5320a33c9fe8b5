import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { searchWords } from "@/lib/guides/word";
import { asPerson } from "@/lib/infra/db";
import type { DoctorForm, ListingContent } from "./forms/listing";
import { type SaveFault, saveIntoDraft } from "./save-listing";

export type DoctorLine = ListingContent["doctors"][number];

/**
 * Puts a doctor into the draft, or changes the one with the same address. Seen by patients after approval. With the mark
 * of the doctor its writer had seen, one who was changed or added meanwhile is not overwritten.
 */
export async function addDoctor(
  manager: ClinicManager,
  form: DoctorForm,
  seen: string | null = null,
): Promise<Outcome<DoctorLine, SaveFault>> {
  return asPerson(manager, async (tx) => {
    const clinic = await tx.clinic.findUniqueOrThrow({
      where: { id: manager.clinicId },
      select: { slug: true },
    });
    const doctor: DoctorLine = { ...form, slug: form.slug ?? slugOf(form.name, clinic.slug) };
    const shown = ({ doctors }: ListingContent) => doctors.find((other) => other.slug === doctor.slug);
    const saved = await saveIntoDraft(
      tx,
      manager,
      ({ doctors }) => ({ doctors: [...doctors.filter((other) => other.slug !== doctor.slug), doctor] }),
      seen === null ? null : { of: shown, mark: seen },
    );
    return saved.ok ? done(doctor) : saved;
  });
}

/** "jane-roe-herzzentrum-rheintal": a name alone may exist in two centres. */
function slugOf(name: string, clinicSlug: string): string {
  const words = searchWords(name).filter((word) => /^[a-z0-9]+$/.test(word));
  return [...(words.length === 0 ? ["doctor"] : words), clinicSlug].join("-").slice(0, 120).replace(/-$/, "");
}
