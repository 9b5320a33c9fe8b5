import "server-only";
import type { Admin, ClinicManager, Coordinator } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma, RevisionState } from "@/lib/infra/generated/client";
import { listingContentForm, type ListingContent, partVersionsForm, remarksForm } from "../forms/listing";
import { type DraftVersions, type ListingChange, listingChanges } from "../listing";
import { contentOf, type ListingRow, listingSelect } from "../listing-content";
import { revisionsOf } from "../scope";

const revisionSelect = {
  id: true,
  state: true,
  reason: true,
  remarks: true,
  authorId: true,
  decidedById: true,
  createdAt: true,
  savedAt: true,
  submittedAt: true,
  decidedAt: true,
} as const;

export interface Revision {
  id: string;
  state: RevisionState;
  reason: string | null;
  /** What must change, by the place of the change. */
  remarks: Readonly<Record<string, string>>;
  /** Who wrote it last, and who decided; null for somebody who left. */
  author: string | null;
  decider: string | null;
  createdAt: Date;
  savedAt: Date;
  submittedAt: Date | null;
  decidedAt: Date | null;
}

export interface OwnListing {
  clinic: { slug: string; country: string; version: number };
  published: ListingContent;
  /** The open draft with what it would change; null when nothing is begun. */
  draft: { id: string; version: number; content: ListingContent; changes: ListingChange[] } | null;
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
    const { id, version, content: basis } = await lastProposal(tx, clinic);
    const rows = await tx.listingRevision.findMany({
      where: revisionsOf(manager),
      orderBy: { createdAt: "desc" },
      take: REVISIONS_SHOWN,
      select: revisionSelect,
    });
    const { slug, country, version: publishedVersion } = clinic;
    return {
      clinic: { slug, country, version: publishedVersion },
      published,
      draft: id === null ? null : { id, version, content: basis, changes: listingChanges(published, basis) },
      basis,
      revisions: await named(tx, rows),
    };
  });
}

type RevisionRow = Prisma.ListingRevisionGetPayload<{ select: typeof revisionSelect }>;

/** Revisions with the names of those who wrote and decided them. */
async function named<Row extends RevisionRow>(tx: Tx, rows: readonly Row[]) {
  const ids = [...new Set(rows.flatMap((row) => [row.authorId, row.decidedById ?? []].flat()))];
  const people = await tx.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return rows.map(({ authorId, decidedById, remarks, ...row }) => ({
    ...row,
    remarks: remarksForm.parse(remarks),
    author: names.get(authorId) ?? null,
    decider: decidedById === null ? null : (names.get(decidedById) ?? null),
  }));
}

/** What the next draft is, or begins from. */
export interface Proposal extends DraftVersions {
  content: ListingContent;
}

/**
 * The open draft; else what the next one begins from. A proposal that was sent back counts only until a later one was
 * published or turned down: after that the public listing is the newest word.
 */
export async function lastProposal(tx: Tx, clinic: ListingRow): Promise<Proposal> {
  const none = { id: null, version: 0, parts: {} };
  const last = await tx.listingRevision.findFirst({
    where: {
      clinicId: clinic.id,
      state: { in: ["draft", "submitted", "changes_asked", "published", "rejected"] },
    },
    orderBy: { createdAt: "desc" },
    select: { id: true, state: true, content: true, version: true, partVersions: true },
  });
  if (last === null || last.state === "published" || last.state === "rejected")
    return { ...none, content: contentOf(clinic) };
  const content = listingContentForm.parse(last.content);
  if (last.state !== "draft") return { ...none, content };
  return { id: last.id, version: last.version, parts: partVersionsForm.parse(last.partVersions), content };
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
    return named(tx, rows);
  });
}

/** One proposal with its differences from what is published now; null for a draft and for no such revision. */
export function revisionToJudge(approver: Admin | Coordinator, id: string): Promise<RevisionToJudge | null> {
  return asPerson(approver, (tx) => judged(tx, approver, id));
}

async function judged(tx: Tx, approver: Admin | Coordinator, id: string): Promise<RevisionToJudge | null> {
  const row = await tx.listingRevision.findFirst({
    where: { AND: [{ id }, revisionsOf(approver)] },
    select: { ...revisionSelect, content: true, clinic: { select: listingSelect } },
  });
  const [revision] = row ? await named(tx, [row]) : [];
  if (revision === undefined) return null;
  const { clinic, content, ...rest } = revision;
  const changes = listingChanges(contentOf(clinic), listingContentForm.parse(content));
  return { ...rest, clinic: { slug: clinic.slug, name: clinic.name, country: clinic.country }, changes };
}
