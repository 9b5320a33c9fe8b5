import "server-only";
import type { Admin, ClinicManager, Coordinator } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { listingContentForm, type ListingContent } from "../forms/listing";
import { type ListingChange, listingChanges } from "../listing";
import { contentOf, listingSelect } from "../listing-content";
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
    const draft = await tx.listingRevision.findFirst({
      where: { AND: [{ state: "draft" }, revisionsOf(manager)] },
      select: { id: true, content: true },
    });
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
      draft: draft && withChanges(draft, published),
      revisions,
    };
  });
}

function withChanges(draft: { id: string; content: unknown }, published: ListingContent) {
  const content = listingContentForm.parse(draft.content);
  return { id: draft.id, content, changes: listingChanges(published, content) };
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
