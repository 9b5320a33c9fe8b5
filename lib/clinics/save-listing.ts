import "server-only";
import type { ClinicManager } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Done, type Outcome, done, type Refused, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { ListingContent, SaveListingForm } from "./forms/listing";
import { checkListing, type ListingFault, partsChanged, partsOvertaken, type SeenDraft } from "./listing";
import { listingSelect } from "./listing-content";
import { lastProposal, type Proposal } from "./queries/listing";
import { revisionsOf } from "./scope";

export type SaveFault = ListingFault | "invalid_doctor" | "not_found" | "stale_draft";

export interface SavedDraft {
  revisionId: string;
  version: number;
  savedAt: Date;
  content: ListingContent;
}

/**
 * Saves some parts of the listing into the centre's one draft, which is begun from the last proposal or from what is
 * published. With the draft its writer had seen, a part somebody else saved meanwhile is not overwritten.
 */
export function saveListing(
  manager: ClinicManager,
  form: SaveListingForm,
  seen: SeenDraft | null = null,
): Promise<Outcome<SavedDraft, SaveFault>> {
  return asPerson(manager, (tx) => saveIntoDraft<never>(tx, manager, () => done(form), seen));
}

/**
 * Changes the listing by what its draft holds at this moment, which nobody else changes meanwhile. A refusal of the change
 * is answered as it is and leaves everything as it was.
 */
export function changeListing<Fault extends Refused>(
  manager: ClinicManager,
  change: (content: ListingContent) => Done<SaveListingForm> | Fault,
): Promise<Outcome<SavedDraft, SaveFault> | Fault> {
  return asPerson(manager, (tx) => saveIntoDraft(tx, manager, change));
}

/**
 * Changes the draft inside the caller's transaction. The centre's row is locked first, so that two savers at once
 * work one after the other on the same draft and neither loses what the other wrote. A part that was saved after the seen
 * draft is not overwritten.
 */
export async function saveIntoDraft<Fault extends Refused>(
  tx: Tx,
  manager: ClinicManager,
  change: (content: ListingContent) => Done<SaveListingForm> | Fault,
  seen: SeenDraft | null = null,
): Promise<Outcome<SavedDraft, SaveFault> | Fault> {
  await tx.$queryRaw`SELECT id FROM "Clinic" WHERE id = ${manager.clinicId}::uuid FOR NO KEY UPDATE`;
  const clinic = await tx.clinic.findUniqueOrThrow({
    where: { id: manager.clinicId },
    select: listingSelect,
  });
  const draft = await lastProposal(tx, clinic);
  const changed = change(draft.content);
  if (!changed.ok) return changed;
  const content = { ...draft.content, ...withoutGaps(changed.value) };
  const parts = partsChanged(draft.content, content);
  if (seen && partsOvertaken(draft, seen, parts).length > 0) return overtaken(tx, manager);
  const checked = checkListing(content, clinic.country);
  if (!checked.ok) return checked;
  const stranger = await strangersDoctor(tx, clinic.id, content);
  if (stranger !== null) return refused("invalid_doctor", { path: `doctors.${stranger}.slug` });
  const saved = await writeDraft(tx, manager, { draft, content, parts });
  await writeAudit(tx, manager, "listing.saved", {
    objectType: "listing_revision",
    objectId: saved.revisionId,
  });
  return done({ ...saved, content });
}

interface Writing {
  draft: Proposal;
  content: ListingContent;
  parts: readonly string[];
}

async function writeDraft(tx: Tx, manager: ClinicManager, { draft, content, parts }: Writing) {
  const revisionId = draft.id ?? newId();
  const version = draft.version + 1;
  const savedAt = new Date();
  const partVersions = { ...draft.parts, ...Object.fromEntries(parts.map((part) => [part, version])) };
  const data = { content, authorId: manager.personId, version, partVersions, savedAt };
  if (draft.id === null) {
    await tx.listingRevision.create({ data: { id: revisionId, clinicId: manager.clinicId, ...data } });
  } else {
    const { count } = await tx.listingRevision.updateMany({ where: { id: draft.id, state: "draft" }, data });
    if (count === 0) throw new Error("A draft left its state although its centre was locked.");
  }
  return { revisionId, version, savedAt };
}

/** Who saved or sent in last, and when: so that the two can talk. */
async function overtaken(tx: Tx, manager: ClinicManager) {
  const last = await tx.listingRevision.findFirst({
    where: revisionsOf(manager),
    orderBy: { createdAt: "desc" },
    select: { id: true, state: true, version: true, savedAt: true, authorId: true },
  });
  const author =
    last && (await tx.person.findUnique({ where: { id: last.authorId }, select: { name: true } }));
  const isDraft = last?.state === "draft";
  return refused("stale_draft", {
    by: author?.name ?? "",
    at: last?.savedAt.toISOString() ?? "",
    draft: isDraft ? last.id : "",
    version: isDraft ? last.version : 0,
  });
}

/** A doctor's address is the centre's own; one of another centre cannot be taken over. The place of the first such doctor. */
export async function strangersDoctor(
  tx: Tx,
  clinicId: string,
  content: ListingContent,
): Promise<number | null> {
  const slugs = content.doctors.map((doctor) => doctor.slug);
  const taken = await tx.doctor.findFirst({
    where: { slug: { in: slugs }, clinicId: { not: clinicId } },
    select: { slug: true },
  });
  return taken === null ? null : slugs.indexOf(taken.slug);
}

/** A part that was not sent is not a part that was emptied. */
function withoutGaps(form: SaveListingForm): Partial<ListingContent> {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
}
