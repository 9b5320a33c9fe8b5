import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { isChargeable } from "@/lib/bookings/chargeable";
import { isTravelBlocked } from "@/lib/reviews/ask-opinion";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { mayHoldFee, whyNotPayable } from "@/lib/reviews/opinion";
import { opinionsOf } from "@/lib/reviews/scope";
import { openAlready, type OpenedPayment } from "./open-payment";
import { checkoutExpiry } from "./payment";
import { payDoorOf } from "./scope";
import { opinionName } from "./wording";
import { writePayment } from "./write-payment";

export type OpinionNotStarted =
  | "not_found"
  | "forbidden"
  | "already_paid"
  | "opinion_ended"
  | "no_consent"
  | "illegal_transition"
  | "urgent_case"
  | "not_fit_to_travel"
  | "amount_not_chargeable"
  | "payment_in_progress";

/** Finds the open payment of a second opinion or writes a new one with the call to make; nothing is called yet. */
export function openOpinionPayment(
  payer: Patient,
  opinionId: string,
  now: Date,
): Promise<Outcome<OpenedPayment, OpinionNotStarted>> {
  return asPerson(payer, async (tx) => {
    // Two clicks at once queue up here; the second finds the payment of the first.
    if (!(await claimOpinion(tx, opinionId))) return refused("not_found");
    const found = await tx.secondOpinion.findFirst({
      where: { AND: [{ id: opinionId }, opinionsOf(payer)] },
      select: {
        ...{ id: true, number: true, caseId: true, clinicId: true, state: true, payBy: true },
        ...{ feeMinor: true, currency: true },
        clinic: { select: { publishedAt: true, contractAMode: true, heldClearanceOn: true } },
        case: {
          select: {
            ...{ stage: true, urgent: true },
            consents: { where: { withdrawnAt: null }, select: { clinicId: true } },
          },
        },
      },
    });
    if (!found) return refused("not_found");
    const { caseId, clinicId, currency, feeMinor: amountMinor } = found;
    const door = await tx.caseAccess.findFirst({
      where: payDoorOf(payer, caseId, now),
      select: { id: true },
    });
    if (!door) return refused("forbidden");
    const hasConsent = found.case.consents.some((consent) => consent.clinicId === clinicId);
    const why = whyNotPayable({ ...found, stage: found.case.stage, hasConsent }, now);
    if (why) return refused(why);
    // The centre may have left since the order, or its money may not be held any more.
    if (!found.clinic.publishedAt || !mayHoldFee(found.clinic, now)) return refused("opinion_ended");
    if (found.case.urgent) return refused("urgent_case");
    if (await isTravelBlocked(tx, caseId)) return refused("not_fit_to_travel");
    if (!isChargeable(amountMinor, currency)) return refused("amount_not_chargeable");
    const open = await openAlready(tx, { opinionId }, amountMinor, now);
    if (open) return open;
    const call = await writePayment(
      tx,
      payer,
      {
        pays: { opinionId },
        ...{ caseId, amountMinor, currency, expiresAt: checkoutExpiry(now), place: "orders" },
        productName: opinionName(found.number, payer.locale),
      },
      now,
    );
    return done({ kind: "call", ...call, isFirstCall: true });
  });
}
