import "server-only";
import type { Admin, ClinicManager, Coordinator } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { clinicFacts, clinicSelect } from "../clinic";
import { listingContentForm, type ListingContent } from "../forms/listing";
import { listingSelect, procedureRow } from "../listing-content";
import { publishedClinic } from "../published";
import { revisionsOf } from "../scope";
import type { ClinicFacts } from "../views/catalogue";
import { lastProposal } from "./listing";

/** The own public page as the next save would make it: from the draft, else from the proposal that waits, else as it is. */
export async function previewOfDraft(manager: ClinicManager, now: Date): Promise<ClinicFacts> {
  const content = await asPerson(manager, async (tx) => {
    const clinic = await tx.clinic.findUniqueOrThrow({
      where: { id: manager.clinicId },
      select: listingSelect,
    });
    return (await lastProposal(tx, clinic)).content;
  });
  return previewOf(manager, manager.clinicId, content, now);
}

/** The public page a proposal would make; null for a draft and for no such revision. */
export async function previewOfRevision(
  approver: Admin | Coordinator,
  id: string,
  now: Date,
): Promise<ClinicFacts | null> {
  const revision = await asPerson(approver, (tx) =>
    tx.listingRevision.findFirst({
      where: { AND: [{ id }, revisionsOf(approver)] },
      select: { clinicId: true, content: true },
    }),
  );
  if (revision === null) return null;
  return previewOf(approver, revision.clinicId, listingContentForm.parse(revision.content), now);
}

async function previewOf(
  reader: ClinicManager | Admin | Coordinator,
  clinicId: string,
  content: ListingContent,
  now: Date,
): Promise<ClinicFacts> {
  const today = dayOf(now);
  const row = await asPerson(reader, (tx) =>
    tx.clinic.findUniqueOrThrow({ where: { id: clinicId }, select: clinicSelect }),
  );
  const shown = await publishedClinic(row.slug, now);
  const { procedures, outcomes, accreditations, doctors, holidays: _closed, ...facts } = content;
  return clinicFacts(
    {
      ...row,
      ...facts,
      procedures: procedures.map((line) => procedureRow(clinicId, line)),
      outcomes: outcomes.map((line) => ({ ...line, value: { toNumber: () => line.value } })),
      accreditations: accreditations.map((line) => ({ ...line, validUntil: dateOf(line.validUntil) })),
      doctors: doctors.toSorted((one, other) => one.name.localeCompare(other.name)),
    },
    (shown?.procedures ?? []).flatMap(({ treatment, nextFreeDays }) =>
      nextFreeDays.map((on) => ({ treatment, on })),
    ),
    today,
  );
}
