import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { listingContentForm } from "./forms/listing";
import { checkListing, listingChanges, type ListingFault } from "./listing";
import { contentOf, listingSelect } from "./listing-content";
import { revisionsOf } from "./scope";

/** Hands the draft to the operator. An earlier proposal that still waits is replaced by this one. */
export async function submitListing(
  manager: ClinicManager,
  now: Date,
): Promise<Outcome<{ revisionId: string }, ListingFault | "no_draft" | "nothing_changed">> {
  return asPerson(manager, async (tx) => {
    // Two submitters at once: the second finds no draft any more.
    await tx.$queryRaw`SELECT id FROM "Clinic" WHERE id = ${manager.clinicId}::uuid FOR NO KEY UPDATE`;
    const draft = await tx.listingRevision.findFirst({
      where: { AND: [{ state: "draft" }, revisionsOf(manager)] },
      select: { id: true, content: true },
    });
    if (draft === null) return refused("no_draft");
    const clinic = await tx.clinic.findUniqueOrThrow({
      where: { id: manager.clinicId },
      select: listingSelect,
    });
    const content = listingContentForm.parse(draft.content);
    const checked = checkListing(content, clinic.country);
    if (!checked.ok) return checked;
    if (listingChanges(contentOf(clinic), content).length === 0) return refused("nothing_changed");
    await tx.listingRevision.updateMany({
      where: { AND: [{ state: "submitted" }, revisionsOf(manager)] },
      data: { state: "superseded" },
    });
    const { count } = await tx.listingRevision.updateMany({
      where: { AND: [{ id: draft.id, state: "draft" }, revisionsOf(manager)] },
      data: { state: "submitted", submittedAt: now },
    });
    if (count === 0) return refused("no_draft");
    await writeAudit(tx, manager, "listing.submitted", {
      objectType: "listing_revision",
      objectId: draft.id,
    });
    return done({ revisionId: draft.id });
  });
}
