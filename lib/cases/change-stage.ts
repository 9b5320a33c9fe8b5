import "server-only";
import type { ClinicMember, Coordinator } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { asPerson, type Tx } from "@/lib/infra/db";
import { type CaseStage, isEnded, mayMoveByHand } from "./case";
import { endSharing, hasLiveBooking } from "./end-sharing";
import { endTreatment } from "./end-treatment";
import type { ChangeStageForm } from "./forms";
import { moveCase } from "./move-case";
import { absenceOf, lockedCase } from "./queries";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "booking_live"
  | "open_tasks"
  | "held_balance"
  | "not_settled"
  | "no_open_review"
  | "invalid_reason";

/** Moves a case along an edge a person sets by hand: its coordinator, or the centre that has the patient with it. */
export async function changeStage(
  actor: Coordinator | ClinicMember,
  caseId: string,
  form: ChangeStageForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(actor, async (tx) => {
    const found = await lockedCase(tx, actor, caseId);
    if (!found) return absenceOf(tx, caseId);
    if (!(await mayMoveThis(tx, actor, found))) return refused("forbidden");
    const side = actor.role === "coordinator" ? "coordinator" : "clinic";
    const { to, reason } = form;
    // Given back to whoever is on call only as a correction, and a correction says why.
    const isUnsaid = to === "submitted" && reason === undefined;
    if (isUnsaid || !mayMoveByHand(side, found.stage, to))
      return refused("illegal_transition", { from: found.stage, to });
    const obstacle = await obstacleTo(tx, caseId, to, reason);
    if (obstacle) return refused(obstacle, obstacle === "invalid_reason" ? { path: "reason" } : {});
    const ending = to === "cancelled" && reason ? { cancelCause: reason } : {};
    const moved = await moveCase(
      tx,
      actor,
      { caseId, to, from: [found.stage], ...(reason ? { note: reason } : {}), ...ending },
      now,
    );
    if (!moved.ok) return moved;
    await endTreatment(tx, actor, { caseId, to }, now);
    if (isEnded(to)) await closeDoors(tx, caseId, to, now);
    return done({ id: caseId });
  });
}

/** A coordinator moves the cases they own, a centre those of patients it has confirmed a date for. */
async function mayMoveThis(
  tx: Tx,
  actor: Coordinator | ClinicMember,
  found: { id: string; ownerId: string | null },
): Promise<boolean> {
  if (actor.role === "coordinator") return found.ownerId === actor.personId;
  const booking = await tx.booking.findFirst({
    where: { caseId: found.id, clinicId: actor.clinicId, state: { in: ["confirmed", "completed"] } },
    select: { id: true },
  });
  return booking !== null;
}

type Obstacle =
  | "booking_live"
  | "open_tasks"
  | "held_balance"
  | "not_settled"
  | "no_open_review"
  | "invalid_reason";

async function obstacleTo(
  tx: Tx,
  caseId: string,
  to: CaseStage,
  reason: string | undefined,
): Promise<Obstacle | null> {
  if (to === "cancelled" && !reason) return "invalid_reason";
  if (["choosing", "cancelled", "no_offer", "transferred"].includes(to) && (await hasLiveBooking(tx, caseId)))
    return "booking_live";
  if (to === "with_centres" && !(await hasOpenReview(tx, caseId))) return "no_open_review";
  if (to === "aftercare" && (await awaitsSettling(tx, caseId))) return "not_settled";
  if (to !== "closed") return null;
  if ((await tx.task.count({ where: { caseId, state: "open" } })) > 0) return "open_tasks";
  return (await heldBalance(tx, caseId)) === 0n ? null : "held_balance";
}

async function hasOpenReview(tx: Tx, caseId: string): Promise<boolean> {
  const open = await tx.review.findFirst({
    where: { caseId, state: { in: ["requested", "opened", "more_info"] } },
    select: { id: true },
  });
  return open !== null;
}

/** Whether money of the treatment still waits for the hospital's final account, or a surplus for its way back. */
async function awaitsSettling(tx: Tx, caseId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ waits: boolean }[]>`
    SELECT COALESCE(bool_or(awaits_settling(b.id)), false) AS waits FROM "Booking" b
     WHERE b."caseId" = ${caseId}::uuid AND b.state IN ('confirmed', 'completed')`;
  return row?.waits === true;
}

/** What we still hold of the patient's money, over all bookings and second opinions of the case, in minor units. */
async function heldBalance(tx: Tx, caseId: string): Promise<bigint> {
  const bookings = await tx.booking.findMany({ where: { caseId }, select: { id: true } });
  const opinions = await tx.secondOpinion.findMany({ where: { caseId }, select: { id: true } });
  const sums = await tx.ledgerEntry.groupBy({
    by: ["currency"],
    where: {
      account: "client_funds_held",
      OR: [
        { bookingId: { in: bookings.map(({ id }) => id) } },
        { tx: { opinionId: { in: opinions.map(({ id }) => id) } } },
      ],
    },
    _sum: { amountMinor: true },
  });
  const open = sums.find((sum) => (sum._sum.amountMinor ?? 0n) !== 0n);
  return open?._sum.amountMinor ?? 0n;
}

/** No centre looks into a case that ended; nobody is reminded of anything any more. */
async function closeDoors(tx: Tx, caseId: string, to: CaseStage, now: Date): Promise<void> {
  if (to !== "closed") await endSharing(tx, caseId, null, now);
  await tx.task.updateMany({ where: { caseId, state: "open" }, data: { state: "cancelled", doneAt: now } });
}
