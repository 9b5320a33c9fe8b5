import "server-only";
import type { Coordinator, System } from "@/lib/kernel/actor";
import { newId, newToken } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { expireHoldsOn } from "@/lib/bookings/expire-holds";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { claimResource, releaseClaim } from "./claim-resource";
import { demandOfTalk } from "./fitness";
import type { LogisticsEventForm } from "./forms";
import { ASSIGNMENT_EDGES, type AssignmentState, mayFinish } from "./interpreter-assignment";
import { edgeFor } from "./machine";
import type { Moved, MoveRefusal } from "./move-transfer";
import type { AssignmentRow } from "./queries";
import { markDelivered } from "./read-part";

type Change = Partial<Pick<AssignmentRow, "resourceId" | "claimId" | "linkHash" | "minutes" | "understood">>;

/** Something happened to a talk: offered, confirmed, begun, closed, given to somebody else, cancelled. */
export async function moveAssignment(
  actor: Coordinator | System,
  id: string,
  word: string,
  form: LogisticsEventForm,
  now: Date,
): Promise<Outcome<Moved<AssignmentRow>, MoveRefusal | "consent_talk_open">> {
  const answer = await tryToMove(actor, id, word, form, now);
  if (answer.ok || answer.reason !== "resource_busy" || !form.resourceId) return answer;
  // Whoever is only kept by a hold past its time is free.
  const ended = await expireHoldsOn(systemActor("hold"), form.resourceId);
  return ended > 0 ? tryToMove(actor, id, word, form, now) : answer;
}

async function tryToMove(
  actor: Coordinator | System,
  id: string,
  word: string,
  form: LogisticsEventForm,
  now: Date,
): Promise<Outcome<Moved<AssignmentRow>, MoveRefusal | "consent_talk_open">> {
  return asPerson(actor, async (tx) => {
    const named = await tx.interpreterAssignment.findUnique({ where: { id }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const row = await tx.interpreterAssignment.findUnique({ where: { id } });
    if (!row) return refused("not_found");
    const edge = edgeFor(
      ASSIGNMENT_EDGES,
      row.state,
      word,
      actor.role === "system" ? "supplier" : "coordinator",
    );
    if (!edge.ok) return edge;
    const { to } = edge.value;
    const minutes = form.minutes ?? row.minutes;
    // The interpreter's link may bring the minutes, never the patient's own word.
    const understood = actor.role === "system" ? row.understood : (form.understood ?? row.understood);
    if (to === "done" && !mayFinish({ ...row, minutes, understood })) return refused("consent_talk_open");
    let linkToken: string | null = null;
    let more: Change = { minutes, understood };
    if (to === "offered") {
      const claimed = await offer(tx, row, form.resourceId ?? row.resourceId);
      if (!claimed.ok) return claimed;
      linkToken = newToken();
      more = { ...claimed.value, linkHash: sha256(linkToken) };
    }
    if (to === "cancelled" || to === "replaced") {
      await releaseClaim(tx, row.claimId);
      more = { linkHash: null };
    }
    await tx.interpreterAssignment.updateMany({
      where: { id, state: row.state },
      data: { state: to, ...more },
    });
    if (to === "replaced") await writeSuccessor(tx, row);
    await trace(tx, actor, row, to, now);
    const moved = await tx.interpreterAssignment.findUnique({ where: { id } });
    return moved ? done({ row: moved, linkToken }) : refused("not_found");
  });
}

async function offer(tx: Tx, row: AssignmentRow, resourceId: string | null) {
  if (!resourceId) return refused("invalid_resource", { path: "resourceId" });
  if (resourceId === row.resourceId && row.claimId) return done({});
  const { bookingId, purpose, startsAt, endsAt } = row;
  return claimResource(tx, {
    ...{ bookingId, resourceId, purpose, startsAt, endsAt },
    formerClaimId: row.claimId,
    demandAt: (place) => demandOfTalk(row, place),
  });
}

/** The talk itself still takes place: a fresh request for it stands beside the replaced one. */
async function writeSuccessor(tx: Tx, row: AssignmentRow): Promise<void> {
  const {
    bookingId,
    caseId,
    fromLang,
    toLang,
    mode,
    purpose,
    genderWish,
    place,
    timeZone,
    startsAt,
    endsAt,
  } = row;
  await tx.interpreterAssignment.createMany({
    data: [
      {
        id: newId(),
        bookingId,
        caseId,
        fromLang,
        toLang,
        mode,
        purpose,
        genderWish,
        place,
        timeZone,
        startsAt,
        endsAt,
      },
    ],
  });
}

async function trace(
  tx: Tx,
  actor: Coordinator | System,
  row: AssignmentRow,
  to: AssignmentState,
  now: Date,
): Promise<void> {
  const { id, caseId, bookingId } = row;
  if (to === "done") {
    const open = await tx.interpreterAssignment.count({
      where: { bookingId, state: { in: ["requested", "offered", "confirmed", "in_session"] } },
    });
    if (open === 0) await markDelivered(tx, actor, bookingId, "interpreter", now);
  }
  const about = { caseId, objectType: "interpreter_assignment", objectId: id };
  await writeAudit(tx, actor, `interpreter_assignment.${to}`, about);
  await noteCaseEvent(tx, actor, { caseId, kind: `interpreter_${to}` });
  await notify(tx, { kind: "booking", caseId, bookingId });
}
