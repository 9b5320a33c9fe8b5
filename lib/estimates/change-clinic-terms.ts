import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { ClinicTermsForm } from "./clinic-terms-form";

type Refusal = "not_found" | "clearance_missing" | "clearance_in_future" | "stale_settings";

/**
 * Says how a centre is paid: by its own invoice, or through us, where a legal clearance is recorded, and how much at once.
 * What was sent before keeps its terms, and bookings keep theirs.
 */
export async function changeClinicTerms(
  admin: Admin,
  form: ClinicTermsForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  const { clinicId: id, contractAMode, prepayment: prepaymentBp, clearanceOn, clearanceNote } = form;
  const isHeld = contractAMode === "held_by_operator";
  if (isHeld && (clearanceOn === undefined || clearanceNote === undefined))
    return refused("clearance_missing", { path: "clearanceOn" });
  if (clearanceOn !== undefined && clearanceOn > dayOf(now))
    return refused("clearance_in_future", { path: "clearanceOn" });
  return asPerson(admin, async (tx) => {
    const found = await tx.clinic.findUnique({ where: { id }, select: { id: true } });
    if (!found) return refused("not_found");
    const { count } = await tx.clinic.updateMany({
      where: { id, contractAMode: form.seenMode, prepaymentBp: form.seenBp },
      data: {
        ...{ contractAMode, prepaymentBp },
        ...(clearanceOn === undefined ? {} : { heldClearanceOn: dateOf(clearanceOn) }),
        ...(clearanceNote === undefined ? {} : { heldClearanceNote: clearanceNote }),
      },
    });
    if (count === 0) return refused("stale_settings");
    const facts = { contractAMode, prepaymentBp, clearanceOn: clearanceOn ?? null };
    const about = { objectType: "clinic", objectId: id, facts };
    await writeAudit(tx, admin, "clinic.terms_changed", about);
    return done({ id });
  });
}
