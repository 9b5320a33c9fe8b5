import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { fits, unbookedOf } from "./explanation";
import type { ExplainMovementForm } from "./forms";
import { readBooked } from "./read-booked";

type Refusal =
  | "not_found"
  | "movement_explained"
  | "movement_not_booked"
  | "invalid_explanation"
  | "explanation_waits";

/**
 * Says what an unexplained movement at the provider is, and where that is written; another person of finance confirms. What
 * our books hold of it already is left out; a payment of ours that is not booked yet is booked by its own news alone, and a
 * dispute waits until it has ended.
 */
export async function explainMovement(
  finance: Finance,
  { movementId, cause, note }: ExplainMovementForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(finance, async (tx) => {
    const movement = await tx.balanceMovement.findUnique({ where: { id: movementId } });
    if (!movement) return refused("not_found");
    const { state, reason } = movement;
    if (state !== "unexplained" || !reason) return refused("movement_explained");
    const booked = await readBooked(tx, movement);
    if (booked === "not_yet" || reason === "not_booked") return refused("movement_not_booked");
    if (!fits(cause, unbookedOf(movement, booked))) return refused("invalid_explanation", { path: "cause" });
    const id = newId();
    const { count } = await tx.movementExplanation.createMany({
      data: [
        {
          ...{ id, movementId, cause, note, movementReason: reason },
          ...{ bookedCurrency: booked?.currency ?? null, bookedMinor: booked?.amountMinor ?? null },
          ...{ proposedById: finance.personId, proposedAt: now },
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) return refused("explanation_waits");
    const audit = { objectType: "movement", objectId: movementId, facts: { cause } };
    await writeAudit(tx, finance, "movement.explained", audit);
    return done({ id });
  });
}
