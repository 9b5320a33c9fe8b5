import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { isChargeable } from "@/lib/bookings/chargeable";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { openAlready, type OpenedPayment } from "./open-payment";
import { checkoutExpiry } from "./payment";
import { type FeeNotPayable, readOpinionToPay } from "./read-opinion-to-pay";
import { opinionName } from "./wording";
import { writePayment } from "./write-payment";

export type OpinionNotStarted =
  | FeeNotPayable
  | "not_found"
  | "forbidden"
  | "amount_not_chargeable"
  | "payment_in_progress";

/** Finds the open payment of a second opinion or writes a new one with the call to make; nothing is called yet. */
export function openOpinionPayment(
  payer: Patient,
  opinionId: string,
  locale: string,
  now: Date,
): Promise<Outcome<OpenedPayment, OpinionNotStarted>> {
  return asPerson(payer, async (tx) => {
    // Two clicks at once queue up here; the second finds the payment of the first.
    if (!(await claimOpinion(tx, opinionId))) return refused("not_found");
    const found = await readOpinionToPay(tx, payer, opinionId, now);
    if (!found.ok) return found;
    const { caseId, currency, feeMinor: amountMinor, number } = found.value;
    if (!isChargeable(amountMinor, currency)) return refused("amount_not_chargeable");
    const open = await openAlready(tx, { opinionId }, amountMinor, now);
    if (open) return open;
    const call = await writePayment(
      tx,
      payer,
      {
        pays: { opinionId },
        ...{ caseId, amountMinor, currency, expiresAt: checkoutExpiry(now), place: "orders", locale },
        productName: opinionName(number, locale),
      },
      now,
    );
    return done({ kind: "call", ...call, isFirstCall: true });
  });
}
