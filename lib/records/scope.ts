import type { Actor, ClinicMember, Coordinator, Patient, LinkHolder } from "@/lib/kernel/actor";
import type { Prisma } from "@/lib/infra/generated/client";
import { ownCasesOf } from "@/lib/cases/scope";

/** Everybody who may bring files into a case. */
export type Uploader = Patient | Coordinator | ClinicMember | LinkHolder;

/** An access that ended by its date is left to row-level security, which judges by the database's own clock. */
const LIVE = { revokedAt: null };

const NOBODY: Prisma.RecordWhereInput = { OR: [] };

/** The files this person may know about. */
export function recordsOf(actor: Actor): Prisma.RecordWhereInput {
  switch (actor.role) {
    case "system":
      return {};
    case "patient":
      return { OR: [readableFor(actor), ownUploadsOf(actor)] };
    case "coordinator":
      return { case: { ownerId: actor.personId } };
    case "clinic_reviewer":
    case "clinic_manager":
      return sharedWith(actor);
    case "draft_holder":
      return { case: { draftTokenHash: actor.draftTokenHash } };
    default:
      return NOBODY;
  }
}

function readableFor(patient: Patient): Prisma.RecordWhereInput {
  const { personId } = patient;
  const scopes = { hasSome: ["owner" as const, "read" as const] };
  return { case: { access: { some: { AND: [{ personId, scopes }, LIVE] } } } };
}

/** A companion who may only upload sees what they sent themselves. */
function ownUploadsOf(patient: Patient): Prisma.RecordWhereInput {
  const { personId } = patient;
  const access = { AND: [{ personId, scopes: { has: "upload" as const } }, LIVE] };
  return { uploaderId: personId, case: { access: { some: access } } };
}

/** What a centre sent itself, and accepted files while the patient's consent for it lives. */
function sharedWith(member: ClinicMember): Prisma.RecordWhereInput {
  const { clinicId } = member;
  const consents = { some: { clinicId, withdrawnAt: null } };
  return {
    case: { access: { some: { AND: [{ clinicId }, LIVE] } } },
    OR: [{ uploaderClinic: clinicId }, { state: "accepted", case: { consents } }],
  };
}

/** What a patient or companion may change: what they sent themselves, or as the owner of the case anything. */
export function ownRecordsOf(patient: Patient): Prisma.RecordWhereInput {
  const { personId } = patient;
  const access = { some: { AND: [{ personId, scopes: { has: "owner" as const } }, LIVE] } };
  return { AND: [recordsOf(patient), { OR: [{ uploaderId: personId }, { case: { access } }] }] };
}

/** The cases this person may bring files into. */
export function casesTakingFilesFrom(uploader: Uploader): Prisma.CaseWhereInput {
  if (uploader.role === "coordinator") return { ownerId: uploader.personId };
  // Whether the link is still open is judged by row-level security, at every byte.
  if (uploader.role === "link_holder") return { id: uploader.caseId };
  if (uploader.role === "patient") {
    const { personId } = uploader;
    const scopes = { hasSome: ["owner" as const, "upload" as const] };
    return { access: { some: { AND: [{ personId, scopes }, LIVE] } } };
  }
  return { access: { some: { AND: [{ clinicId: uploader.clinicId }, LIVE] } } };
}

/**
 * The files this person may still send bytes of, or take back, as long as the case takes files from them. The database says
 * the same by `app_sends`, where bytes arrive; a test holds the two together.
 */
export function uploadsOf(uploader: Uploader): Prisma.RecordWhereInput {
  return { AND: [sentBy(uploader), { erasedAt: null, case: casesTakingFilesFrom(uploader) }] };
}

function sentBy(uploader: Uploader): Prisma.RecordWhereInput {
  if (uploader.role === "coordinator") return {};
  if (uploader.role === "link_holder") return { uploadLinkId: uploader.linkId };
  if (uploader.role !== "patient") return { uploaderClinic: uploader.clinicId };
  const { personId } = uploader;
  const access = { AND: [{ personId, scopes: { has: "owner" as const } }, LIVE] };
  return { OR: [{ uploaderId: personId }, { case: { access: { some: access } } }] };
}

/** The cases this person may make upload links for: the patient themselves, or the coordinator who looks after it. */
export function casesWithLinksOf(maker: Patient | Coordinator): Prisma.CaseWhereInput {
  return maker.role === "coordinator" ? { ownerId: maker.personId } : ownCasesOf(maker);
}

/** The files of one examination, by the UID their headers tell. */
export function inStudy(studyUid: string): Prisma.RecordWhereInput {
  return { header: { path: ["studyUid"], equals: studyUid } };
}
