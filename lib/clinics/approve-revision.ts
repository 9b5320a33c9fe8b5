import "server-only";
import type { Admin, Coordinator } from "@/lib/kernel/actor";
import { dateOf } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { listingContentForm, type ListingContent } from "./forms/listing";
import { checkListing, type ListingFault } from "./listing";
import { procedureRow } from "./listing-content";
import { revisionsOf } from "./scope";
import { strangersDoctor } from "./save-listing";
import { searchTextOf } from "./search-text";

/** The lock of all approvals; any number nobody else uses. */
const APPROVALS = 7_201;

export interface PublishedRevision {
  revisionId: string;
  slug: string;
}

type Refusal = ListingFault | "not_found" | "illegal_transition" | "own_work" | "invalid_doctor";

/** A second person says yes: the revision becomes the listing at once, and the one before it becomes history. */
export async function approveRevision(
  approver: Admin | Coordinator,
  id: string,
  now: Date,
): Promise<Outcome<PublishedRevision, Refusal>> {
  return asPerson(approver, async (tx) => {
    const revision = await tx.listingRevision.findFirst({
      where: { AND: [{ id }, revisionsOf(approver)] },
      select: { clinicId: true, authorId: true, content: true },
    });
    if (revision === null) return refused("not_found");
    if (revision.authorId === approver.personId) return refused("own_work");
    // One approval after the other: two at once could not see each other's doctors.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${APPROVALS})::text`;
    await tx.$queryRaw`SELECT id FROM "Clinic" WHERE id = ${revision.clinicId}::uuid FOR NO KEY UPDATE`;
    const clinic = await tx.clinic.findUniqueOrThrow({
      where: { id: revision.clinicId },
      select: { slug: true, country: true },
    });
    const content = listingContentForm.parse(revision.content);
    const checked = checkListing(content, clinic.country);
    if (!checked.ok) return checked;
    // The draft was checked long ago; since then another centre may have published a doctor under the same address.
    const stranger = await strangersDoctor(tx, revision.clinicId, content);
    if (stranger !== null) return refused("invalid_doctor", { path: `doctors.${stranger}.slug` });
    // The one published before steps aside first: only one may be published at a time.
    const before = await tx.listingRevision.findFirst({
      where: { clinicId: revision.clinicId, state: "published" },
      select: { id: true },
    });
    const { count } = await tx.listingRevision.updateMany({
      where: { id, state: "submitted" },
      data: { state: "approved", decidedById: approver.personId, decidedAt: now },
    });
    if (count === 0) return refused("illegal_transition");
    if (before)
      await tx.listingRevision.updateMany({
        where: { id: before.id, state: "published" },
        data: { state: "superseded" },
      });
    await tx.listingRevision.updateMany({ where: { id, state: "approved" }, data: { state: "published" } });
    await publish(tx, revision.clinicId, content, now);
    await writeAudit(tx, approver, "listing.published", { objectType: "listing_revision", objectId: id });
    return done({ revisionId: id, slug: clinic.slug });
  });
}

async function publish(tx: Tx, clinicId: string, content: ListingContent, now: Date): Promise<void> {
  const { procedures, outcomes, accreditations, doctors, holidays, ...facts } = content;
  const clinic = await tx.clinic.findUniqueOrThrow({
    where: { id: clinicId },
    select: { city: true, country: true, legalName: true, publishedAt: true },
  });
  const searchText = searchTextOf({
    name: `${content.name} ${clinic.legalName}`,
    city: clinic.city,
    country: clinic.country,
    procedures,
    doctors: doctors.map((doctor) => doctor.name),
  });
  await tx.clinicProcedure.deleteMany({ where: { clinicId } });
  await tx.clinicProcedure.createMany({ data: procedures.map((line) => procedureRow(clinicId, line)) });
  await tx.clinicOutcome.deleteMany({ where: { clinicId } });
  await tx.clinicOutcome.createMany({ data: outcomes.map((line) => ({ ...line, clinicId })) });
  await tx.accreditation.deleteMany({ where: { clinicId } });
  await tx.accreditation.createMany({
    data: accreditations.map((line) => ({ ...line, clinicId, validUntil: dateOf(line.validUntil) })),
  });
  await tx.doctor.deleteMany({ where: { clinicId } });
  await tx.doctor.createMany({ data: doctors.map((line) => ({ ...line, clinicId })) });
  await tx.clinic.update({
    where: { id: clinicId },
    data: {
      ...facts,
      searchText,
      holidays: holidays.map(dateOf),
      publishedAt: clinic.publishedAt ?? now,
      version: { increment: 1 },
    },
  });
}
