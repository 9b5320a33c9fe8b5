import "server-only";
import type { Admin, ClinicManager, Coordinator } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { listingContentForm, type ListingContent } from "../forms/listing";
import { type ListingChange, listingChanges } from "../listing";
import { contentOf, type ListingRow, listingSelect } from "../listing-content";
import { revisionsOf } from "../scope";

const revisionSelect = {
  id: true,
  state: true,
  reason: true,
  createdAt: true,
  submittedAt: true,
  decidedAt: true,
} as const;

export interface Revision {
  id: string;
  state: string;
  reason: string | null;
  createdAt: Date;
  submittedAt: Date | null;
  decidedAt: Date | null;
}

export interface OwnListing {
  clinic: { slug: string; country: string; version: number };
  published: ListingContent;
  /** The open draft with what it would change; null when nothing is begun. */
  draft: { id: string; content: ListingContent; changes: ListingChange[] } | null;
  /** What the next save changes: the draft, else the proposal still with the operator, else what is published. */
  basis: ListingContent;
  revisions: Revision[];
}

const REVISIONS_SHOWN = 50;

/** What the manager's centre shows, what it prepares, and how its listing came to be. */
export function ownListing(manager: ClinicManager): Promise<OwnListing> {
  return asPerson(manager, async (tx) => {
    const clinic = await tx.clinic.findUniqueOrThrow({
      where: { id: manager.clinicId },
      select: listingSelect,
    });
    const published = contentOf(clinic);
    const last = await lastProposal(tx, clinic);
    const { id: draftId, content: basis } = last;
    const revisions = await tx.listingRevision.findMany({
      where: revisionsOf(manager),
      orderBy: { createdAt: "desc" },
      take: REVISIONS_SHOWN,
      select: revisionSelect,
    });
    const { slug, country, version } = clinic;
    return {
      clinic: { slug, country, version },
      published,
      draft:
        draftId === null ? null : { id: draftId, content: basis, changes: listingChanges(published, basis) },
      basis,
      revisions,
    };
  });
}

/**
 * The open draft; else what the next one begins from. A proposal that was sent back counts only until a later one was
 * published: after that the public listing is the newest word.
 */
export async function lastProposal(
  tx: Tx,
  clinic: ListingRow,
): Promise<{ id: string | null; content: ListingContent }> {
  const last = await tx.listingRevision.findFirst({
    where: { clinicId: clinic.id, state: { in: ["draft", "submitted", "changes_asked", "published"] } },
    orderBy: { createdAt: "desc" },
    select: { id: true, state: true, content: true },
  });
  if (last === null || last.state === "published") return { id: null, content: contentOf(clinic) };
  return { id: last.state === "draft" ? last.id : null, content: listingContentForm.parse(last.content) };
}

export interface RevisionToJudge extends Revision {
  clinic: { slug: string; name: string; country: string };
  changes: ListingChange[];
}

/** The proposals that wait for the operator, oldest first. */
export function revisionsToJudge(approver: Admin | Coordinator, limit = 100) {
  return asPerson(approver, async (tx) => {
    const rows = await tx.listingRevision.findMany({
      where: { AND: [{ state: "submitted" }, revisionsOf(approver)] },
      orderBy: { submittedAt: "asc" },
      take: limit,
      select: { ...revisionSelect, clinic: { select: { slug: true, name: true, country: true } } },
    });
    return rows;
  });
}

/** One proposal with its differences from what is published now; null for a draft and for no such revision. */
export function revisionToJudge(approver: Admin | Coordinator, id: string): Promise<RevisionToJudge | null> {
  return asPerson(approver, (tx) => judged(tx, approver, id));
}

async function judged(tx: Tx, approver: Admin | Coordinator, id: string): Promise<RevisionToJudge | null> {
  const revision = await tx.listingRevision.findFirst({
    where: { AND: [{ id }, revisionsOf(approver)] },
    select: { ...revisionSelect, content: true, clinic: { select: listingSelect } },
  });
  if (revision === null) return null;
  const { clinic, content, ...rest } = revision;
  const changes = listingChanges(contentOf(clinic), listingContentForm.parse(content));
  return { ...rest, clinic: { slug: clinic.slug, name: clinic.name, country: clinic.country }, changes };
}
